import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isShellVariable, parsePlaceholders, referencesIn } from './placeholder.ts';

const parts = (text: string) => {
  const parsed = parsePlaceholders(text);
  if (!parsed.ok) return `${parsed.start}-${parsed.end}: ${parsed.message}`;
  return parsed.parts.map((part) => (part.kind === 'literal' ? part.text : part.path));
};

describe('placeholders', () => {
  it.each<readonly [string, readonly (string | readonly string[])[]]>([
    ['', []],
    ['plain', ['plain']],
    ['${metadata.name}', [['metadata', 'name']]],
    ['a${resources.db.host}b', ['a', ['resources', 'db', 'host'], 'b']],
    [
      '${a.b}${c.d}',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['${ a . b }', [['a', 'b']]],
    ['${metadata.annotations.example\\.com/x}', [['metadata', 'annotations', 'example.com/x']]],
    ['$', ['$']],
    ['$a', ['$a']],
    ['$$', ['$']],
    ['$$$$', ['$$']],
    ['$${a.b}', ['${a.b}']],
    ['$$${a.b}', ['$', ['a', 'b']]],
    ['$(HOME) 5$', ['$(HOME) 5$']],
    ['{a.b}', ['{a.b}']],
    ['${a.{b}}', [['a', '{b'], '}']],
  ])('%j', (text, expected) => {
    expect(parts(text)).toEqual(expected);
  });

  it.each([
    ['x${a.b', '1-6: the placeholder is not closed by `}`'],
    ['${', '0-2: the placeholder is not closed by `}`'],
    ['${}', '0-3: the placeholder is empty or has an empty part'],
    ['${a..b}', '0-7: the placeholder is empty or has an empty part'],
    ['${.a}', '0-5: the placeholder is empty or has an empty part'],
    ['${a.}', '0-5: the placeholder is empty or has an empty part'],
    ['${a. }', '0-6: the placeholder is empty or has an empty part'],
  ])('%j is refused', (text, expected) => {
    expect(parts(text)).toBe(expected);
  });

  it('gives back every text whose dollars are doubled', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parts(text.replaceAll('$', '$$$$')).toString()).toBe(text === '' ? '' : text);
        expect(referencesIn(text.replaceAll('$', '$$$$'))).toEqual([]);
      }),
    );
  });

  it('knows where each placeholder stands', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('$$', 'a', ' ', '${a.b}', '${x.y\\.z}', '}', '{')), (pieces) => {
        const text = pieces.join('');
        for (const { start, end } of referencesIn(text)) expect(text.slice(start, end)).toMatch(/^\$\{[^}]*\}$/);
        expect(referencesIn(text)).toHaveLength(pieces.filter((piece) => piece.startsWith('${')).length);
      }),
    );
  });

  it.each(['HOME', 'HOST:-example.com', 'x%.txt', '#array[@]', 'FRIEND', '1', ''])(
    '%j is a variable of a shell',
    (text) => {
      expect(isShellVariable(text)).toBe(true);
    },
  );

  it.each(['metadata', 'metadata.name', 'resources.db.host', 'resource.db', 'a\\.b', ' resources.db.host '])(
    '%j is none',
    (text) => {
      expect(isShellVariable(text)).toBe(false);
    },
  );

  it('take time in proportion to the text', () => {
    const text = '${a.b}$$\\.'.repeat(20_000);
    expect(referencesIn(text)).toHaveLength(20_000);
  });
});
