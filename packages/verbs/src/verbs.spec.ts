import { expect, it } from 'vitest';
import { generators } from './generate/generate.ts';
import { findVerb } from './verbs.ts';

it.each(generators.map(({ name, schema }) => [name, schema] as const))(
  'the generator %s is a verb with the same options',
  (name, schema) => {
    expect(findVerb(`g ${name}`)?.schema).toBe(schema);
  },
);
