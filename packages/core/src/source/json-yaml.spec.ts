import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJsonYaml } from './json-yaml.ts';
import { parseByLibrary } from './parse-yaml.ts';

/** js-yaml is the oracle: what the quick way takes has its values; what js-yaml refuses it never takes. */
function agrees(text: string): boolean {
  const quick = parseJsonYaml(text);
  if (quick === undefined) return false;
  const parsed = parseByLibrary(text);
  expect({ text, parsed }).toStrictEqual({ text, parsed: { ok: true, documents: quick } });
  return true;
}

const root = fileURLToPath(new URL('../../../../capabilities/', import.meta.url));
const definitions = readdirSync(root).flatMap((capability) => {
  try {
    const folder = `${root}${capability}/crds/`;
    const texts = readdirSync(folder).map((file) => readFileSync(`${folder}${file}`, 'utf8'));
    return texts.filter((text) => text.includes('made by `idp schemas`'));
  } catch {
    return [];
  }
});

describe('parseJsonYaml', () => {
  it('takes every definition that the reference company has of others, with the values of js-yaml', () => {
    expect(definitions.length).toBeGreaterThan(10);
    expect(definitions.filter((text) => !agrees(text))).toEqual([]);
  });

  it('agrees with js-yaml about any JSON, however it is indented', () => {
    let taken = 0;
    const spaces = fc.constantFrom(0, 1, 2);
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), spaces, (value, indent) => {
        if (agrees(`# made\n${JSON.stringify(value, null, indent)}\n`)) taken += 1;
      }),
      { numRuns: 300 },
    );
    expect(taken).toBeGreaterThan(20);
  });

  it('agrees with js-yaml about JSON with any part changed', () => {
    const model = '# c\n{\n "a": {"b": [1, "x\\n", true], "c": null},\n "d": "e: f # g"\n}\n';
    const piece = fc.constantFrom(
      '"',
      ':',
      ',',
      '{',
      '}',
      '[',
      ']',
      ' ',
      '\n',
      '#',
      '-',
      '0',
      'a',
      '"a":',
      '---\n',
      '&a',
    );
    fc.assert(
      fc.property(fc.nat(model.length), fc.nat(3), piece, (at, gone, text) => {
        agrees(model.slice(0, at) + text + model.slice(at + gone));
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['a key that is there twice', '{"a": 1, "a": 2}'],
    ['a key that is there twice, once with an escape', '{"a": 1, "\\u0061": 2}'],
    ['a colon apart from its key', '{"a" : 1}'],
    ['a key longer than YAML allows', `{"${'a'.repeat(2000)}": 1}`],
    ['minus nothing', '{"a": -0}'],
    ['a number larger than all', '{"a": 1e999}'],
    ['a number that is not exact', '{"a": 12345678901234567890}'],
    ['a tab', '{\t"a": 1}'],
    ['what follows', '{"a": 1}\n---\n{"b": 2}'],
    ['what is deep', `{"a": ${'['.repeat(80)}${']'.repeat(80)}}`],
    ['a block', 'a: {"b": 1}'],
    ['nothing', ''],
  ])('leaves %s to js-yaml', (_, text) => {
    expect(parseJsonYaml(text)).toBeUndefined();
  });
});
