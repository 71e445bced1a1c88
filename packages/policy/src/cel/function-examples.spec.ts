import { expect, it } from 'vitest';
import { compile } from './compile.ts';
import { functionExamples } from './testing/function-examples.ts';
import { functionTable, undecidedLibrary } from './testing/function-table.ts';

const rows = functionTable();

it('has an example of every function, and of nothing else', () => {
  const without = rows.filter(({ library, example }) => library !== undecidedLibrary && example === undefined);
  expect(without.map(({ library, name }) => `${library} ${name}`)).toEqual([]);
  const known = new Set(rows.map(({ library, name }) => `${library} ${name}`));
  const unknown = Object.entries(functionExamples).flatMap(([library, examples]) =>
    Object.keys(examples).flatMap((name) => (known.has(`${library} ${name}`) ? [] : [`${library} ${name}`])),
  );
  expect(unknown).toEqual([]);
});

it.each(rows.flatMap(({ name, example }) => (example === undefined ? [] : [{ name, example }])))(
  '$example is true',
  ({ name, example }) => {
    const compilation = compile(example, { variables: [], records: new Map(), result: 'bool' });
    if (compilation.kind === 'error') throw new Error(compilation.message);
    const evaluation = compilation.program.evaluate(() => undefined, { remaining: 1_000 });
    expect(evaluation).toMatchObject({ kind: 'value', content: true });
    expect(example).toContain(name.replace(/^\./, ''));
  },
);
