import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../finding/finding.ts';
import { newFindings } from '../finding/new-findings.ts';
import { literalSnapshot } from '../snapshot/literal-snapshot.ts';
import { NotLoadedError } from '../snapshot/snapshot.ts';
import { fieldsOfFindings } from './fields-of-findings.ts';

/** One finding, always of the same words, for each `bad` in a text. */
function foundIn(text: string, path: string): readonly Finding[] {
  return text.split('\n').flatMap((line, index) =>
    [...line.matchAll(/bad/g)].map(({ index: column }) => ({
      code: 'policy/no-bad',
      severity: 'error' as const,
      message: 'no',
      path,
      line: index + 1,
      column: column + 1,
    })),
  );
}

/** The lines of what a change of one file brings. */
function brought(before: string, after: string, path = 'a.yaml'): readonly (number | undefined)[] {
  const fields = fieldsOfFindings(literalSnapshot({ [path]: before }), literalSnapshot({ [path]: after }));
  return newFindings(foundIn(before, path), foundIn(after, path), fields).map(({ line }) => line);
}

const score = (main: string, proxy: string) => `containers:
  main: { image: ${main} }
  proxy:
    image: ${proxy}
`;
const pod = (...containers: readonly string[]) =>
  `spec:\n  containers:\n${containers.map((each) => `    - ${each}\n`).join('')}`;
const workflow = (...steps: readonly string[]) =>
  `jobs:\n  test:\n    steps:\n${steps.map((each) => `      - ${each}\n`).join('')}`;

describe('what a change brings', () => {
  it('is what it writes anew, though an equal one of the same file is mended', () => {
    expect(brought(score('bad', 'good'), score('good', 'bad'))).toEqual([4]);
    expect(
      brought(pod('{ name: a, image: bad }', '{ name: b }'), pod('{ name: a }', '{ name: b, image: bad }')),
    ).toEqual([4]);
    expect(brought(workflow('uses: bad@1', 'uses: good'), workflow('uses: good', 'uses: bad@2'))).toEqual([5]);
  });

  it('is what it writes into another document', () => {
    const of = (name: string, is: string) => `kind: System\nmetadata: { name: ${name} }\nspec: { owner: ${is} }\n`;
    expect(brought(`${of('a', 'bad')}---\n${of('b', 'good')}`, `${of('a', 'good')}---\n${of('b', 'bad')}`)).toEqual([
      7,
    ]);
    expect(brought(of('a', 'bad'), `${of('b', 'good')}---\n${of('a', 'bad')}`)).toEqual([]);
  });

  it('is not what only moved', () => {
    expect(brought(score('bad', 'good'), `# one line\n# and another\n${score('bad', 'good')}`)).toEqual([]);
    expect(brought('a: bad\nb: good\n', 'b: good\na: bad\n')).toEqual([]);
    const first = '{ name: a, image: bad }';
    expect(brought(pod(first), pod('{ name: b }', first))).toEqual([]);
    expect(brought(workflow('uses: bad'), workflow('run: x', 'uses: bad'))).toEqual([]);
    // An item without a name is what it contains: where it stands is not asked.
    expect(brought(workflow('uses: bad', 'run: x'), workflow('run: x', 'uses: bad # here'))).toEqual([]);
  });

  it('is not what is bad in another way, at the same place', () => {
    expect(brought('a: bad\n', 'a: still bad\n')).toEqual([]);
    expect(brought(workflow('uses: bad'), workflow('uses: bad@2'))).toEqual([]);
  });

  it('is one more of a list', () => {
    expect(brought(pod('bad'), pod('bad', 'bad'))).toEqual([4]);
  });

  it('is told by the text of a line where a file is no YAML', () => {
    const path = 'services/checkout/Dockerfile';
    expect(brought('FROM a:bad\nFROM b\n', 'FROM a\nFROM b:bad\n', path)).toEqual([2]);
    expect(brought('FROM a:bad\n', '# here\nFROM a:bad\n', path)).toEqual([]);
    expect(brought('a: [bad\n', 'a: [\n  bad\n')).toEqual([2]);
  });

  it('is what nothing was there for', () => {
    const fields = fieldsOfFindings(literalSnapshot({}), literalSnapshot({ 'a.yaml': 'a: bad' }));
    expect(newFindings([], foundIn('a: bad', 'a.yaml'), fields)).toHaveLength(1);
  });

  it('is counted where a file does not differ, is not there or was not loaded', () => {
    const same = literalSnapshot({ 'a.yaml': 'a: bad\nb: bad\n' });
    const [a, b] = foundIn('a: bad\nb: bad\n', 'a.yaml');
    expect(newFindings([a, b] as Finding[], [b, a] as Finding[], fieldsOfFindings(same, same))).toEqual([]);
    expect(newFindings([a] as Finding[], [b] as Finding[], fieldsOfFindings(same, same))).toEqual([]);
    const throwing = {
      ...literalSnapshot({ 'a.yaml': 'a: bad\nb: good' }),
      read: (path: string) => {
        throw new NotLoadedError(path);
      },
    };
    expect(newFindings([a] as Finding[], [b] as Finding[], fieldsOfFindings(throwing, same))).toEqual([]);
    const gone = fieldsOfFindings(literalSnapshot({}), literalSnapshot({}));
    expect(newFindings([a] as Finding[], [a, b] as Finding[], gone)).toHaveLength(1);
  });

  it('is all of a field that was not there, however the fields of the file are ordered', () => {
    const keys = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 5 });
    const text = (of: readonly string[]) => of.map((key) => `${key}: bad\n`).join('');
    fc.assert(
      fc.property(keys, keys, (before, after) => {
        const added = after.flatMap((key, index) => (before.includes(key) ? [] : [index + 1]));
        expect(brought(text(before), text(after))).toEqual(added);
      }),
      { numRuns: 60 },
    );
  });
});
