import { runGenerator } from '../run-generator.mjs';

/**
 * `npx nx g idp:capability`: the same as `npx idp g capability`, through Nx.
 *
 * @param {import('@nx/devkit').Tree} tree
 * @param {import('../run-generator.mjs').GeneratorOptions} options
 */
export function capabilityGenerator(tree, options) {
  return runGenerator('capability', tree, options);
}
