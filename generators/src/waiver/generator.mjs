import { runGenerator } from '../run-generator.mjs';

/**
 * `npx nx g idp:waiver`: the same as `npx idp g waiver`, through Nx.
 *
 * @param {import('@nx/devkit').Tree} tree
 * @param {import('../run-generator.mjs').GeneratorOptions} options
 */
export function waiverGenerator(tree, options) {
  return runGenerator('waiver', tree, options);
}
