import { expect, it } from 'vitest';
import { Traced } from '../provenance/traced.ts';
import { ReadsMemo } from './reads-memo.ts';
import { contextOf, templateOf } from './testing/render-literal.ts';

it('makes what a template comes to again when, and only when, it would read another node', () => {
  const template = templateOf('{{#each params.list}}{{this}}{{../service.name}}{{/each}}', 'text');
  const list = contextOf([1]);
  const service = contextOf({ name: 'checkout' });
  const context = (params: Traced, more: Traced) =>
    new Traced(
      new Map([
        ['params', new Traced(new Map([['list', params]]), list.origin)],
        ['service', service],
        ['environment', more],
      ]),
      list.origin,
    );
  const memo = new ReadsMemo<number>();
  const befores: (number | undefined)[] = [];
  const made = (seen: Traced) =>
    memo.made(template, seen, (before) => {
      befores.push(before);
      return befores.length;
    });
  expect(made(context(list, contextOf('dev')))).toBe(1);
  expect(made(context(list, contextOf('prod')))).toBe(1);
  // Equal, and from another place.
  expect(made(context(contextOf([1]), contextOf('prod')))).toBe(2);
  expect(befores).toEqual([undefined, 1]);
});
