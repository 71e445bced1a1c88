import type { Tree } from '@nx/devkit';
import { type GeneratorOptions, runGenerator } from '../run-generator.ts';

/** `npx nx g idp:add`: the same as `npx idp g add`, through Nx. */
export function addGenerator(tree: Tree, options: GeneratorOptions): Promise<void> {
  return runGenerator('add', tree, options);
}
