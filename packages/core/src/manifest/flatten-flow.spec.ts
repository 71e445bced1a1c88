import { loadAll } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { encodeText } from '../digest/text.ts';
import { flattenFlow } from './flatten-flow.ts';
import { manifestPlaces } from './manifest-places.ts';
import { readManifests } from './read-manifests.ts';

const flat = (text: string) => {
  const flattened = flattenFlow(text) ?? text;
  expect(flattened).toHaveLength(text.length);
  return loadAll(flattened)[0];
};

describe('flattenFlow', () => {
  // The values are those of sigs.k8s.io/yaml 1.6.
  it.each([
    ['a double-quoted scalar', 'a:\n  b: "x &&\n y"\n', { a: { b: 'x && y' } }],
    ['one at the margin', 'a: "x\ny\tz"\nc: d\n', { a: 'x y\tz', c: 'd' }],
    ['an empty line in it', 'a: "x\n\ny"\n', { a: 'x\ny' }],
    ['a line that ends in a backslash', 'a: "x\\\n\\ y \\\n  z"\n', { a: 'x y z' }],
    ['escapes in it', 'a: "x \\"q\\" \\n\ny: z"\nb: c\n', { a: 'x "q" \n y: z', b: 'c' }],
    ['a tab before its lines', 'a:\n  - b: "x\n\ty"\n', { a: [{ b: 'x y' }] }],
    ['spaces at the end of its lines', 'a: "x  \n  y"\n', { a: 'x y' }],
    ['CRLF', 'a: "x\r\ny"\r\nb: [\r\n1\r\n]\r\n', { a: 'x y', b: [1] }],
    ['a single-quoted scalar', "a: 'it''s\nso'\n", { a: "it's so" }],
    ['a list at the margin', 'a: [\n1, # one\n"x\ny",\n]\nb: c\n', { a: [1, 'x y'], b: 'c' }],
    ['a map in a list', '- {\na: b c\n  d,\n"e": [ ],\n}\n', [{ a: 'b c d', e: [] }]],
    ['a quoted key before it', '"a": {\n"b#c": d#e,\n}\n', { a: { 'b#c': 'd#e' } }],
  ])('takes %s', (_, text, value) => {
    expect(flattenFlow(text)).toBeDefined();
    expect(flat(text)).toEqual(value);
  });

  it.each([
    [
      'a block scalar',
      'a: |\n  "x\n  [y\nb: >-\n  it\'s {\n\n  so\nc: "x\ny"\n',
      { a: '"x\n[y\n', b: "it's {\nso", c: 'x y' },
    ],
    ['a block scalar in a list', '- |\n "x\n- c: |2\n    [x\n- "x\ny"\n', ['"x\n', { c: '[x\n' }, 'x y']],
    ['a plain scalar', 'a: it\'s\n  "x [\nc: "x\ny"\n', { a: 'it\'s "x [', c: 'x y' }],
    ['a comment', 'a: b # it\'s "x [\nc: "x\ny"\n', { a: 'b', c: 'x y' }],
    ['a tag and an anchor', 'a: !!str &b "x\ny"\nc: *b\n', { a: 'x y', c: 'x y' }],
  ])('leaves alone what looks like quotes or brackets in %s', (_, text, value) => {
    expect(flat(text)).toEqual(value);
  });

  it.each(['a: "x\n', 'a: [\n', "a: 'x\n\ny'\n", 'a: "x\n---\ny"\n', 'a: b\n', ''])('does nothing to %j', (text) => {
    expect(flattenFlow(text)).toBeUndefined();
  });

  it('ends with brackets without end', () => {
    for (const text of ['['.repeat(100_000), '"\n'.repeat(50_000), 'a: "\n'.repeat(30_000)]) flattenFlow(text);
  });
});

describe('a manifest that only go-yaml reads', () => {
  const text = 'apiVersion: v1\nkind: A\nspec:\n  a: "x\ny"\n  list: [\n    one,\n  two ]\n  b: 1\n';

  it('is read, and has places', () => {
    const [manifest] = readManifests('a.yaml', encodeText(text)).manifests;
    expect(manifest?.object['spec']).toEqual({ a: 'x y', list: ['one', 'two'], b: 1 });
    const places = manifestPlaces(() => encodeText(text));
    const at = (...pointer: (string | number)[]) => manifest && places.locate(manifest, pointer);
    expect(at('spec', 'b')).toMatchObject({ line: 9, column: 6 });
    expect(at('spec', 'list', 1)).toMatchObject({ line: 8, column: 3 });
    expect(at('spec', 'a')).toMatchObject({ line: 4, column: 6 });
  });

  it('is refused with the words for what was written', () => {
    expect(readManifests('a.yaml', encodeText('a: [\n1\nb: 2\n')).findings).toEqual([
      expect.objectContaining({ code: 'source/invalid-yaml', line: 1, column: 4 }),
    ]);
  });
});

describe('places in a long list', () => {
  it('are found without reading all that is before each again', () => {
    const items = Array.from({ length: 5000 }, (_, n) => `- apiVersion: v1\n  kind: A\n  spec: { n: ${n} }\n`).join('');
    const text = `apiVersion: v1\nkind: List\nitems:\n${items}`;
    const { manifests } = readManifests('a.yaml', encodeText(text));
    const places = manifestPlaces(() => encodeText(text));
    const lines = manifests.map((manifest) => places.locate(manifest, ['spec', 'n']).line);
    expect(lines.every((line, index) => line === index * 3 + 6)).toBe(true);
  });
});
