import type { Tree } from '@nx/devkit';
import { type GeneratorOptions, runGenerator } from '../run-generator.ts';

/** `npx nx g idp:policy`: the same as `npx idp g policy`, through Nx. */
export function policyGenerator(tree: Tree, options: GeneratorOptions): Promise<void> {
  return runGenerator('policy', tree, options);
}
