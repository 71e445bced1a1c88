import { runGenerator } from '../run-generator.mjs';

/**
 * `npx nx g idp:service`: the same as `npx idp g service`, through Nx.
 *
 * @param {import('@nx/devkit').Tree} tree
 * @param {import('../run-generator.mjs').GeneratorOptions} options
 */
export function serviceGenerator(tree, options) {
  return runGenerator('service', tree, options);
}
