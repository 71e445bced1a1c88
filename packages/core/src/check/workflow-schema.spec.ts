import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { isObject, type Json, type JsonObject, property } from '../json/json.ts';
import { jsonOf } from './schema-json.ts';
import { workflowSchema } from './workflow.schema.ts';

/** The schema that GitHub's own parser of workflows reads them by (@actions/workflow-parser, MIT). */
const file = '../../../../node_modules/@actions/workflow-parser/dist/workflow-v1.0.min.json';
const oracle = jsonOf(JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')));

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);
const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

interface Level {
  readonly fields: ReadonlyMap<string, readonly JsonObject[]>;
  readonly below: readonly JsonObject[];
}

/** What a value of their type may have in it: named fields, and the type of items or of other keys. */
function theirs(types: readonly JsonObject[]): Level {
  const named = (name: Json | undefined): JsonObject =>
    jsonOf(jsonOf(oracle['definitions'] as JsonObject)[textOf(name)] as JsonObject);
  const fields = new Map<string, JsonObject[]>();
  const below: JsonObject[] = [];
  for (const type of types) {
    const properties = property(property(type, 'mapping'), 'properties');
    for (const [key, value] of Object.entries(isObject(properties) ? properties : {}))
      fields.set(key, [...(fields.get(key) ?? []), named(isObject(value) ? value['type'] : value)]);
    const inner = [
      property(property(type, 'mapping'), 'loose-value-type'),
      property(property(type, 'sequence'), 'item-type'),
    ];
    below.push(...inner.filter((one) => one !== undefined).map(named));
    const choices = theirs(listOf(property(type, 'one-of')).map(named));
    for (const [key, value] of choices.fields) fields.set(key, [...(fields.get(key) ?? []), ...value]);
    below.push(...choices.below);
  }
  return { fields, below };
}

function ours(types: readonly JsonObject[]): Level {
  const fields = new Map<string, JsonObject[]>();
  const below: JsonObject[] = [];
  for (const type of types) {
    const properties = property(type, 'properties');
    for (const [key, value] of Object.entries(isObject(properties) ? properties : {}))
      fields.set(key, [...(fields.get(key) ?? []), jsonOf(value as JsonObject)]);
    below.push(...[property(type, 'additionalProperties'), property(type, 'items')].filter(isObject));
    const choices = ours(listOf(property(type, 'anyOf')).filter(isObject));
    for (const [key, value] of choices.fields) fields.set(key, [...(fields.get(key) ?? []), ...value]);
    below.push(...choices.below);
  }
  return { fields, below };
}

/** The paths of fields that one of the two has and the other has not. */
function* differences(their: Level, our: Level, path: string, depth: number): Generator<string> {
  // A step may hold steps.
  if (depth > 8 || (our.fields.size === 0 && our.below.length === 0)) return;
  for (const key of our.fields.keys())
    if (their.fields.size > 0 && !their.fields.has(key)) yield `only ours: ${path}.${key}`;
  for (const [key, types] of their.fields) {
    const known = our.fields.get(key);
    if (known === undefined) yield `only theirs: ${path}.${key}`;
    else yield* differences(theirs(types), ours(known), `${path}.${key}`, depth + 1);
  }
  if (their.below.length > 0 && our.below.length > 0)
    yield* differences(theirs(their.below), ours(our.below), `${path}.*`, depth + 1);
}

it("has the fields that GitHub's own schema has", () => {
  const spec = jsonOf(jsonOf(workflowSchema.properties['spec']));
  const definitions = jsonOf(oracle['definitions'] as JsonObject);
  const found = [
    ...differences(theirs([jsonOf(definitions['workflow-root-strict'] as JsonObject)]), ours([spec]), '', 0),
  ];
  // Events have what they are filtered by in common; some of them take less.
  expect(found.filter((one) => !/^only ours: \.on\.\w+\./.test(one))).toEqual([]);
  expect(found.length).toBeGreaterThan(0);
});
