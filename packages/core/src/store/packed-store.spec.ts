import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PackedStore } from './packed-store.ts';
import { storeKey } from './store.ts';

const key = (id: string) => storeKey('yaml', '1', [id]);

it('knows what earlier runs kept, and has to be written only when there is more', () => {
  const first = new PackedStore(undefined);
  expect(first.get(key('a'))).toBeUndefined();
  first.set(key('a'), 'one');
  first.set(key('b'), 'zwölf \u{1f600}\n');
  expect(first.grew).toBe(true);
  const second = new PackedStore(first.write());
  expect(second.get(key('b'))).toBe('zwölf \u{1f600}\n');
  second.set(key('b'), 'zwölf \u{1f600}\n');
  expect(second.grew).toBe(false);
  second.set(key('b'), 'two');
  expect([second.grew, second.get(key('b'))]).toEqual([true, 'two']);
  const third = new PackedStore(second.write());
  expect([third.get(key('a')), third.get(key('b'))]).toEqual(['one', 'two']);
});

it('gives back any texts under any keys', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.string()), (texts) => {
      const store = new PackedStore(undefined);
      for (const [id, text] of Object.entries(texts)) store.set(key(id), text);
      const again = new PackedStore(store.write());
      expect(Object.keys(texts).map((id) => again.get(key(id)))).toEqual(Object.values(texts));
    }),
  );
});

it('leaves out what nobody asked for when it becomes too much', () => {
  const long = 'x'.repeat(1_500_000);
  const first = new PackedStore(undefined);
  for (const id of ['a', 'b']) first.set(key(id), long);
  const second = new PackedStore(first.write());
  expect(second.get(key('b'))).toBe(long);
  second.set(key('c'), long);
  const third = new PackedStore(second.write());
  expect(['a', 'b', 'c'].map((id) => third.get(key(id)) === long)).toEqual([false, true, true]);
});

it.each([
  '',
  'x',
  '{}\n',
  '[1]\n',
  '[["yaml@1/a"]]\nx',
  '[["yaml@1/a",-1]]\n',
  '[["yaml@1/a",2]]\nx',
  '[["yaml@1/a",1]]\nxy',
])('knows nothing by an entry of another form: %j', (entry) => {
  expect(new PackedStore(entry).get(key('a'))).toBeUndefined();
});
