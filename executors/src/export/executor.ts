import type { ExecutorContext } from '@nx/devkit';
import { type ExecutorResult, runExecutor } from '../run-executor.ts';

/** `npx nx run platform:export`: the verb `export`, through Nx. */
export function exportExecutor(
  options: Readonly<Record<string, unknown>>,
  context: ExecutorContext,
): Promise<ExecutorResult> {
  return runExecutor('export', options, context);
}
