import { type CelInput, celValue } from '../cel/cel-input.ts';
import type { JsonObject } from '../json.ts';
import type { Target } from '../match/target.ts';
import { type PointerIndex, pointerIndex } from './field-paths.ts';
import { requestInput } from './request.ts';

/** What every policy sees of an object; converted once, however many policies there are. */
export interface InputValues {
  readonly values: ReadonlyMap<string, () => CelInput>;
  readonly index: () => PointerIndex;
}

export function inputValues(
  input: { readonly object: JsonObject; readonly oldObject?: JsonObject; readonly namespaceObject?: JsonObject },
  target: Target,
): InputValues {
  const object = once(() => celValue(input.object));
  return {
    values: new Map([
      ['object', object],
      ['oldObject', once(() => oldObject(input.oldObject, target))],
      ['namespaceObject', once(() => namespaceObject(input.namespaceObject, target))],
      ['request', once(() => requestInput(target))],
      [
        'authorizer',
        once((): CelInput => ({ kind: 'unknown', reason: 'the authorizer is known to the cluster only' })),
      ],
    ]),
    index: once(() => {
      const value = object();
      return pointerIndex(value.kind === 'value' ? value.content : undefined);
    }),
  };
}

function oldObject(value: JsonObject | undefined, target: Target): CelInput {
  if (target.operation === 'CREATE') return celValue(null);
  return value ? celValue(value) : { kind: 'unknown', reason: 'what is updated (oldObject) was not given' };
}

function namespaceObject(value: JsonObject | undefined, target: Target): CelInput {
  if (!target.namespaced) return celValue(null);
  return value ? celValue(value) : { kind: 'unknown', reason: 'the namespace of the object was not given' };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
