/** The value of a YAML scalar, with the offset in the file that each of its UTF-16 code units was written at. */
export interface ScalarOffsets {
  readonly value: string;
  /** One more than the value is long: the last is where it ends. */
  readonly offsets: readonly number[];
}

/**
 * Reads a scalar again for the places of what is in it (YAML 1.2.2, chapters 7.3 and 8.1): plain and quoted ones over
 * several lines, escapes, literal and folded blocks. Whoever asks compares the value with the parsed one: what is not read
 * alike, such as an alias, has no places.
 */
export function scalarOffsets(text: string, start: number, end: number): ScalarOffsets {
  const header = blockHeader(text, start);
  if (header) return readBlock(text, start, end, header);
  const style = text[start];
  const writer = new ScalarWriter();
  if (style === '"') readDoubleQuoted(text, start + 1, end - 1, writer);
  else if (style === "'") readSingleQuoted(text, start + 1, end - 1, writer);
  else readPlain(text, start, end, writer);
  return writer.end(style === '"' || style === "'" ? end - 1 : end);
}

class ScalarWriter {
  #value = '';
  readonly #offsets: number[] = [];

  add(part: string, offset: number): void {
    this.#value += part;
    for (let unit = 0; unit < part.length; unit += 1) this.#offsets.push(offset);
  }

  /** Without white space at the end of a line, which folding takes away. */
  trim(): void {
    const kept = this.#value.replace(/[ \t]+$/, '').length;
    this.#value = this.#value.slice(0, kept);
    this.#offsets.length = kept;
  }

  end(offset: number): ScalarOffsets {
    return { value: this.#value, offsets: [...this.#offsets, offset] };
  }
}

/** Folds the line break at `at`, with the empty lines after it: one is a space, more are one less each. */
function foldBreak(text: string, at: number, end: number, writer: ScalarWriter): number {
  writer.trim();
  let next = at;
  let breaks = 0;
  while (next < end && /[ \t\r\n]/.test(text[next] ?? '')) {
    if (text[next] === '\n') breaks += 1;
    next += 1;
  }
  writer.add(breaks > 1 ? '\n'.repeat(breaks - 1) : ' ', at);
  return next;
}

function readPlain(text: string, start: number, end: number, writer: ScalarWriter): void {
  for (let at = start; at < end; ) {
    if (isBreak(text, at)) at = foldBreak(text, at, end, writer);
    else writer.add(text[at] ?? '', at++);
  }
  writer.trim();
}

function readSingleQuoted(text: string, start: number, end: number, writer: ScalarWriter): void {
  for (let at = start; at < end; ) {
    if (isBreak(text, at)) {
      at = foldBreak(text, at, end, writer);
      continue;
    }
    writer.add(text[at] ?? '', at);
    at += text[at] === "'" ? 2 : 1;
  }
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['t', '\t'],
  ['\t', '\t'],
  ['n', '\n'],
  ['v', '\v'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\x1b'],
  ['N', '\x85'],
  ['_', '\xa0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
]);
const HEXADECIMAL: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

function readDoubleQuoted(text: string, start: number, end: number, writer: ScalarWriter): void {
  for (let at = start; at < end; ) {
    if (isBreak(text, at)) at = foldBreak(text, at, end, writer);
    else if (text[at] === '\\') at = readEscape(text, at, end, writer);
    else writer.add(text[at] ?? '', at++);
  }
}

function readEscape(text: string, at: number, end: number, writer: ScalarWriter): number {
  const letter = text[at + 1] ?? '';
  if (isBreak(text, at + 1)) {
    // The break is not a part of the value, nor is the indentation after it.
    let next = at + 1 + (letter === '\r' ? 2 : 1);
    while (next < end && /[ \t]/.test(text[next] ?? '')) next += 1;
    return next;
  }
  const digits = HEXADECIMAL.get(letter);
  if (digits === undefined) {
    writer.add(ESCAPES.get(letter) ?? letter, at);
    return at + 2;
  }
  const code = Number.parseInt(text.slice(at + 2, at + 2 + digits), 16);
  if (code <= 0x10ffff) writer.add(String.fromCodePoint(code), at);
  return at + 2 + digits;
}

interface Line {
  readonly start: number;
  readonly content: string;
}

interface BlockHeader {
  readonly folds: boolean;
  readonly chomping: string;
}

/** The indicators of a block, which stand at the end of the line before it. */
function blockHeader(text: string, start: number): BlockHeader | undefined {
  if (text[start - 1] !== '\n') return undefined;
  const line = text.slice(text.lastIndexOf('\n', start - 2) + 1, start - 1);
  const [, style, indicators = ''] = /(?:^|[\s:-])([|>])([-+0-9]*)[ \t]*(?:[ \t]#.*)?\r?$/.exec(line) ?? [];
  return style === undefined ? undefined : { folds: style === '>', chomping: indicators.replace(/[0-9]/g, '') };
}

function readBlock(text: string, start: number, end: number, { folds, chomping }: BlockHeader): ScalarOffsets {
  const writer = new ScalarWriter();
  const lines = linesOf(text, start, end);
  const last = lines.findLastIndex(({ content }) => content !== '');
  let pending: number[] = [];
  let previous: Line | undefined;
  for (const line of lines.slice(0, last + 1)) {
    if (line.content === '') {
      pending.push(line.start);
      continue;
    }
    const isSpaced = (each: Line): boolean => /^[ \t]/.test(each.content);
    const joins = folds && previous !== undefined && !isSpaced(previous) && !isSpaced(line);
    if (previous !== undefined && !(joins && pending.length > 0)) writer.add(joins ? ' ' : '\n', line.start - 1);
    for (const offset of pending) writer.add('\n', offset);
    [...line.content].reduce((offset, character) => {
      writer.add(character, offset);
      return offset + character.length;
    }, line.start);
    pending = [];
    previous = line;
  }
  if (chomping === '+') writer.add('\n'.repeat(lines.length - Math.max(last, 0)), end);
  else if (chomping !== '-' && last >= 0) writer.add('\n', end);
  return writer.end(end);
}

/** The lines of a block without their indentation, which is that of the first one that is not empty. */
function linesOf(text: string, start: number, end: number): readonly Line[] {
  const written: Line[] = [];
  for (let at = start; at < end; ) {
    const next = text.indexOf('\n', at);
    const stop = next < 0 || next > end ? end : next;
    written.push({ start: at, content: text.slice(at, stop).replace(/\r$/, '') });
    at = stop + 1;
  }
  const first = written.find(({ content }) => content.trim() !== '');
  const indent = /^ */.exec(first?.content ?? '')?.[0].length ?? 0;
  return written.map(({ start: at, content }) => {
    const skipped = Math.min(indent, /^ */.exec(content)?.[0].length ?? 0);
    return { start: at + skipped, content: content.slice(skipped) };
  });
}

function isBreak(text: string, at: number): boolean {
  return text[at] === '\n' || (text[at] === '\r' && text[at + 1] === '\n');
}
