import { loadBuild } from '@idp/cli/build';
import { RefusedError } from './refused-error.mjs';

/** @typedef {Readonly<Record<string, unknown>>} GeneratorOptions */

/**
 * Runs a generator on Nx's `Tree`, by the build of the bin.
 *
 * This and what it imports is JavaScript as it is: Nx would compile TypeScript on every run, for 0.1 CPU s
 * (docs/performance.md, "Nx").
 *
 * @param {string} generator
 * @param {import('@nx/devkit').Tree} tree
 * @param {GeneratorOptions} options what Nx has parsed by the generator's schema.json; the generator checks it again
 * @returns {Promise<void>}
 * @throws RefusedError when something was refused and said, so that Nx writes nothing and exits with 1
 */
export async function runGenerator(generator, tree, options) {
  const build = await (generator === 'service' ? loadBuild('nx-g', 'service') : loadBuild('nx-g'));
  if (build === undefined) throw new RefusedError();
  const walk = () => pathsOf(tree);
  const isDone = await build.exports.generateInTree(generator, options, { tree, walk, output: process.stderr });
  if (!isDone) throw new RefusedError();
  // A slip of the finger is not what the next run is likely to need.
  build.keep();
}

/**
 * The devkit is loaded only here: a tree that is a repository needs nothing of it.
 *
 * @param {import('@nx/devkit').Tree} tree
 */
async function pathsOf(tree) {
  const { visitNotIgnoredFiles } = await import('@nx/devkit');
  /** @type {string[]} */
  const paths = [];
  visitNotIgnoredFiles(tree, '.', (path) => paths.push(path));
  return paths;
}
