import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isObject } from '../json/json.ts';
import { literalSnapshot } from '../snapshot/literal-snapshot.ts';
import { locateInText } from './locate-in-text.ts';
import { readSource } from './source.ts';

function sourceOf(text: string) {
  const snapshot = literalSnapshot({ 'a.yaml': text });
  const [entry] = snapshot.list();
  const { source } = entry ? readSource(snapshot, entry) : {};
  if (source === undefined) throw new Error(`not YAML: ${text}`);
  return source;
}

/** The text at the place that is found for a word of the value, and the place. */
function found(text: string, word: string) {
  const source = sourceOf(text);
  const [document] = source.documents;
  const value = isObject(document) ? document['e'] : undefined;
  const start = String(value).indexOf(word);
  expect(start).toBeGreaterThanOrEqual(0);
  const {
    line = 0,
    column = 0,
    endLine,
    endColumn,
  } = locateInText(source, { pointer: ['e'], document: 0 }, { start, end: start + word.length });
  expect(endLine).toBe(line);
  const lines = text.split(/\r?\n/);
  return [line, column, lines[line - 1]?.slice(column - 1, (endColumn ?? 0) - 1)];
}

describe('a part of a text is found where it is written', () => {
  it.each<[string, string, number, number]>([
    ['a plain scalar', 'e: object.wrong > 1\n', 1, 11],
    ['a plain scalar of several lines', 'e: object.spec &&\n    true &&\n\n    object.wrong\n', 4, 12],
    ['double quotes', 'e: "object.wrong"\n', 1, 12],
    ['double quotes with escapes', 'e: "\\"\\u0041\\x42\\t\\\\ object.wrong"\n', 1, 29],
    ['double quotes of several lines', 'e: "a &&\n\n  b && \\\n    object.wrong"\n', 4, 12],
    ['single quotes', "e: 'object[''a''] == object.wrong'\n", 1, 29],
    ['single quotes of several lines', "e: 'a\n  object.wrong'\n", 2, 10],
    ['a literal block', 'e: |\n  a &&\n    b &&\n  object.wrong\n', 4, 10],
    ['a literal block without its last break', 'e: |-\n  object.wrong\n', 2, 10],
    ['a literal block with all its breaks', 'e: |+\n  object.wrong\n\n\n', 2, 10],
    ['a folded block', 'e: >-\n  a &&\n  object.wrong\n', 3, 10],
    ['a folded block with empty lines', 'e: >\n\n  a &&\n\n  b &&\n\n\n  object.wrong\n', 8, 10],
    ['a folded block with deeper lines', 'e: >-\n  a &&\n    b &&\n    c &&\n  object.wrong\n', 5, 10],
    ['a block with a comment after the indicator', 'e: |- # why\n  a &&\n  object.wrong\n', 3, 10],
    ['a block with lines of Windows', 'e: |-\r\n  a &&\r\n  object.wrong\r\n', 3, 10],
    ['characters beyond the first plane', 'e: |-\n  "😀" == object.wrong\n', 2, 18],
    ['a mapping in one line', '{ e: object.wrong, f: 1 }\n', 1, 13],
  ])('%s', (_name, text, line, column) => {
    expect(found(text, 'wrong')).toEqual([line, column, 'wrong']);
  });

  it('else it is the key: behind an alias', () => {
    const source = sourceOf('a: &x object.wrong\ne: *x\n');
    expect(locateInText(source, { pointer: ['e'], document: 0 }, { start: 7 })).toMatchObject({ line: 2, column: 1 });
  });

  it('what goes over several lines ends with the first', () => {
    const source = sourceOf('e: |-\n  one\n  two\n');
    const place = locateInText(source, { pointer: ['e'], document: 0 }, { start: 1, end: 6 });
    expect(place).toMatchObject({ line: 2, column: 4, endLine: 2, endColumn: 6 });
  });
});

it('every word of any block or quoted text is found as it stands', () => {
  const word = fc.stringMatching(/^[a-z]{1,5}$/);
  const lines = fc.array(
    fc.record({ indent: fc.constantFrom('', '', '  '), words: fc.array(word, { maxLength: 4 }) }),
    { minLength: 1, maxLength: 6 },
  );
  const style = fc.constantFrom('|', '|-', '|+', '>', '>-', '>+', '"', "'");
  fc.assert(
    fc.property(lines, style, word, (written, indicator, wanted) => {
      const body = [...written, { indent: '', words: [`${wanted}!`] }].map(({ indent, words }, index) =>
        // The first line that has something decides how far all are indented.
        words.length === 0 ? '' : `  ${index > 0 && written[0]?.words.length ? indent : ''}${words.join(' ')}`,
      );
      const quoted = indicator === '"' || indicator === "'";
      const text = quoted
        ? `e: ${indicator}${body.join('\n').trimStart()}${indicator}\n`
        : `e: ${indicator}\n${body.join('\n')}\n`;
      expect(found(text, `${wanted}!`)[2]).toBe(`${wanted}!`);
    }),
  );
});
