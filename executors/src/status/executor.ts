import type { ExecutorContext } from '@nx/devkit';
import { type ExecutorResult, runExecutor } from '../run-executor.ts';

/** `npx nx run platform:status`: the verb `status`, through Nx. */
export function statusExecutor(
  options: Readonly<Record<string, unknown>>,
  context: ExecutorContext,
): Promise<ExecutorResult> {
  return runExecutor('status', options, context);
}
