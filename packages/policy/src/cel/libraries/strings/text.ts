/**
 * The string functions of cel-go's `ext/strings.go` that are not CEL's own. Positions count code points, so that a
 * text with a character beyond the basic plane is taken apart first; most texts have none.
 */

const SURROGATE = /[\ud800-\udfff]/;

/** What is not a position in the text, as the function's caller says it. */
export class PositionError {
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}

export function charAt(text: string, index: bigint): string | PositionError {
  const characters = codePoints(text);
  if (index < 0n || index > BigInt(characters.length)) return outOfRange(index);
  return characters[Number(index)] ?? '';
}

/** The first position at or after `from`; -1 when there is none. */
export function indexOf(text: string, part: string, from: bigint): bigint | PositionError {
  if (from < 0n) return outOfRange(from);
  const characters = codePoints(text);
  const length = BigInt(characters.length);
  if (part === '') return from > length ? length : from;
  if (from >= length) return -1n;
  if (typeof characters === 'string') return BigInt(characters.indexOf(part, Number(from)));
  const start = unitsBefore(characters, Number(from));
  return positionOf(text, text.indexOf(part, start));
}

/** The last position at or before `from`, the end by default; -1 when there is none, or `from` is after the end. */
export function lastIndexOf(text: string, part: string, from?: bigint): bigint | PositionError {
  if (from !== undefined && from < 0n) return outOfRange(from);
  const characters = codePoints(text);
  const length = BigInt(characters.length);
  if (part === '') return from === undefined || from > length ? length : from;
  if (from !== undefined && from >= length) return -1n;
  const last = from === undefined ? characters.length : Number(from);
  if (typeof characters === 'string') return BigInt(characters.lastIndexOf(part, last));
  return positionOf(text, text.lastIndexOf(part, unitsBefore(characters, last)));
}

/** From `start` up to `end`, the end of the text by default. */
export function substring(text: string, start: bigint, end?: bigint): string | PositionError {
  const characters = codePoints(text);
  const length = BigInt(characters.length);
  if (end !== undefined && start > end)
    return new PositionError(`invalid substring range. start: ${start}, end: ${end}`);
  if (start < 0n || start > length) return outOfRange(start);
  if (end !== undefined && (end < 0n || end > length)) return outOfRange(end);
  const part = characters.slice(Number(start), end === undefined ? undefined : Number(end));
  return typeof part === 'string' ? part : part.join('');
}

/** Go's strings.Replace: an empty `old` stands before each character and at the end; a negative limit is none. */
export function replace(text: string, old: string, by: string, limit: bigint): string {
  if (limit < 0n) return old === '' ? replaceBetween(text, by, text.length + 1) : text.replaceAll(old, () => by);
  const count = limit > BigInt(text.length) ? text.length + 1 : Number(limit);
  if (old === '') return replaceBetween(text, by, count);
  const parts: string[] = [];
  let start = 0;
  for (let replaced = 0; replaced < count; replaced++) {
    const found = text.indexOf(old, start);
    if (found < 0) break;
    parts.push(text.slice(start, found), by);
    start = found + old.length;
  }
  return parts.join('') + text.slice(start);
}

/** Go's strings.SplitN: at most `limit` parts, the last with the rest; none at 0, all below. */
export function split(text: string, separator: string, limit: bigint): readonly string[] {
  if (limit === 0n) return [];
  const parts = separator === '' ? [...text] : text.split(separator);
  if (limit < 0n || BigInt(parts.length) <= limit) return parts;
  const kept = parts.slice(0, Number(limit) - 1);
  return [...kept, parts.slice(Number(limit) - 1).join(separator)];
}

export function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

export function upperAscii(text: string): string {
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

/** White space as Unicode's property has it; JavaScript's trim() has U+FEFF beyond it, and lacks U+0085. */
const LEADING = /^[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
const SPACE = /[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

export function trim(text: string): string {
  const rest = text.replace(LEADING, '');
  let end = rest.length;
  while (end > 0 && SPACE.test(rest.charAt(end - 1))) end--;
  return rest.slice(0, end);
}

export function reverse(text: string): string {
  return [...text].reverse().join('');
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\x07', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
  ['\\', '\\\\'],
  ['"', '\\"'],
]);

/** The text in quotes, safe to print. */
export function quote(text: string): string {
  let quoted = '';
  for (const character of text) {
    const alone = character.length === 1 && SURROGATE.test(character);
    quoted += alone ? '\ufffd' : (ESCAPES.get(character) ?? character);
  }
  return `"${quoted}"`;
}

/** How long a replacement's result can be, so that it is paid for before it is made. */
export function replacedLength(text: string, old: string, by: string): number {
  if (by.length <= old.length) return text.length;
  return text.length + occurrences(text, old) * (by.length - old.length);
}

/** How often a part is in a text; an empty one stands before each character and at the end. */
export function occurrences(text: string, part: string): number {
  if (part === '') return text.length + 1;
  let count = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) count++;
  return count;
}

/** The text itself where each unit is a character, else the list of its characters. */
function codePoints(text: string): string | readonly string[] {
  return SURROGATE.test(text) ? [...text] : text;
}

function unitsBefore(characters: readonly string[], position: number): number {
  let units = 0;
  for (const character of characters.slice(0, position)) units += character.length;
  return units;
}

function positionOf(text: string, unit: number): bigint {
  return unit < 0 ? -1n : BigInt([...text.slice(0, unit)].length);
}

function replaceBetween(text: string, by: string, count: number): string {
  const characters = [...text];
  const parts = characters.map((character, index) => (index < count ? by + character : character));
  return parts.join('') + (characters.length < count ? by : '');
}

function outOfRange(position: bigint): PositionError {
  return new PositionError(`index out of range: ${position}`);
}
