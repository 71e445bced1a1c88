import type { Finding } from '../finding/finding.ts';
import type { Pointer } from '../json/pointer.ts';
import { positionOf } from '../provenance/origin.ts';
import { descend, nearestNode, type Traced, toJson } from '../provenance/traced.ts';
import { schemaProblems } from '../schema/schema-problems.ts';
import type { NodePart } from '../source/source.ts';
import { containerFindings } from './container-findings.ts';
import { sayAny } from './mounts.ts';
import { scoreSchema } from './score.schema.ts';

/** Validates a Score document of one environment; each problem is placed in the file that its value came from. */
export function scoreFindings(score: Traced): readonly Finding[] {
  const value = toJson(score);
  const problems = schemaProblems(scoreSchema, value, 'ours').map(
    (problem): Finding => ({
      code: `workload/${problem.kind}`,
      severity: 'error',
      message: problem.message,
      ...(problem.hint !== undefined && { hint: problem.hint }),
      ...placeIn(score, problem.pointer, problem.part),
    }),
  );
  return sayAny(value, ['files', 'volumes', 'before']) ? [...problems, ...containerFindings(score)] : problems;
}

/** Where a value of a merged document stands; a key that is missing is placed at its nearest ancestor. */
export function placeIn(document: Traced, pointer: Pointer, part: NodePart = 'value') {
  const node = descend(document, pointer);
  const { origin } = node ?? nearestNode(document, pointer);
  if (origin.kind !== 'source') return positionOf(origin);
  const place = node === undefined ? [...origin.pointer, ...pointer.slice(-1)] : origin.pointer;
  return origin.source.locate(place, part, origin.document);
}
