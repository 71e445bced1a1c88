import type { Json } from '../json/json.ts';
import { mergeTraced } from '../provenance/merge.ts';
import { isMap, type Traced, traceJson } from '../provenance/traced.ts';
import type { Environment } from './environment.ts';

type Values = Pick<Environment, 'document' | 'source'>;

/** By target; under `undefined` what all targets share. */
const known = new WeakMap<Values['document'], Map<number | undefined, Traced>>();

/** The values of one target: the environment's, with the target's own on top, as overrides merge. */
export function environmentValues(environment: Values, target: number): Traced {
  const targets = known.get(environment.document) ?? new Map<number | undefined, Traced>();
  known.set(environment.document, targets);
  const values = targets.get(target) ?? merged(environment, target, targets);
  targets.set(target, values);
  return values;
}

function merged({ document, source }: Values, target: number, targets: Map<number | undefined, Traced>): Traced {
  const of = (value: unknown, pointer: readonly (string | number)[]): Traced =>
    traceJson((value ?? {}) as Json, (inner) => ({ kind: 'source', source, pointer: [...pointer, ...inner] }));
  const shared = targets.get(undefined) ?? of(document.spec.values, ['spec', 'values']);
  targets.set(undefined, shared);
  const own = of(document.spec.targets[target]?.values, ['spec', 'targets', target, 'values']);
  return isMap(own) ? mergeTraced(shared, own) : shared;
}
