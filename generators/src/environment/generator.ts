import type { Tree } from '@nx/devkit';
import { type GeneratorOptions, runGenerator } from '../run-generator.ts';

/** `npx nx g idp:environment`: the same as `npx idp g environment`, through Nx. */
export function environmentGenerator(tree: Tree, options: GeneratorOptions): Promise<void> {
  return runGenerator('environment', tree, options);
}
