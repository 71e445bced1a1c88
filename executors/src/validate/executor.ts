import type { ExecutorContext } from '@nx/devkit';
import { type ExecutorResult, runExecutor } from '../run-executor.ts';

/** `npx nx run platform:validate`: the verb `validate`, through Nx. */
export function validateExecutor(
  options: Readonly<Record<string, unknown>>,
  context: ExecutorContext,
): Promise<ExecutorResult> {
  return runExecutor('validate', options, context);
}
