import { loadBuild } from '@idp/cli/build';
import type { ExecutorContext } from '@nx/devkit';

export interface ExecutorResult {
  readonly success: boolean;
}

/**
 * Runs a verb for Nx: the same verb, options and output as the bin's, by the same build. Nx compiles TypeScript only
 * while it loads an executor, and a verb loads what it needs when it runs.
 *
 * @param options what Nx has parsed by the verb's schema.json; the verb checks it again
 * @returns success for exit code 0; Nx makes 1 of every other (the bin tells them apart)
 */
export async function runExecutor(
  verb: string,
  options: Readonly<Record<string, unknown>>,
  context: Pick<ExecutorContext, 'root'>,
): Promise<ExecutorResult> {
  const build = await loadBuild(verb);
  if (build === undefined) return { success: false };
  const { stdout, stderr } = process;
  const code = await build.exports.runVerb(verb, options, {
    root: context.root,
    build: build.name,
    stdout,
    stderr,
  });
  build.keep();
  return { success: code === 0 };
}
