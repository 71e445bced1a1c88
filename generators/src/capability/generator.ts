import type { Tree } from '@nx/devkit';
import { type GeneratorOptions, runGenerator } from '../run-generator.ts';

/** `npx nx g idp:capability`: the same as `npx idp g capability`, through Nx. */
export function capabilityGenerator(tree: Tree, options: GeneratorOptions): Promise<void> {
  return runGenerator('capability', tree, options);
}
