import { type CelInput, celValue } from '../cel/cel-input.ts';
import { isObject, type JsonObject, property } from '../json.ts';
import type { Target } from '../match/target.ts';
import { requestInput } from './request-input.ts';

/** The value of a variable that all policies share; made when it is first read, once. */
export type InputValues = (variable: string) => CelInput | undefined;

/** What is known of a request, beside what `target` says of it. */
export interface RequestInput {
  readonly object: JsonObject;
  /** `undefined`: there is one, but it is not known. */
  readonly oldObject: JsonObject | null | undefined;
  readonly namespaceObject: JsonObject | null | undefined;
  /** Variables of the host, by name; what is `undefined` is not known. */
  readonly variables: Readonly<Record<string, JsonObject | undefined>>;
}

export function inputValues(input: RequestInput, target: Target): InputValues {
  const made = new Map<string, CelInput | undefined>();
  return (name) => {
    if (!made.has(name)) made.set(name, inputOf(name, input, target));
    return made.get(name);
  };
}

function inputOf(name: string, input: RequestInput, target: Target): CelInput | undefined {
  switch (name) {
    case 'object':
      return celValue(input.object);
    case 'oldObject':
      return input.oldObject === undefined
        ? unknown('what is updated (oldObject) was not given')
        : celValue(input.oldObject);
    case 'namespaceObject':
      if (!target.namespaced) return celValue(null);
      return input.namespaceObject ? celValue(withNameLabel(input.namespaceObject)) : namespaceByName(target.namespace);
    case 'request':
      return requestInput(target);
    case 'authorizer':
      return unknown('the authorizer is known to the cluster only');
    default: {
      const given = Object.hasOwn(input.variables, name) ? input.variables[name] : undefined;
      return given ? celValue(given) : unknown(`${name} was not given`);
    }
  }
}

/** Of a namespace that was not given, its name is known all the same. */
function namespaceByName(name: string): CelInput {
  const missing = unknown('the namespace of the object was not given');
  if (name === '') return missing;
  const metadata: CelInput = { kind: 'record', field: (key) => (key === 'name' ? celValue(name) : missing) };
  return { kind: 'record', field: (key) => (key === 'metadata' ? metadata : missing) };
}

function unknown(reason: string): CelInput {
  return { kind: 'unknown', reason };
}

/** The API server labels every namespace with its name; a manifest does not show it. */
function withNameLabel(namespace: JsonObject): JsonObject {
  const metadata = property(namespace, 'metadata');
  if (!isObject(metadata)) return namespace;
  const labels = property(metadata, 'labels');
  const name = property(metadata, 'name') ?? null;
  const all = { ...(isObject(labels) ? labels : {}), 'kubernetes.io/metadata.name': name };
  return { ...namespace, metadata: { ...metadata, labels: all } };
}
