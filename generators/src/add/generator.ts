import type { Tree } from '@nx/devkit';
import { namedGenerator } from '../named-generator.ts';
import { type GeneratorOptions, runGenerator } from '../run-generator.ts';

/** `npx nx g idp:add`: the same as `npx idp g add`, through Nx. */
export function addGenerator(tree: Tree, options: GeneratorOptions): Promise<void> {
  return runGenerator(tree, { generator: namedGenerator('add'), options });
}
