import { runVerb } from '@idp/verbs';
import type { ExecutorContext } from '@nx/devkit';

export interface ExecutorResult {
  readonly success: boolean;
}

/**
 * Runs a verb for Nx: the same verb, options and output as the bin's.
 *
 * @param options what Nx has parsed by the verb's schema.json; the verb checks it again
 * @returns success for exit code 0; Nx makes 1 of every other (the bin tells them apart)
 */
export async function runExecutor(
  verb: string,
  options: Readonly<Record<string, unknown>>,
  context: Pick<ExecutorContext, 'root'>,
): Promise<ExecutorResult> {
  const { stdout, stderr } = process;
  const code = await runVerb(verb, options, { root: context.root, stdout, stderr });
  return { success: code === 0 };
}
