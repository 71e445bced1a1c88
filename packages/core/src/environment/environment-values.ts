import type { Json } from '../json/json.ts';
import { mergeTraced } from '../provenance/merge.ts';
import { isMap, type Traced, traceJson } from '../provenance/traced.ts';
import type { Environment } from './environment.ts';

type Values = Pick<Environment, 'document' | 'source'>;

const known = new WeakMap<Values['document'], Map<number, Traced>>();

/** The values of one target: the environment's, with the target's own on top, as overrides merge. */
export function environmentValues(environment: Values, target: number): Traced {
  const targets = known.get(environment.document) ?? new Map<number, Traced>();
  known.set(environment.document, targets);
  const values = targets.get(target) ?? merged(environment, target);
  targets.set(target, values);
  return values;
}

function merged({ document, source }: Values, target: number): Traced {
  const of = (value: unknown, pointer: readonly (string | number)[]): Traced =>
    traceJson((value ?? {}) as Json, (inner) => ({ kind: 'source', source, pointer: [...pointer, ...inner] }));
  const shared = of(document.spec.values, ['spec', 'values']);
  const own = of(document.spec.targets[target]?.values, ['spec', 'targets', target, 'values']);
  return isMap(own) ? mergeTraced(shared, own) : shared;
}
