import { CelUint } from '../value.ts';
import type { Literal, Range } from './expression.ts';
import { readString } from './read-string.ts';
import { SyntaxFailure } from './syntax-error.ts';

/** `quoted` is an identifier in backticks, allowed as a field only. */
export interface Token extends Range {
  readonly kind: 'identifier' | 'quoted' | 'literal' | 'operator' | 'end';
  readonly text: string;
  readonly value?: Literal;
}

const SKIPPED = /(?:[ \t\r\n\f]|\/\/[^\n]*)+/y;
const STRING_START = /([rR][bB]|[bB][rR]|[rR]|[bB]|)["']/y;
const IDENTIFIER = /[A-Za-z_][A-Za-z0-9_]*/y;
const QUOTED = /`([A-Za-z0-9_.\-/ ]+)`/y;
const DOUBLE = /[0-9]+(?:\.[0-9]+(?:[eE][+-]?[0-9]+)?|[eE][+-]?[0-9]+)|\.[0-9]+(?:[eE][+-]?[0-9]+)?/y;
const INTEGER = /(0x[0-9a-fA-F]+|[0-9]+)([uU]?)/y;
const OPERATOR = /&&|\|\||==|!=|<=|>=|[-+*/%<>!?:.,()[\]{}]/y;

const WORDS: ReadonlyMap<string, Literal> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

const MAXIMUM_UINT = 2n ** 64n - 1n;
/** One more than the largest int: a minus sign may stand before it. */
const MAXIMUM_MAGNITUDE = 2n ** 63n;

/** Splits an expression into tokens, the last of them `end`. Throws a `SyntaxFailure` at what is none. */
export function tokenize(source: string): readonly Token[] {
  const tokens: Token[] = [];
  let position = 0;
  for (;;) {
    position += match(SKIPPED, source, position)?.[0].length ?? 0;
    if (position >= source.length) break;
    const token = tokenAt(source, position);
    tokens.push(token);
    position = token.end;
  }
  tokens.push({ kind: 'end', text: '', start: source.length, end: source.length });
  return tokens;
}

function tokenAt(source: string, start: number): Token {
  const string = match(STRING_START, source, start);
  if (string) {
    const { value, end } = readString(source, start, (string[1] ?? '').toLowerCase());
    return { kind: 'literal', text: source.slice(start, end), value, start, end };
  }
  const identifier = match(IDENTIFIER, source, start)?.[0];
  if (identifier !== undefined) return word(identifier, start);
  const quoted = match(QUOTED, source, start);
  if (quoted) return { kind: 'quoted', text: quoted[1] ?? '', start, end: start + quoted[0].length };
  const double = match(DOUBLE, source, start)?.[0];
  if (double !== undefined) return { ...span('literal', double, start), value: Number(double) };
  const integer = match(INTEGER, source, start);
  if (integer) return integerToken(integer[0], integer[1] ?? '', integer[2] !== '', start);
  const operator = match(OPERATOR, source, start)?.[0];
  if (operator !== undefined) return span('operator', operator, start);
  throw unexpected(source, start);
}

function word(text: string, start: number): Token {
  const value = WORDS.get(text);
  if (value !== undefined) return { ...span('literal', text, start), value };
  return span(text === 'in' ? 'operator' : 'identifier', text, start);
}

function integerToken(text: string, digits: string, unsigned: boolean, start: number): Token {
  const value = BigInt(digits);
  const token = span('literal', text, start);
  if (value > (unsigned ? MAXIMUM_UINT : MAXIMUM_MAGNITUDE)) {
    throw new SyntaxFailure(`${text} does not fit into 64 bits`, token);
  }
  return { ...token, value: unsigned ? new CelUint(value) : value };
}

function unexpected(source: string, start: number): SyntaxFailure {
  const character = String.fromCodePoint(source.codePointAt(start) ?? 0);
  const range = { start, end: start + character.length };
  return new SyntaxFailure(`${JSON.stringify(character)} is not a part of CEL`, range, HINTS.get(character));
}

const HINTS: ReadonlyMap<string, string> = new Map([
  ['&', 'write && for "and"'],
  ['|', 'write || for "or"'],
  ['=', 'write == to compare'],
  ['`', 'a name in backticks has letters, digits, and "_.-/ "'],
  ['$', 'a variable is written without $'],
]);

function span(kind: Token['kind'], text: string, start: number): Token {
  return { kind, text, start, end: start + text.length };
}

function match(pattern: RegExp, source: string, position: number): RegExpExecArray | null {
  pattern.lastIndex = position;
  return pattern.exec(source);
}
