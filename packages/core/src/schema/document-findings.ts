import type { Finding } from '../finding/finding.ts';
import type { Source } from '../source/source.ts';
import { schemaProblems } from './schema-problems.ts';

/**
 * Validates one document of an own kind: unknown fields are errors, as are wrong and missing ones.
 *
 * @param stage the first part of the findings' codes: `capability` gives `capability/unknown-field`
 */
export function documentFindings(stage: string, schema: object, source: Source, document = 0): readonly Finding[] {
  return schemaProblems(schema, source.documents[document] ?? null).map((problem) => ({
    code: `${stage}/${problem.kind}`,
    severity: 'error',
    message: problem.message,
    ...(problem.hint !== undefined && { hint: problem.hint }),
    ...source.locate(problem.pointer, problem.part, document),
  }));
}
