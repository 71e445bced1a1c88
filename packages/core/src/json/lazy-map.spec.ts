import { expect, it } from 'vitest';
import { LazyMap } from './lazy-map.ts';

it('makes each value once, when it is asked for', () => {
  const made: string[] = [];
  const map = new LazyMap(['a', 'b', 'c'], (key) => {
    made.push(key);
    return key.toUpperCase();
  });
  expect([map.size, map.has('a'), map.has('d'), [...map.keys()], map.get('d'), made]).toEqual([
    3,
    true,
    false,
    ['a', 'b', 'c'],
    undefined,
    [],
  ]);
  expect([map.get('b'), map.get('b'), made]).toEqual(['B', 'B', ['b']]);
  expect([[...map], [...map.values()], new Map(map).size, made]).toEqual([
    [
      ['a', 'A'],
      ['b', 'B'],
      ['c', 'C'],
    ],
    ['A', 'B', 'C'],
    3,
    ['b', 'a', 'c'],
  ]);
  const seen: string[] = [];
  map.forEach((value, key) => void seen.push(key + value));
  expect(seen).toEqual(['aA', 'bB', 'cC']);
});
