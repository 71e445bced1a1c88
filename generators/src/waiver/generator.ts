import type { Tree } from '@nx/devkit';
import { type GeneratorOptions, runGenerator } from '../run-generator.ts';

/** `npx nx g idp:waiver`: the same as `npx idp g waiver`, through Nx. */
export function waiverGenerator(tree: Tree, options: GeneratorOptions): Promise<void> {
  return runGenerator('waiver', tree, options);
}
