import { runGenerator } from '../run-generator.mjs';

/**
 * `npx nx g idp:environment`: the same as `npx idp g environment`, through Nx.
 *
 * @param {import('@nx/devkit').Tree} tree
 * @param {import('../run-generator.mjs').GeneratorOptions} options
 */
export function environmentGenerator(tree, options) {
  return runGenerator('environment', tree, options);
}
