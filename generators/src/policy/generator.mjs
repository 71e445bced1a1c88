import { runGenerator } from '../run-generator.mjs';

/**
 * `npx nx g idp:policy`: the same as `npx idp g policy`, through Nx.
 *
 * @param {import('@nx/devkit').Tree} tree
 * @param {import('../run-generator.mjs').GeneratorOptions} options
 */
export function policyGenerator(tree, options) {
  return runGenerator('policy', tree, options);
}
