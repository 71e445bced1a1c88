import type { ExecutorContext } from '@nx/devkit';
import { type ExecutorResult, runExecutor } from '../run-executor.ts';

/** `npx nx run platform:schemas`: the verb `schemas`, through Nx. */
export function schemasExecutor(
  options: Readonly<Record<string, unknown>>,
  context: ExecutorContext,
): Promise<ExecutorResult> {
  return runExecutor('schemas', options, context);
}
