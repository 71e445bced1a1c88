import { encodeUtf8 } from '../utf8.ts';
import { SyntaxFailure } from './syntax-error.ts';

const SIMPLE: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  '\\': 92,
  "'": 39,
  '"': 34,
  '`': 96,
  '?': 63,
};

export interface StringLiteral {
  readonly end: number;
  readonly value: string | Uint8Array;
}

/**
 * Reads a string or bytes literal (cel-spec, langdef "String and Bytes Values"): raw, triple-quoted, with escapes. Line ends are
 * newlines, as cel-go has it.
 *
 * @param start where the literal begins, with its prefix
 * @param prefix its letters, in lower case: '', 'r', 'b', 'rb' or 'br'
 */
export function readString(source: string, start: number, prefix: string): StringLiteral {
  const open = start + prefix.length;
  const quote = source.charAt(open);
  const delimiter = source.startsWith(quote.repeat(3), open) ? quote.repeat(3) : quote;
  const raw = prefix.includes('r');
  const bytes = prefix.includes('b');
  const parts: (string | number)[] = [];
  let position = open + delimiter.length;
  let plain = position;
  while (!source.startsWith(delimiter, position)) {
    const character = source.charAt(position);
    if (character === '' || (delimiter.length === 1 && /[\r\n]/.test(character))) {
      throw new SyntaxFailure(
        'the string is not closed',
        { start, end: Math.min(position, source.length) },
        `close it with ${delimiter}`,
      );
    }
    if (character !== '\\' || raw || position + 1 === source.length) {
      position += character === '\\' ? 2 : 1;
      continue;
    }
    parts.push(source.slice(plain, position));
    const escaped = readEscape(source, position, bytes);
    parts.push(escaped.value);
    position = escaped.end;
    plain = position;
  }
  parts.push(source.slice(plain, position));
  return { value: bytes ? bytesOf(parts) : textOf(parts), end: position + delimiter.length };
}

/** A code point, or a byte in bytes. */
function readEscape(source: string, start: number, bytes: boolean): { readonly value: number; readonly end: number } {
  const letter = source.charAt(start + 1);
  const simple = Object.hasOwn(SIMPLE, letter) ? SIMPLE[letter] : undefined;
  if (simple !== undefined) return { value: simple, end: start + 2 };
  const [digits, radix, skip] = digitsOf(source, start, letter, bytes);
  const value = digits === undefined ? Number.NaN : Number.parseInt(digits, radix);
  const end = start + skip + (digits?.length ?? 0);
  if (bytes ? value <= 0xff : value <= 0x10ffff && (value < 0xd800 || value > 0xdfff)) return { value, end };
  const range = { start, end: Math.max(end, start + 2) };
  const hint = 'a backslash itself is written \\\\, or the string r"…"';
  throw new SyntaxFailure(`${source.slice(range.start, range.end)} is not an escape sequence`, range, hint);
}

function digitsOf(
  source: string,
  start: number,
  letter: string,
  bytes: boolean,
): readonly [string | undefined, number, number] {
  const rest = source.slice(start + 1, start + 10);
  if (letter === 'x' || letter === 'X') return [/^[xX]([0-9a-fA-F]{2})/.exec(rest)?.[1], 16, 2];
  if (letter === 'u' && !bytes) return [/^u([0-9a-fA-F]{4})/.exec(rest)?.[1], 16, 2];
  if (letter === 'U' && !bytes) return [/^U([0-9a-fA-F]{8})/.exec(rest)?.[1], 16, 2];
  return [/^([0-3][0-7]{2})/.exec(rest)?.[1], 8, 1];
}

function textOf(parts: readonly (string | number)[]): string {
  return parts.map((part) => (typeof part === 'number' ? String.fromCodePoint(part) : newlines(part))).join('');
}

function bytesOf(parts: readonly (string | number)[]): Uint8Array {
  return Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'number' ? [part] : [...encodeUtf8(newlines(part))])),
  );
}

function newlines(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}
