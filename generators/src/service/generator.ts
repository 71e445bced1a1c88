import type { Tree } from '@nx/devkit';
import { namedGenerator } from '../named-generator.ts';
import { type GeneratorOptions, runGenerator } from '../run-generator.ts';

/** `npx nx g idp:service`: the same as `npx idp g service`, through Nx. */
export function serviceGenerator(tree: Tree, options: GeneratorOptions): Promise<void> {
  return runGenerator(tree, { generator: namedGenerator('service'), options });
}
