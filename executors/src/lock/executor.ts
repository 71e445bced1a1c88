import type { ExecutorContext } from '@nx/devkit';
import { type ExecutorResult, runExecutor } from '../run-executor.ts';

/** `npx nx run platform:lock`: the verb `lock`, through Nx. */
export function lockExecutor(
  options: Readonly<Record<string, unknown>>,
  context: ExecutorContext,
): Promise<ExecutorResult> {
  return runExecutor('lock', options, context);
}
