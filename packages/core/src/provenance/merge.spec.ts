import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../json/canonical-json.ts';
import type { Json } from '../json/json.ts';
import { anyJson } from '../json/testing/arbitrary-json.ts';
import { mergeTraced } from './merge.ts';
import type { Origin } from './origin.ts';
import { descend, type Traced, toJson, traceJson } from './traced.ts';

const place = (path: string): Origin => ({
  kind: 'template',
  capability: '',
  position: { path, line: 1, column: 1, endLine: 1, endColumn: 1 },
});
const from = (file: string, value: Json): Traced => traceJson(value, (pointer) => place([file, ...pointer].join('/')));
const merged = (base: Json, override: Json): Json => toJson(mergeTraced(from('base', base), from('over', override)));
const originOf = (node: Traced | undefined) =>
  node?.origin.kind === 'template' ? node.origin.position.path : undefined;

const keys = fc.constantFrom('a', 'b', 'c', '__proto__');
const value = anyJson(keys);
const map = value.filter((json) => typeof json === 'object' && json !== null && !Array.isArray(json));
const hasNull = (json: Json): boolean => canonicalJson(json).includes('null');

describe('Score overrides', () => {
  it.each<readonly [string, Json, Json, Json]>([
    ['maps merge', { a: { b: 1, c: 2 } }, { a: { c: 3, d: 4 } }, { a: { b: 1, c: 3, d: 4 } }],
    ['arrays replace', { a: [1, 2, 3] }, { a: [4] }, { a: [4] }],
    ['null deletes', { a: 1, b: 2 }, { a: null }, { b: 2 }],
    ['null deletes what is not there', { b: 2 }, { a: null }, { b: 2 }],
    ['null deletes inside of what is added', {}, { a: { b: null, c: 1 } }, { a: { c: 1 } }],
    ['null deletes inside of what replaces a scalar', { a: 1 }, { a: { b: null, c: 1 } }, { a: { c: 1 } }],
    ['a map replaces an array', { a: [1] }, { a: { b: 1 } }, { a: { b: 1 } }],
    ['a scalar replaces a map', { a: { b: 1 } }, { a: 'x' }, { a: 'x' }],
    ['null stays inside of arrays', { a: 1 }, { a: [null, { b: null }] }, { a: [null, { b: null }] }],
    ['an empty map changes nothing', { a: { b: 1 } }, { a: {} }, { a: { b: 1 } }],
  ])('%s', (_, base, override, expected) => {
    expect(merged(base, override)).toEqual(expected);
  });

  it('change nothing when they are empty', () => {
    fc.assert(
      fc.property(map, (a) => {
        expect(merged(a, {})).toEqual(toJson(from('a', a)));
      }),
    );
  });

  it('change nothing the second time', () => {
    fc.assert(
      fc.property(map, map, (a, b) => {
        const once = merged(a, b);
        expect(merged(once, b)).toEqual(once);
      }),
    );
  });

  it('may be put together first, where none deletes and none replaces a map by something else', () => {
    const layer = (depth: number): fc.Arbitrary<Json> =>
      fc.dictionary(fc.constantFrom('a', 'b', 'c'), depth === 0 ? fc.integer() : layer(depth - 1), {
        noNullPrototype: true,
      });
    fc.assert(
      fc.property(layer(2), layer(2), layer(2), (a, b, c) => {
        expect(merged(merged(a, b), c)).toEqual(merged(a, merged(b, c)));
      }),
    );
  });

  it('come back whole where nothing in them deletes', () => {
    fc.assert(
      fc.property(
        map,
        map.filter((b) => !hasNull(b)),
        (a, b) => {
          expect(merged(merged(a, b), b)).toEqual(merged(a, b));
          expect(merged({}, b)).toEqual(toJson(from('b', b)));
        },
      ),
    );
  });
});

describe('origins', () => {
  const node = mergeTraced(
    from('base', { kept: { a: 1 }, both: { mine: 1, theirs: 1 }, list: [1] }),
    from('over', { both: { theirs: 2, added: { x: 1 } }, list: [2, 3] }),
  );

  it.each([
    [['kept', 'a'], 'base/kept/a'],
    [['both'], 'base/both'],
    [['both', 'mine'], 'base/both/mine'],
    [['both', 'theirs'], 'over/both/theirs'],
    [['both', 'added', 'x'], 'over/both/added/x'],
    [['list'], 'over/list'],
    [['list', 1], 'over/list/1'],
  ])('of %j is %s', (pointer, origin) => {
    expect(originOf(descend(node, pointer))).toBe(origin);
  });
});
