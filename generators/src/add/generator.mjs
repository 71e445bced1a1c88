import { runGenerator } from '../run-generator.mjs';

/**
 * `npx nx g idp:add`: the same as `npx idp g add`, through Nx.
 *
 * @param {import('@nx/devkit').Tree} tree
 * @param {import('../run-generator.mjs').GeneratorOptions} options
 */
export function addGenerator(tree, options) {
  return runGenerator('add', tree, options);
}
