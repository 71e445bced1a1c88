import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../json/json.ts';
import { fewScalars, smallJson } from '../json/testing/arbitrary-json.ts';
import { schemaProblems } from './schema-problems.ts';
import { validatorOf } from './validator.ts';

const places = (schema: object, value: Json) => schemaProblems(schema, value).map(({ pointer }) => pointer.join('/'));
const state: Json = { anyOf: [{ const: 'on' }, { const: 'off' }] };

describe('what is wrong with a value', () => {
  it('is said of each of the values that one choice is for', () => {
    const map = { additionalProperties: { properties: { state } } };
    expect(places(map, { web: { state: 'of' }, job: { state: null } })).toEqual(['web/state', 'job/state']);
    expect(places({ items: state }, ['of', 'on', 'onn'])).toEqual(['0', '2']);
  });

  it('is said of a choice in a value of the same choice', () => {
    const tree = {
      $ref: '#/$defs/tree',
      $defs: {
        tree: { anyOf: [{ type: 'string' }, { additionalProperties: { $ref: '#/$defs/tree' }, type: 'object' }] },
      },
    };
    expect(places(tree, { a: { b: 1 } })).toContain('a/b');
    expect(places(tree, 1)).toEqual(['']);
  });

  it('is said once of a choice, and of what is deeper in a branch', () => {
    const choice = { anyOf: [{ type: 'string' }, { type: 'object', properties: { port: { type: 'integer' } } }] };
    expect(places(choice, 1)).toEqual(['']);
    expect(places(choice, { port: 'x' })).toContain('port');
  });

  const name = fc.constantFrom('a', 'b');
  const schemaOf = (depth: number): fc.Arbitrary<object> => {
    const leaf = fc.oneof(
      fc.record({ type: fc.constantFrom('object', 'array', 'string', 'null') }),
      fc.record({ const: fewScalars }),
      fc.record({ enum: fc.array(fewScalars, { minLength: 1, maxLength: 2 }) }),
      fc.constant({ $ref: '#/$defs/x' }),
    );
    if (depth === 0) return leaf;
    const inner = fc.oneof(schemaOf(depth - 1), fc.boolean());
    const branches = fc.array(inner, { minLength: 1, maxLength: 2 });
    const keyword = fc.oneof(
      leaf,
      fc.record({ anyOf: branches }),
      fc.record({ oneOf: branches }),
      fc.record({ allOf: branches }),
      fc.record({ not: inner }),
      fc.tuple(inner, inner).map(([condition, then]) =>
        Object.fromEntries([
          ['if', condition],
          ['then', then],
        ]),
      ),
      fc.record({ properties: fc.dictionary(name, inner, { maxKeys: 2 }), required: fc.subarray(['a', 'b']) }),
      fc.record({ additionalProperties: inner }),
      fc.record({ items: inner }),
      fc.record({ contains: inner }),
      fc.record({ propertyNames: fc.constantFrom(false, { const: 'a' }, { anyOf: [{ const: 'a' }] }) }),
    );
    return fc.array(keyword, { minLength: 1, maxLength: 2 }).map((parts) => Object.assign({}, ...parts) as object);
  };

  it('is nothing just where the schema takes the value', () => {
    let taken = 0;
    let refused = 0;
    fc.assert(
      fc.property(schemaOf(2), fc.array(smallJson(3, name), { minLength: 4, maxLength: 4 }), (root, values) => {
        const schema = { ...root, $defs: { x: { anyOf: [{ const: 'x' }, { additionalProperties: state }] } } };
        for (const value of values) {
          const wrong = validatorOf(schema).problems(value).length > 0;
          if (wrong) refused += 1;
          else taken += 1;
          expect(schemaProblems(schema, value).length > 0).toBe(wrong);
        }
      }),
      { numRuns: 250 },
    );
    expect(Math.min(taken, refused)).toBeGreaterThan(100);
  });
});
