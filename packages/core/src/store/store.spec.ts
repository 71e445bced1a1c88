import { expect, it } from 'vitest';
import { memoryStore } from './memory-store.ts';
import { storeKey } from './store.ts';

it('gives back what was set, and nothing else', () => {
  const store = memoryStore();
  const key = storeKey('yaml', '1', ['oid']);
  expect(store.get(key)).toBeUndefined();
  store.set(key, 'one');
  store.set(key, 'two');
  expect(store.get(key)).toBe('two');
  expect(store.get(storeKey('yaml', '2', ['oid']))).toBeUndefined();
  expect(memoryStore().get(key)).toBeUndefined();
});

it('names the computation, its version and all that it read, in order', () => {
  expect(storeKey('render', '3', ['a', 'b'])).toBe('render@3/a,b');
  expect(storeKey('render', '3', ['b', 'a'])).not.toBe(storeKey('render', '3', ['a', 'b']));
});
