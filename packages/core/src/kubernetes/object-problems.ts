import { type JsonObject, stringOf } from '../json/json.ts';
import type { Pointer } from '../json/pointer.ts';
import type { Origin } from '../provenance/origin.ts';
import { traceJson } from '../provenance/traced.ts';
import { textSource } from '../source/text-source.ts';
import { CheckRun } from './check-run.ts';
import { fieldPath } from './field-path.ts';
import type { KubernetesTypes } from './kubernetes-types.ts';

/** Something in an object that its kind does not have, or has otherwise. */
export interface ObjectProblem {
  readonly path: Pointer;
  /** A misspelt key is pointed at itself, everything else at the value. */
  readonly part: 'key' | 'value';
  readonly message: string;
  readonly hint: string | undefined;
}

/**
 * What Kubernetes would not read as it is written: a kind that does not exist, fields that a kind does not have, values of
 * another type or that a field cannot have. Policies would pass such an object for the wrong reason. Fields that are missing
 * are not looked for: half an object, such as a patch or a short example, says what it says. Of a kind without a schema
 * nothing is known.
 */
export function objectProblems(object: JsonObject, types: KubernetesTypes): readonly ObjectProblem[] {
  const kind = stringOf(object['kind']) ?? '';
  const apiVersion = stringOf(object['apiVersion']) ?? '';
  const known = types.find(apiVersion, kind);
  if (known.kind === 'missing') {
    const message = apiVersion === '' ? 'the object has no `apiVersion`' : known.message;
    return [{ path: ['apiVersion'], part: 'value', message, hint: known.hint }];
  }
  if (known.kind !== 'known') return [];
  const run = new CheckRun();
  known.check(
    traceJson(object, () => unplaced),
    run,
  );
  return run.problems.flatMap(({ kind: what, path, says, hint }): readonly ObjectProblem[] => {
    if (what === 'missing-field') return [];
    const part = what === 'unknown-field' ? 'key' : 'value';
    return [{ path, part, message: `${fieldPath(path)} of a ${kind} ${says}`, hint }];
  });
}

/** Problems say their path: who asks has the places of the object's file. */
const unplaced: Origin = { kind: 'source', source: textSource('', '', ''), pointer: [] };
