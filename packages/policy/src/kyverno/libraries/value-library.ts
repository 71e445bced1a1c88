import { library } from '../../cel/function-declaration.ts';
import { fromJson } from '../../cel/json-value.ts';
import { opaqueType } from '../../cel/type.ts';
import {
  CelError,
  CelFailure,
  type CelList,
  CelMap,
  CelOpaque,
  CelOptional,
  type CelValue,
  EntryMap,
} from '../../cel/value.ts';
import type { Json } from '../../json.ts';
import { toJson } from './to-json.ts';

/** The type of the variable `json`. */
export const JSON_TYPE = opaqueType('kyverno.Json');

/** The variable `json`. */
export class CelJson extends CelOpaque {
  readonly type = JSON_TYPE;

  equals(other: CelOpaque): boolean {
    return other instanceof CelJson;
  }
}

const SERVICE_ACCOUNT = 'system:serviceaccount:';

/** The name and namespace of a service account's user name; both empty for another user's. */
function serviceAccount(user: string): CelMap {
  const account = user.startsWith(SERVICE_ACCOUNT) ? user.slice(SERVICE_ACCOUNT.length) : '';
  const [, namespace = '', name = ''] = /^([^:]*):([\s\S]*)$/.exec(account) ?? [];
  return new EntryMap([
    ['Namespace', namespace],
    ['Name', name],
  ]);
}

/** Two lists of objects as one map: a field of the first is the key, a field of the second the value. */
function objectsToMap(keys: CelList, values: CelList, keyName: string, valueName: string): CelMap | CelError {
  if (keys.size !== values.size) return new CelError('listObjToMap must take lists of equal length');
  const entries: [CelValue, CelValue][] = [];
  for (let index = 0; index < keys.size; index += 1) {
    const key = fieldOf(keys.at(index), keyName);
    if (typeof key !== 'string') return new CelError('the key of listObjToMap is no string');
    entries.push([key, fieldOf(values.at(index), valueName) ?? null]);
  }
  return new EntryMap(entries);
}

function fieldOf(object: unknown, name: string): CelValue | undefined {
  if (!(object instanceof CelMap)) return undefined;
  const value = object.get(name);
  return value instanceof CelFailure ? undefined : value;
}

/** Go's `math.Round`: halves go away from zero. */
function round(value: number, precision: bigint): number {
  const shift = 10 ** Number(precision);
  const scaled = value * shift;
  return (Math.sign(scaled) * Math.round(Math.abs(scaled))) / shift;
}

function parse(text: CelValue): CelValue | CelError {
  if (typeof text !== 'string') return new CelError('json.unmarshal takes a string');
  try {
    const value: Json = JSON.parse(text);
    return fromJson(value);
  } catch {
    return new CelError('the text is not JSON');
  }
}

function print(value: CelValue): string | CelError {
  const json = toJson(value);
  return json === undefined ? new CelError('a value that JSON cannot say') : JSON.stringify(json);
}

/**
 * Functions of Kyverno over values alone (kyverno/sdk, cel/libs: json, math, transform, user), and `orValue` on
 * what is not optional, which Kyverno keeps (kyverno, pkg/cel/compiler/env.go, OrValueCompatEnvOptions).
 */
export const valueLibrary = library('kyverno.values', {
  types: { Json: { type: JSON_TYPE, class: CelJson } },
  functions: {
    'Json.unmarshal(dyn): dyn': { evaluate: (_, text) => parse(text), cost: (_, text) => sizeOf(text) / 10 },
    'Json.marshal(dyn): string': (_, value) => print(value),
    'math.round(double, int): double': round,
    'listObjToMap(list<dyn>, list<dyn>, string, string): map<string,dyn>': objectsToMap,
    'transform.listObjToMap(list<dyn>, list<dyn>, string, string): map<string,dyn>': objectsToMap,
    'parseServiceAccount(string): map<string,string>': serviceAccount,
    'user.parseServiceAccount(string): map<string,string>': serviceAccount,
    'dyn.orValue(dyn): dyn': (value, other) =>
      value instanceof CelOptional ? (value.value === undefined ? other : value.value) : value,
  },
});

function sizeOf(value: CelValue): number {
  return typeof value === 'string' ? value.length : 0;
}
