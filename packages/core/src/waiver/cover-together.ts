import type { PolicyViolation } from '../check/policy-engine.ts';
import { isObject, type Json, type JsonObject, objectFrom, property } from '../json/json.ts';
import type { Pointer } from '../json/pointer.ts';
import { isOfContainer, isWithin } from './field-pattern.ts';
import type { Waiver } from './waiver.ts';

/** What all policies say of an object with this content. */
export type Ask = (content: JsonObject) => readonly PolicyViolation[];

type Subject = Waiver['document']['spec']['subject'];

/** No object has more parts that one rule speaks of; what is left then is not waived. */
const mostParts = 200;

/** Whether a waiver covers whatever is said of an object, and not only of a part of it. */
export function isWhole({ container, path }: Subject): boolean {
  return container === undefined && path === undefined;
}

/**
 * The waivers that cover, each for its part, all that one validation of a policy says against an object.
 *
 * @param waivers of the policy and the object, none of them for the whole of it
 * @returns none where something is left that no waiver covers
 */
export function coverTogether(
  waivers: readonly Waiver[],
  violation: PolicyViolation,
  object: JsonObject,
  ask: Ask,
): readonly Waiver[] {
  const used = new Set<Waiver>();
  let said: PolicyViolation | undefined = violation;
  let content = object;
  for (let part = 0; said !== undefined; part += 1) {
    const { kind, fieldPaths }: PolicyViolation = said;
    // What was taken out of a list moves the others to another index.
    const usable = part === 0 ? waivers : waivers.filter((waiver) => !namesAnIndex(waiver));
    const waiver = usable.find((each) => fieldPaths.every((pointer) => covers(each, pointer, content)));
    if (waiver === undefined || kind === 'error' || fieldPaths.length === 0 || part >= mostParts) return [];
    used.add(waiver);
    const inside: Json = content;
    const elements = fieldPaths.map((pointer) => elementOn(pointer, inside)).filter((pointer) => pointer.length > 0);
    if (elements.length === 0) return [...used];
    content = withoutElements(content, elements);
    said = ask(content).find((again) => again.policy === violation.policy && again.validation === violation.validation);
  }
  return [...used];
}

function covers({ document, path }: Waiver, pointer: Pointer, content: Json): boolean {
  const { container } = document.spec.subject;
  return (
    (path === undefined || isWithin(path, pointer, content)) &&
    (container === undefined || isOfContainer(container, pointer, content))
  );
}

function namesAnIndex({ path }: Waiver): boolean {
  return path?.some(({ kind, name }) => kind === 'element' && /^[0-9]+$/.test(name)) ?? false;
}

/** The innermost element of a list that a pointer leads through; the root where it leads through none. */
function elementOn(pointer: Pointer, content: Json): Pointer {
  let value: Json | undefined = content;
  let element: Pointer = [];
  for (const [position, step] of pointer.entries()) {
    if (Array.isArray(value)) {
      const list: readonly Json[] = value;
      if (!(Number(step) in list)) break;
      element = pointer.slice(0, position + 1);
      value = list[Number(step)];
    } else value = property(value, String(step));
  }
  return element;
}

/** A copy without some elements of its lists. */
function without(value: Json, elements: readonly Pointer[]): Json {
  const below = (step: string | number): readonly Pointer[] =>
    elements.filter(([first]) => String(first) === String(step)).map((pointer) => pointer.slice(1));
  if (elements.length === 0) return value;
  if (Array.isArray(value))
    return (value as readonly Json[]).flatMap((item, index) => {
      const inside = below(index);
      return inside.some((pointer) => pointer.length === 0) ? [] : [without(item, inside)];
    });
  return isObject(value) ? withoutElements(value, elements) : value;
}

function withoutElements(object: JsonObject, elements: readonly Pointer[]): JsonObject {
  const entries = Object.entries(object).map(([key, value]): readonly [string, Json] => [
    key,
    without(
      value,
      elements.filter(([first]) => first === key).map((pointer) => pointer.slice(1)),
    ),
  ]);
  return objectFrom(entries);
}
