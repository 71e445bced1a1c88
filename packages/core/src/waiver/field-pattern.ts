import { type Json, property } from '../json/json.ts';
import type { Pointer } from '../json/pointer.ts';

/** The steps of a field path: a key, or an element of a list by its index or its name. */
export type FieldPattern = readonly FieldStep[];

type FieldStep = { readonly kind: 'key' | 'element'; readonly name: string };

const stepPattern = /^(?:\["((?:[^"\\]|\\["\\])*)"\]|\[([^\]"]+)\]|\.?([^.[\]"]+))/;

/**
 * Reads a field path as people write it: `spec.template.spec.containers[main].image`. An element of a list stands in
 * brackets, by its index or by its `name`; a key that has a dot stands there in quotes.
 *
 * @returns `undefined` for what is no such path
 */
export function parseFieldPattern(text: string): FieldPattern | undefined {
  const steps: FieldStep[] = [];
  let rest = text;
  while (rest !== '') {
    const match = stepPattern.exec(rest);
    if (match === null) return undefined;
    const [whole, quoted, element, key] = match;
    if (key !== undefined && (steps.length === 0) === whole.startsWith('.')) return undefined;
    if (element !== undefined) steps.push({ kind: 'element', name: element });
    else steps.push({ kind: 'key', name: quoted?.replace(/\\(["\\])/g, '$1') ?? key ?? '' });
    rest = rest.slice(whole.length);
  }
  return steps.length === 0 ? undefined : steps;
}

/** Whether a field of an object is the one that a pattern names, or below it. */
export function isWithin(pattern: FieldPattern, pointer: Pointer, object: Json): boolean {
  if (pointer.length < pattern.length) return false;
  let value: Json | undefined = object;
  for (const [position, { kind, name }] of pattern.entries()) {
    const step = pointer[position];
    const inList: boolean = Array.isArray(value);
    value = childOf(value, step);
    const named = kind === 'element' && inList && property(value, 'name') === name;
    if (String(step) !== name && !named) return false;
  }
  return true;
}

const containerLists = ['containers', 'initContainers', 'ephemeralContainers'];

/** Whether a field belongs to the container of a name, in a pod or in a template of pods. */
export function isOfContainer(name: string, pointer: Pointer, object: Json): boolean {
  const at = pointer.findIndex((step) => containerLists.includes(String(step)));
  if (at < 0 || pointer.length < at + 2) return false;
  let value: Json | undefined = object;
  for (const step of pointer.slice(0, at + 2)) value = childOf(value, step);
  return property(value, 'name') === name;
}

function childOf(value: Json | undefined, step: string | number | undefined): Json | undefined {
  if (Array.isArray(value)) return (value as readonly Json[])[Number(step)];
  return property(value, String(step));
}
