import { didYouMean, quote } from '../finding/did-you-mean.ts';
import type { Finding } from '../finding/finding.ts';
import type { Pointer } from '../json/pointer.ts';
import { positionOf } from '../provenance/origin.ts';
import { child, descend, nearestNode, sortedEntries, type Traced, toJson } from '../provenance/traced.ts';
import { type SchemaProblem, schemaProblems } from '../schema/schema-problems.ts';
import type { NodePart } from '../source/source.ts';
import { containerFindings } from './container-findings.ts';
import { sayAny } from './mounts.ts';
import { scoreSchema } from './score.schema.ts';

/**
 * Validates a Score document of one environment; each problem is placed in the file that its value came from.
 *
 * @param base the document without the environment's override
 */
export function scoreFindings(score: Traced, base: Traced = score): readonly Finding[] {
  const value = toJson(score);
  const problems = schemaProblems(scoreSchema, value, 'ours').map(
    (problem): Finding =>
      unknownContainer(problem, score, base) ?? {
        code: `workload/${problem.kind}`,
        severity: 'error',
        message: problem.message,
        ...(problem.hint !== undefined && { hint: problem.hint }),
        ...placeIn(score, problem.pointer, problem.part),
      },
  );
  return sayAny(value, ['files', 'volumes', 'before']) ? [...problems, ...containerFindings(score)] : problems;
}

/** An override that means a container of the base and misspells it would make a new one, without an image. */
function unknownContainer({ kind, pointer }: SchemaProblem, score: Traced, base: Traced): Finding | undefined {
  const [containers, name, field] = pointer;
  if (kind !== 'missing-field' || containers !== 'containers' || field !== 'image' || pointer.length !== 3)
    return undefined;
  const known = sortedEntries(child(base, 'containers')).map(([key]) => key);
  if (name === undefined || base === score || known.includes(String(name))) return undefined;
  const meant = didYouMean(String(name), known);
  return {
    code: 'workload/missing-field',
    severity: 'error',
    message: `there is no container ${quote(String(name))} in score.yaml`,
    hint: meant?.startsWith('did') ? meant : `${meant ?? 'add it there'}; or give it an \`image:\``,
    ...placeIn(score, ['containers', name], 'key'),
  };
}

/** Where a value of a merged document stands; a key that is missing is placed at its nearest ancestor. */
export function placeIn(document: Traced, pointer: Pointer, part: NodePart = 'value') {
  const node = descend(document, pointer);
  const { origin } = node ?? nearestNode(document, pointer);
  if (origin.kind !== 'source') return positionOf(origin);
  const place = node === undefined ? [...origin.pointer, ...pointer.slice(-1)] : origin.pointer;
  return origin.source.locate(place, part, origin.document);
}
