import { loadBuild } from '@idp/cli/build';
import type { Tree } from '@nx/devkit';
import { RefusedError } from './refused-error.ts';

export type GeneratorOptions = Readonly<Record<string, unknown>>;

/**
 * Runs a generator on Nx's `Tree`, by the build of the bin: Nx compiles the TypeScript that it loads on every run, and
 * this is all that it has to compile.
 *
 * @param options what Nx has parsed by the generator's schema.json; the generator checks it again
 * @throws RefusedError when something was refused and said, so that Nx writes nothing and exits with 1
 */
export async function runGenerator(generator: string, tree: Tree, options: GeneratorOptions): Promise<void> {
  const build = await (generator === 'service' ? loadBuild('nx-g', 'service') : loadBuild('nx-g'));
  if (build === undefined) throw new RefusedError();
  const walk = () => pathsOf(tree);
  const isDone = await build.exports.generateInTree(generator, options, { tree, walk, output: process.stderr });
  if (!isDone) throw new RefusedError();
  // A slip of the finger is not what the next run is likely to need.
  build.keep();
}

/** The devkit is loaded only here: a tree that is a repository needs nothing of it. */
async function pathsOf(tree: Tree): Promise<readonly string[]> {
  const { visitNotIgnoredFiles } = await import('@nx/devkit');
  const paths: string[] = [];
  visitNotIgnoredFiles(tree, '.', (path) => paths.push(path));
  return paths;
}
