import type { Finding } from '../finding/finding.ts';
import { isObject, property } from '../json/json.ts';
import type { Pointer } from '../json/pointer.ts';
import { positionOf } from '../provenance/origin.ts';
import { descend, nearestNode, type Traced, toJson } from '../provenance/traced.ts';
import { schemaProblems } from '../schema/schema-problems.ts';
import type { NodePart } from '../source/source.ts';
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
  return [...problems, ...notSupportedYet(score)];
}

/** Where a value of a merged document stands; a key that is missing is placed at its nearest ancestor. */
export function placeIn(document: Traced, pointer: Pointer, part: NodePart = 'value') {
  const node = descend(document, pointer);
  const { origin } = node ?? nearestNode(document, pointer);
  if (origin.kind !== 'source') return positionOf(origin);
  const place = node === undefined ? [...origin.pointer, ...pointer.slice(-1)] : origin.pointer;
  return origin.source.locate(place, part, origin.document);
}

const unsupported = ['files', 'volumes', 'before'];

function notSupportedYet(score: Traced): readonly Finding[] {
  const containers = property(toJson(score), 'containers');
  if (!isObject(containers)) return [];
  return Object.entries(containers).flatMap(([name, container]) =>
    unsupported
      .filter((field) => property(container, field) !== undefined)
      .map((field) => ({
        code: 'workload/not-supported-yet',
        severity: 'error' as const,
        message: `\`${field}\` of a container is not supported yet`,
        hint: 'leave it out until this version of the tool knows it',
        ...placeIn(score, ['containers', name, field], 'key'),
      })),
  );
}
