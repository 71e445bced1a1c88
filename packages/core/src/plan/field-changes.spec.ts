import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isObject, type Json, objectFrom } from '../json/json.ts';
import { parsePointer } from '../json/pointer.ts';
import { fieldChanges } from './field-changes.ts';
import type { FieldChange } from './plan.ts';

/**
 * Does what the changes say. Of a list, what is removed is named by where it was and everything else by where it is,
 * so that removals come first, from the end, and additions next, in order.
 */
function apply(value: Json, changes: readonly FieldChange[]): Json {
  const removed = changes.filter(({ kind }) => kind === 'removed').toReversed();
  const others = changes.filter(({ kind }) => kind !== 'removed');
  return [...removed, ...others].reduce<Json>(
    (current, change) => applyOne(current, parsePointer(change.pointer).map(String), change),
    value,
  );
}

function applyOne(value: Json, [head, ...rest]: readonly string[], change: FieldChange): Json {
  if (head === undefined) return change.kind === 'removed' ? null : change.after;
  if (Array.isArray(value)) {
    const items: Json[] = [...(value as readonly Json[])];
    const index = Number(head);
    if (rest.length > 0) items[index] = applyOne(items[index] ?? null, rest, change);
    else if (change.kind === 'removed') items.splice(index, 1);
    else items.splice(index, change.kind === 'added' ? 0 : 1, change.after);
    return items;
  }
  if (!isObject(value)) throw new Error(`${head} is in no collection`);
  const entries = new Map(Object.entries(value));
  if (rest.length > 0) entries.set(head, applyOne(entries.get(head) ?? null, rest, change));
  else if (change.kind === 'removed') entries.delete(head);
  else entries.set(head, change.after);
  return objectFrom(entries);
}

const scalar = fc.oneof(fc.constantFrom<Json>('', 'a', '~', '/', 0, 1, true, null), fc.string({ maxLength: 3 }));
const key = fc.constantFrom('a', 'b', 'c/d', '~', '__proto__', '', 'name', '0');
const named = fc.array(fc.record({ name: fc.constantFrom('x', 'y', 'z', 'w'), value: scalar }), { maxLength: 4 });
const value: fc.Arbitrary<Json> = fc.letrec<{ readonly node: Json }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('node'), { maxLength: 3 }),
    named,
    fc.array(fc.tuple(key, tie('node')), { maxLength: 4 }).map(objectFrom),
  ),
})).node;

describe('fieldChanges', () => {
  it('gives after when it is applied to before, and says nothing just when both are equal', () => {
    fc.assert(
      fc.property(value, value, (before, after) => {
        const changes = fieldChanges(before, after);
        expect(apply(before, changes)).toEqual(after);
        expect(fieldChanges(after, structuredClone(after))).toEqual([]);
        if (changes.length === 0) expect(before).toEqual(after);
      }),
      { numRuns: 3_000 },
    );
  });

  it.each<readonly [string, Json, Json, readonly FieldChange[]]>([
    [
      'an item that comes between others of a list of names as one addition',
      {
        env: [
          { name: 'A', value: 1 },
          { name: 'C', value: 3 },
        ],
      },
      {
        env: [
          { name: 'A', value: 1 },
          { name: 'B', value: 2 },
          { name: 'C', value: 4 },
        ],
      },
      [
        { kind: 'added', pointer: '/env/1', after: { name: 'B', value: 2 } },
        { kind: 'changed', pointer: '/env/2/value', before: 3, after: 4 },
      ],
    ],
    [
      'an item that goes as one removal',
      { env: [{ name: 'A' }, { name: 'B' }, { name: 'C' }] },
      { env: [{ name: 'B' }, { name: 'C' }] },
      [{ kind: 'removed', pointer: '/env/0', before: { name: 'A' } }],
    ],
    [
      'a list in another order by what stands at each place',
      { env: [{ name: 'A' }, { name: 'B' }] },
      { env: [{ name: 'B' }, { name: 'A' }] },
      [
        { kind: 'changed', pointer: '/env/0/name', before: 'A', after: 'B' },
        { kind: 'changed', pointer: '/env/1/name', before: 'B', after: 'A' },
      ],
    ],
    [
      'a list without names and of another length as a whole',
      { args: ['a', 'b'] },
      { args: ['a'] },
      [{ kind: 'changed', pointer: '/args', before: ['a', 'b'], after: ['a'] }],
    ],
    [
      'a value of another type as changed',
      { a: 1 },
      { a: '1' },
      [{ kind: 'changed', pointer: '/a', before: 1, after: '1' }],
    ],
    [
      'fields in the order of their keys, with pointers as RFC 6901 writes them',
      { 'x/y': 1, 'a~b': 1 },
      { 'x/y': 2, c: 1 },
      [
        { kind: 'removed', pointer: '/a~0b', before: 1 },
        { kind: 'added', pointer: '/c', after: 1 },
        { kind: 'changed', pointer: '/x~1y', before: 1, after: 2 },
      ],
    ],
  ])('says %s', (_what, before, after, changes) => {
    expect(fieldChanges(before, after)).toEqual(changes);
  });
});
