import type { Tree } from '@nx/devkit';
import { namedGenerator } from '../named-generator.ts';
import { type GeneratorOptions, runGenerator } from '../run-generator.ts';

/** `npx nx g idp:capability`: the same as `npx idp g capability`, through Nx. */
export function capabilityGenerator(tree: Tree, options: GeneratorOptions): Promise<void> {
  return runGenerator(tree, { generator: namedGenerator('capability'), options });
}
