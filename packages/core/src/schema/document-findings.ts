import type { Finding } from '../finding/finding.ts';
import type { Source } from '../source/source.ts';
import { schemaProblems } from './schema-problems.ts';

/**
 * Validates one document of an own kind: unknown fields are errors, as are wrong and missing ones.
 *
 * @param stage the first part of the findings' codes: `capability` gives `capability/unknown-field`
 */
export function documentFindings(stage: string, schema: object, source: Source, document = 0): readonly Finding[] {
  return [...moreDocuments(stage, source), ...formFindings(stage, schema, source, document)];
}

/** What stands behind a second `---` would be silently ignored. */
export function moreDocuments(stage: string, source: Source): readonly Finding[] {
  const second = source.documents.findIndex((document, index) => index > 0 && document !== null);
  if (second < 0) return [];
  return [
    {
      code: `${stage}/wrong-value`,
      severity: 'error',
      message: `the file has ${source.documents.length} documents, but only the first one is read`,
      hint: 'put each into a file of its own',
      ...source.locate([], 'value', second),
    },
  ];
}

function formFindings(stage: string, schema: object, source: Source, document: number): readonly Finding[] {
  return schemaProblems(schema, source.documents[document] ?? null, 'ours').map((problem) => ({
    code: `${stage}/${problem.kind}`,
    severity: 'error',
    message: problem.message,
    ...(problem.hint !== undefined && { hint: problem.hint }),
    ...source.locate(problem.pointer, problem.part, document),
  }));
}
