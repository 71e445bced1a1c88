import type { EnvironmentDocument } from '../schema/environment.schema.ts';
import type { Source } from '../source/source.ts';

/** A place where releases run, and how they come there. */
export interface Environment {
  readonly name: string;
  readonly branch: string;
  readonly document: EnvironmentDocument;
  readonly source: Source;
}

/** Whether entry has conditions: these are judged by the evaluator of gates, not by a plain push. */
export function isGated(environment: Environment): boolean {
  const { gates, after } = environment.document.spec;
  return (gates !== undefined && Object.keys(gates).length > 0) || (after ?? []).length > 0;
}
