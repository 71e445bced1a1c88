import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../json/json.ts';
import { smallJson } from '../json/testing/arbitrary-json.ts';
import type { Origin } from '../provenance/origin.ts';
import { descend, toJson, traceJson } from '../provenance/traced.ts';
import { withDefaults } from './with-defaults.ts';

const place = (path: string): Origin => ({
  kind: 'template',
  capability: '',
  position: { path, line: 1, column: 1, endLine: 1, endColumn: 1 },
});
const filled = (schema: Json, value: Json) =>
  withDefaults(
    traceJson(value, () => place('written')),
    { schema, origin: (pointer) => place(`#/${pointer.join('/')}`), made: new Map() },
  );

describe('withDefaults', () => {
  const nested: Json = {
    properties: {
      backup: { $ref: '#/$defs/backup', default: {} },
      users: { items: { properties: { role: { default: 'reader' } } } },
      labels: { additionalProperties: { properties: { on: { default: true } } } },
    },
    $defs: { backup: { properties: { days: { default: 7 }, at: { default: { hour: 3 } } } } },
  };

  it('fills in fields of objects, of items and of maps, and what is behind a reference', () => {
    expect(toJson(filled(nested, { users: [{}, { role: 'owner' }], labels: { a: {}, b: { on: false } } }))).toEqual({
      backup: { days: 7, at: { hour: 3 } },
      users: [{ role: 'reader' }, { role: 'owner' }],
      labels: { a: { on: true }, b: { on: false } },
    });
  });

  it('knows of each where it was written', () => {
    const node = filled(nested, { users: [{}] });
    const origin = descend(node, ['users', 0, 'role'])?.origin;
    expect(origin).toEqual(place('#/properties/users/items/properties/role/default'));
    expect(descend(node, ['backup', 'days'])?.origin).toEqual(place('#/$defs/backup/properties/days/default'));
    expect(descend(node, ['users'])?.origin).toEqual(place('written'));
  });

  it('leaves what nobody can know: the branches of a choice, and what is no object', () => {
    const choice: Json = { anyOf: [{ properties: { a: { default: 1 } } }], if: { properties: { b: { default: 1 } } } };
    expect(toJson(filled(choice, {}))).toEqual({});
    expect(toJson(filled({ properties: { a: { default: 1 } } }, 'text'))).toBe('text');
  });

  it('takes any name for a name', () => {
    const schema: Json = JSON.parse(
      '{ "properties": { "__proto__": { "default": 1 }, "constructor": { "default": 2 } } }',
    );
    expect(JSON.stringify(toJson(filled(schema, {})))).toBe('{"__proto__":1,"constructor":2}');
  });

  it.each<[string, Json, Json]>([
    ['of a reference before the own one', { properties: { a: { default: 1 } }, $ref: '#/$defs/x' }, { a: 3 }],
    ['of a part before the own one', { properties: { a: { default: 1 } }, allOf: [{ $ref: '#/$defs/x' }] }, { a: 3 }],
    [
      'of a reference before that of a part',
      { allOf: [{ properties: { a: { default: 2 } } }], $ref: '#/$defs/x' },
      { a: 3 },
    ],
    ['of the first part', { allOf: [{ properties: { a: { default: 2 } } }, { $ref: '#/$defs/x' }] }, { a: 2 }],
  ])('takes of two defaults for one field the one %s', (_, fields, expected) => {
    const schema: Json = { ...(fields as object), $defs: { x: { allOf: [{ properties: { a: { default: 3 } } }] } } };
    expect(toJson(filled(schema, {}))).toEqual(expected);
    const byAjv = {};
    new Ajv2020({ useDefaults: true, strict: false }).compile(schema)(byAjv);
    expect(byAjv).toEqual(expected);
  });

  const name = fc.constantFrom('a', 'b', 'c');
  const value = smallJson(3, name);
  /** Bounded by hand: a schema has so many places for schemas that a recursive one would never end. */
  const schemaOf = (depth: number): fc.Arbitrary<Json> => {
    const fallback = fc.record({ default: smallJson(2, name) }, { requiredKeys: [] });
    if (depth === 0) return fallback.map((fields) => fields as Json);
    const inner = schemaOf(depth - 1);
    const keyword = fc.oneof(
      fc.record({ properties: fc.dictionary(name, inner, { maxKeys: 3 }) }),
      fc.record({ items: inner }),
      fc.record({ additionalProperties: inner }),
      fc.record({ patternProperties: fc.dictionary(fc.constantFrom('^a$', '[bc]'), inner, { maxKeys: 1 }) }),
      fc.record({ allOf: fc.array(inner, { minLength: 1, maxLength: 2 }) }),
      fc.record({ anyOf: fc.tuple(inner) }),
      fc.record({ $ref: fc.constantFrom('#/$defs/x', '#/$defs/y') }),
    );
    return fc
      .tuple(fallback, fc.array(keyword, { maxLength: 2 }))
      .map(([first, rest]) => Object.assign({}, first, ...rest) as Json);
  };
  const schema = schemaOf(3);
  /** Behind a reference stands a schema without references: circles over one value are refused elsewhere. */
  const withoutReferences = (candidate: Json): Json =>
    JSON.parse(JSON.stringify(candidate, (key, inner: unknown) => (key === '$ref' ? undefined : inner))) as Json;

  it('fills in what ajv does', () => {
    fc.assert(
      fc.property(schema, schema, schema, value, (root, x, y, written) => {
        const whole = { ...(root as object), $defs: { x: withoutReferences(x), y: withoutReferences(y) } };
        const expected = structuredClone(written);
        new Ajv2020({ useDefaults: true, strict: false }).compile(whole)(expected);
        expect(toJson(filled(whole as Json, written))).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });
});
