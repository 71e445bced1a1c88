import type { EnvironmentDocument } from '../schema/environment.schema.ts';
import type { Source } from '../source/source.ts';

/** A place where releases run, and how they come there. */
export interface Environment {
  readonly name: string;
  readonly branch: string;
  readonly document: EnvironmentDocument;
  readonly source: Source;
}

/**
 * The field of `spec` that keeps a plain push out, if there is one: conditions are judged by the evaluator of
 * gates, and where people asked for a pull request nothing arrives without one.
 */
export function closedBy(environment: Environment): 'gates' | 'after' | 'promotion' | undefined {
  const { gates, after, promotion } = environment.document.spec;
  if (gates !== undefined && Object.keys(gates).length > 0) return 'gates';
  if ((after ?? []).length > 0) return 'after';
  return promotion === 'pull-request' ? 'promotion' : undefined;
}
