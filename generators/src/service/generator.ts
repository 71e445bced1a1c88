import type { Tree } from '@nx/devkit';
import { type GeneratorOptions, runGenerator } from '../run-generator.ts';

/** `npx nx g idp:service`: the same as `npx idp g service`, through Nx. */
export function serviceGenerator(tree: Tree, options: GeneratorOptions): Promise<void> {
  return runGenerator('service', tree, options);
}
