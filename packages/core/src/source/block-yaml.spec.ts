import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBlockYaml } from './block-yaml.ts';
import { parseByLibrary } from './parse-yaml.ts';
import { styledDocument } from './testing/yaml-in-styles.ts';

/** js-yaml is the oracle: what the quick way takes has its values; what js-yaml refuses it never takes. */
function agrees(text: string): boolean {
  const quick = parseBlockYaml(text);
  if (quick === undefined) return false;
  const parsed = parseByLibrary(text);
  expect({ text, parsed }).toStrictEqual({ text, parsed: { ok: true, documents: quick } });
  expect(JSON.stringify(quick)).toBe(JSON.stringify(parsed.ok && parsed.documents));
  return true;
}

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const files = ['catalog', 'services', 'environments'].flatMap((folder) =>
  readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml') && !path.includes('node_modules'))
    .map((path) => readFileSync(`${root}${folder}/${path}`, 'utf8')),
);

/** Lines that are awkward beside each other: every way to end, continue or break a value. */
const pieces = [
  'a:',
  'a: b',
  'b: c',
  'a: 1',
  'a: 0x1f',
  'a: 1.50',
  'a: -',
  'a: - b',
  'a: -1',
  'a: .inf',
  'a: .5',
  'a: +1_0',
  'a: 1e400',
  'a: ~',
  'a: null',
  'null: a',
  'true: a',
  '1: a',
  '~: a',
  'a b: c',
  'a : b',
  'a:b',
  'a: b: c',
  'a: b:',
  'a: b #c',
  'a: b#c',
  'a: #c',
  '# c',
  '#',
  'a: "b"',
  'a: "b" c',
  'a: "b"#c',
  'a: "b" # c',
  'a: "b\\n"',
  'a: "b',
  "a: 'b'",
  "a: 'it''s'",
  "a: it's",
  'a: [1, b]',
  'a: [1, b,]',
  'a: [a: b]',
  'a: [a:b, http://c]',
  'a: {a: b, c: {d: [e]}}',
  'a: {a: b, a: c}',
  'a: {a}',
  'a: {"a":b}',
  'a: [',
  'a: []',
  'a: {}',
  'a: [] b',
  'a: [ ]  ',
  'a: [,]',
  'a: {a: }',
  'a: [a #b]',
  'a: [ - ]',
  'a: [-]',
  'a: [?]',
  'a: [a?]',
  'a: &b c',
  'a: *b',
  'a: !!str b',
  'a: |',
  'a: >-',
  'a: ? b',
  'a: @b',
  'a: %b',
  'a: `b',
  'a: <<',
  '<<: {a: b}',
  '? a',
  ': b',
  '-',
  '- a',
  '- - a',
  '- a: b',
  '-  a: b',
  '-   c',
  '- a:',
  '-\ta',
  '---',
  '--- a',
  '--- # c',
  '---a',
  '...',
  '... # c',
  '%YAML 1.2',
  'b',
  '"a": b',
  "'a': b",
  '__proto__: a',
  'constructor: a',
  'toString:',
  'a/b.c-d: e',
  '/a: b',
  '$a: b',
  'a$b: c',
  'a: $b',
  'a: é',
  'a: 😀',
  'a: \u2028',
  'a: \u00a0',
  'é: a',
  'a: b\u0085c',
  'a: \\',
  'a:  b  ',
  ' ',
  '   # c',
  '\ta: b',
  'a:\r',
  'a: b  c',
  'a: (b)',
  'a: =',
  'a: ^b',
  'a: ;',
  'a: <b>',
  'a: 2001-01-01',
  'a: 0o17',
  'a: 0755',
  'a: -0',
  'a: 12345678901234567890',
];
const line = fc
  .tuple(
    fc.constantFrom(0, 0, 0, 1, 2, 2, 3, 4),
    fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...pieces) },
      { weight: 1, arbitrary: fc.string({ maxLength: 6 }) },
    ),
  )
  .map(([indent, piece]) => ' '.repeat(indent) + piece);

describe('the quick way through YAML', () => {
  it('takes the files that people write', () => {
    const taken = files.filter(agrees);
    expect(files.length).toBeGreaterThan(40);
    expect(taken.length / files.length).toBeGreaterThan(0.8);
  });

  it('agrees with js-yaml on any lines beside each other', () => {
    let taken = 0;
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), fc.constantFrom('\n', ''), (lines, end) => {
        if (agrees(lines.join('\n') + end)) taken += 1;
      }),
      { numRuns: 20_000 },
    );
    expect(taken).toBeGreaterThan(200);
  });

  it('agrees with js-yaml on any value in any style', () => {
    fc.assert(
      fc.property(styledDocument(), ({ text }) => void agrees(text)),
      { numRuns: 3000 },
    );
  });

  it('agrees with js-yaml on files with any part changed', () => {
    const edit = fc.tuple(
      fc.nat(),
      fc.nat({ max: 4 }),
      fc.oneof(fc.constantFrom(...pieces, ...'\n -:#[]{},&*!|>\'"%@`~?.0aé\t\r'), fc.string({ maxLength: 3 })),
    );
    fc.assert(
      fc.property(fc.constantFrom(...files), fc.array(edit, { minLength: 1, maxLength: 3 }), (file, edits) => {
        let text = file;
        for (const [where, removed, added] of edits) {
          const at = where % (text.length + 1);
          text = text.slice(0, at) + added + text.slice(at + removed);
        }
        agrees(text);
      }),
      { numRuns: 5000 },
    );
  });

  it('leaves what is long, deep or not simple to js-yaml', () => {
    for (const text of ['', '# c\n', 'a: b\n'.repeat(100_000), `${'- '.repeat(60)}a`, 'a', '"a"', '[a]'])
      expect([text.slice(0, 20), parseBlockYaml(text)]).toEqual([text.slice(0, 20), undefined]);
  });
});
