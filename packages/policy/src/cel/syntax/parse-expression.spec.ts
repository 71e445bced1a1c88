import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CelUint } from '../value.ts';
import { childrenOf, type Expression } from './expression.ts';
import { parseExpression } from './parse-expression.ts';
import { expressionSources } from './testing/expressions.ts';
import { printExpression } from './testing/print-expression.ts';

function parsed(source: string): Expression {
  const result = parseExpression(source);
  if (result.kind === 'error') throw new Error(`${source}: ${result.message}`);
  return result.expression;
}

function refused(source: string) {
  const result = parseExpression(source);
  if (result.kind === 'expression') throw new Error(`${source} parses`);
  const { message, range, hint } = result;
  return { message, at: source.slice(range.start, range.end), hint };
}

/** What a tree says, without where it stands. */
function meaning(expression: unknown): unknown {
  if (expression instanceof Uint8Array || expression instanceof CelUint) return expression;
  if (Array.isArray(expression)) return expression.map(meaning);
  if (typeof expression !== 'object' || expression === null) return expression;
  const entries = Object.entries(expression).filter(([key]) => !/range$|^depth$/i.test(key));
  return Object.fromEntries(entries.map(([key, value]) => [key, meaning(value)]));
}

describe('laws of the parser', () => {
  it('what is printed parses to the same', () => {
    fc.assert(
      fc.property(expressionSources(), (source) => {
        const tree = parsed(source);
        expect(meaning(parsed(printExpression(tree)))).toEqual(meaning(tree));
      }),
      { numRuns: 100 },
    );
  });

  it('every part stands in its own range', () => {
    fc.assert(
      fc.property(expressionSources(), (source) => {
        const check = (tree: Expression): void => {
          expect(tree.range.start).toBeGreaterThanOrEqual(0);
          expect(tree.range.end).toBeLessThanOrEqual(source.length);
          expect(source.slice(tree.range.start, tree.range.end).trim()).not.toBe('');
          for (const child of childrenOf(tree)) check(child);
        };
        check(parsed(source));
      }),
      { numRuns: 100 },
    );
  });

  it('never throws, and an error is in the text', () => {
    const token = fc.constantFrom(
      'a',
      '.',
      '?',
      '[',
      ']',
      '(',
      ')',
      '{',
      '}',
      ',',
      ':',
      '"',
      "'",
      '\\',
      '||',
      '&',
      '1',
      'in',
      '`',
      '\n',
      '😀',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(token).map((parts) => parts.join('')),
        ),
        (source) => {
          const result = parseExpression(source);
          if (result.kind === 'expression') return;
          expect(result.range.start).toBeGreaterThanOrEqual(0);
          expect(result.range.start).toBeLessThanOrEqual(result.range.end);
          expect(result.range.end).toBeLessThanOrEqual(source.length);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('literals', () => {
  it.each<[string, unknown]>([
    ['"\\u00e9\\U0001F600\\x41\\101\\n\\?"', 'é😀AA\n?'],
    ["r'\\d+\\''", "\\d+\\'"],
    ['"""a "b"\r\nc"""', 'a "b"\nc'],
    ["b'é\\xff\\101'", Uint8Array.of(0xc3, 0xa9, 0xff, 0x41)],
    ["rb'\\x41'", Uint8Array.from('\\x41', (character) => character.charCodeAt(0))],
    ['-9223372036854775808', -(2n ** 63n)],
    ['18446744073709551615u', new CelUint(2n ** 64n - 1n)],
    ['0x1F', 31n],
    ['.5', 0.5],
    ['6.02e23', 6.02e23],
  ])('%s', (source, value) => {
    expect(parsed(source)).toMatchObject({ kind: 'literal', value });
  });
});

describe('mistakes', () => {
  it.each([
    ['', 'the expression ends where a value is expected', ''],
    ['a b', 'expected an operator or the end, but found "b"', 'b'],
    ['f(a,)', 'expected a value, but found ")"', ')'],
    ['a.1', 'expected an operator or the end, but found ".1"', '.1'],
    ['a."b"', 'expected the name of a field, but found "\\"b\\""', '"b"'],
    ['a ? b', 'the expression ends where ":" is expected', ''],
    ['{a}', 'expected ":", but found "}"', '}'],
    ["'\\ud800'", '\\ud800 is not an escape sequence', '\\ud800'],
    ["b'\\u0041'", '\\u is not an escape sequence', '\\u'],
    ["'a\\", 'the string is not closed', "'a\\"],
    ["'a\nb'", 'the string is not closed', "'a"],
    ['18446744073709551616u', '18446744073709551616u does not fit into 64 bits', '18446744073709551616u'],
    ['l.all(1, true)', 'all() begins with the name of a variable', '1'],
    ['l.all(a.b, true)', 'all() begins with the name of a variable', 'a.b'],
    ['m.exists(k, k, true)', 'exists() needs two different names', 'k'],
    ['a & b', '"&" is not a part of CEL', '&'],
    ['$a', '"$" is not a part of CEL', '$'],
  ])('%j: %s', (source, message, at) => {
    expect(refused(source)).toMatchObject({ message, at });
  });

  it('a bracket that is not closed says where it was opened', () => {
    expect(refused('a && (b || c').hint).toBe('"(" opens at character 6');
  });
});
