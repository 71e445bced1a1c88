import { isObject, type Json, type JsonObject, type Pointer, property } from '../json.ts';
import { nearest } from '../nearest.ts';
import type { ProblemLog } from './problem.ts';

/** The fields that an object of the Kubernetes API may have. */
export interface Fields {
  readonly known: readonly string[];
}

/** One object of a document, at its place. */
export interface Place {
  readonly value: JsonObject;
  readonly pointer: Pointer;
  readonly log: ProblemLog;
}

/** The object at a place, with its fields checked, or `undefined` after a problem. */
export function readObject(value: unknown, pointer: Pointer, log: ProblemLog, fields: Fields): Place | undefined {
  if (!isObject(value)) {
    log.add(pointer, 'policy/invalid', `${nameOf(pointer)} must be an object, but is ${typeName(value)}`);
    return undefined;
  }
  for (const key of Object.keys(value)) {
    if (fields.known.includes(key)) continue;
    const message = `unknown field ${JSON.stringify(key)}`;
    log.add([...pointer, key], 'policy/invalid', message, unknownFieldHint(key, fields));
  }
  return { value, pointer, log };
}

function unknownFieldHint(key: string, fields: Fields): { hint?: string } {
  const best = nearest(key, fields.known);
  return best === undefined ? { hint: `known are ${fields.known.join(', ')}` } : { hint: `did you mean "${best}"?` };
}

export function optionalObject(place: Place, key: string, fields: Fields): Place | undefined {
  const value = property(place.value, key);
  return value === undefined || value === null
    ? undefined
    : readObject(value, [...place.pointer, key], place.log, fields);
}

export function requiredObject(place: Place, key: string, fields: Fields): Place | undefined {
  if (isMissing(place, key)) return undefined;
  return readObject(property(place.value, key), [...place.pointer, key], place.log, fields);
}

/** The objects of a list; none when the list is absent. */
export function readObjects(place: Place, key: string, fields: Fields): readonly Place[] {
  return readList(place, key).flatMap((value, index) => {
    const object = readObject(value, [...place.pointer, key, index], place.log, fields);
    return object ? [object] : [];
  });
}

export function readList(place: Place, key: string): readonly Json[] {
  const value = property(place.value, key);
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  wrongType(place, key, 'a list', value);
  return [];
}

export function readStrings(place: Place, key: string): readonly string[] {
  return readList(place, key).flatMap((value, index) => {
    if (typeof value === 'string') return [value];
    place.log.add([...place.pointer, key, index], 'policy/invalid', `must be a string, but is ${typeName(value)}`);
    return [];
  });
}

export function optionalString(place: Place, key: string): string | undefined {
  const value = property(place.value, key);
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  wrongType(place, key, 'a string', value);
  return undefined;
}

export function requiredString(place: Place, key: string): string | undefined {
  if (isMissing(place, key)) return undefined;
  const text = optionalString(place, key);
  if (text === undefined || text.trim() !== '') return text;
  place.log.add([...place.pointer, key], 'policy/invalid', `${key} must not be empty`);
  return undefined;
}

/** One of some words, or the fallback when the field is absent (or wrong, after a problem). */
export function readChoice<T extends string>(place: Place, key: string, choices: readonly T[], fallback: T): T {
  const text = optionalString(place, key);
  if (text === undefined) return fallback;
  return choiceOf(text, choices, [...place.pointer, key], place.log) ?? fallback;
}

export function choiceOf<T extends string>(
  text: string,
  choices: readonly T[],
  pointer: Pointer,
  log: ProblemLog,
): T | undefined {
  const choice = choices.find((candidate) => candidate === text);
  if (choice === undefined) {
    log.add(pointer, 'policy/invalid', `${JSON.stringify(text)} is none of ${choices.join(', ')}`);
  }
  return choice;
}

/** String values of an object such as labels; what is no string is a problem. */
export function readStringMap(place: Place, key: string): Readonly<Record<string, string>> {
  const value = property(place.value, key);
  if (value === undefined || value === null) return {};
  if (!isObject(value)) {
    wrongType(place, key, 'an object', value);
    return {};
  }
  const entries = Object.entries(value).flatMap(([name, text]): [string, string][] => {
    if (typeof text === 'string') return [[name, text]];
    place.log.add([...place.pointer, key, name], 'policy/invalid', `must be a string, but is ${typeName(text)}`);
    return [];
  });
  return Object.fromEntries(entries);
}

function isMissing(place: Place, key: string): boolean {
  const value = property(place.value, key);
  if (value !== undefined && value !== null) return false;
  place.log.add(place.pointer, 'policy/invalid', `${key} is missing`);
  return true;
}

function wrongType(place: Place, key: string, expected: string, value: unknown): void {
  place.log.add([...place.pointer, key], 'policy/invalid', `${key} must be ${expected}, but is ${typeName(value)}`);
}

function nameOf(pointer: Pointer): string {
  const last = pointer.at(-1);
  if (last === undefined) return 'the document';
  return typeof last === 'number' ? 'the element' : last;
}

function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
