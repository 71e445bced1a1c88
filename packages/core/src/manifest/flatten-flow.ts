/** This is not YAML that can be flattened; whoever reads it says what is wrong with it. */
class NotFlat extends Error {}

/**
 * Writes what is in quotes or brackets over several lines on one line, where YAML 1.2 wants it indented deeper than what it
 * belongs to, and go-yaml (as libyaml) takes it as it stands:
 *
 * ```yaml
 * - expression: "object.spec.replicas > 1 &&
 *   object.spec.paused == false"
 *   args: [
 *     a
 *   ]
 * ```
 *
 * The meaning is that of YAML's line folding, and every other character stays where it is: a shorter line is filled up
 * with spaces behind the value, so that places in the result are places in the text.
 *
 * @returns `undefined` where nothing is to be done, or it cannot be done
 */
export function flattenFlow(text: string): string | undefined {
  try {
    const flattener = new Flattener(text);
    return flattener.flatten();
  } catch (error) {
    if (error instanceof NotFlat) return undefined;
    throw error;
  }
}

const space = /[ \t]/;
const lineBreak = /[\r\n]/;
const blockScalar = /[|>][-+0-9]*[ \t]*(?:#[^\r\n]*)?(?=[\r\n]|$)/y;
const property = /[&!*][^\s,[\]{}]*/y;
const marker = /(?:---|\.\.\.)(?=\s|$)/y;

class Flattener {
  readonly #text: string;
  readonly #parts: string[] = [];
  /** Up to where the text is in `#parts`. */
  #written = 0;
  #at = 0;
  /** Where the line began that `#at` is in. */
  #line = 0;
  /** The column of the item or key that the next value belongs to. */
  #parent = -1;

  constructor(text: string) {
    this.#text = text;
  }

  flatten(): string | undefined {
    const text = this.#text;
    while (this.#at < text.length) this.#readLine();
    if (this.#written === 0) return undefined;
    this.#parts.push(text.slice(this.#written));
    return this.#parts.join('');
  }

  /** From the beginning of a line in a block to the beginning of another. */
  #readLine(): void {
    this.#line = this.#at;
    this.#skipSpaces();
    if (this.#at === this.#line && this.#matches(marker)) {
      this.#parent = -1;
      this.#at += 3;
    } else if (this.#at === this.#line && this.#text[this.#at] === '%') this.#skipLine();
    while (this.#at < this.#text.length) {
      this.#skipSpaces();
      const character = this.#text[this.#at];
      if (character === undefined || lineBreak.test(character)) break;
      if (character === '#' && this.#isAfterSpace()) this.#skipLine();
      else if (/[-?]/.test(character) && this.#isSpaceAt(this.#at + 1)) this.#enter(this.#at, 1);
      else if (character === '"' || character === "'") this.#readQuoted();
      else if (character === '[' || character === '{') this.#readCollection();
      else if (this.#matches(blockScalar)) {
        this.#skipBlockScalar();
        return;
      } else if (this.#matches(property)) this.#at = property.lastIndex;
      else if (this.#readPlain()) return;
    }
    this.#skipBreak();
  }

  /** An item or a key at an offset; what follows belongs to it. */
  #enter(start: number, length: number): void {
    this.#parent = start - this.#line;
    this.#at = start + length;
  }

  #readQuoted(): void {
    const start = this.#at;
    const line = this.#line;
    const folded = this.#quoted();
    if (folded === undefined) {
      const end = this.#at;
      this.#skipSpaces();
      if (this.#text[this.#at] !== ':' || !this.#isSpaceAt(this.#at + 1)) this.#at = end;
      else {
        this.#line = line;
        this.#enter(start, this.#at + 1 - start);
      }
    } else this.#replace(start, folded);
  }

  #readCollection(): void {
    const start = this.#at;
    const flat = this.#collection();
    if (flat !== this.#text.slice(start, this.#at)) this.#replace(start, flat);
  }

  /** A plain scalar or a key; whether it took the rest of the line, and those that continue it. */
  #readPlain(): boolean {
    const text = this.#text;
    const start = this.#at;
    for (;;) {
      const character = text[this.#at];
      if (character === undefined || lineBreak.test(character)) break;
      if (character === ':' && this.#isSpaceAt(this.#at + 1)) {
        this.#enter(start, this.#at + 1 - start);
        return false;
      }
      if (character === '#' && this.#isAfterSpace()) return false;
      this.#at += 1;
    }
    this.#skipDeeper((first) => first !== '#');
    return true;
  }

  #skipBlockScalar(): void {
    this.#skipLine();
    this.#skipDeeper(() => true);
  }

  /** From the end of a line over all that are blank, or indented deeper than what the value belongs to. */
  #skipDeeper(belongs: (first: string) => boolean): void {
    const text = this.#text;
    for (;;) {
      this.#skipBreak();
      const line = this.#at;
      this.#line = line;
      if (line >= text.length || this.#matches(marker)) return;
      let at = line;
      while (text[at] === ' ') at += 1;
      const indent = at - line;
      while (space.test(text[at] ?? '')) at += 1;
      const first = text[at] ?? '\n';
      if (!lineBreak.test(first) && (indent <= this.#parent || !belongs(first))) return;
      this.#skipLine();
    }
  }

  /**
   * Reads what is in quotes.
   *
   * @returns it on one line, or `undefined` when it is there on one
   */
  #quoted(): string | undefined {
    const text = this.#text;
    const start = this.#at;
    const mark = text[start];
    let folded = '';
    let copied = start;
    let several = false;
    for (this.#at = start + 1; text[this.#at] !== mark || (mark === "'" && text[this.#at + 1] === mark); ) {
      const character = text[this.#at];
      if (character === undefined) throw new NotFlat();
      if (lineBreak.test(character)) {
        several = true;
        const kept = text.slice(copied, this.#at).replace(/[ \t]+$/, '');
        folded += kept + this.#fold(mark === '"' ? '\\n' : undefined);
        copied = this.#at;
      } else if (character === '\\' && mark === '"') {
        const next = text[this.#at + 1];
        if (next !== undefined && lineBreak.test(next)) {
          several = true;
          folded += text.slice(copied, this.#at);
          this.#at += 1;
          this.#fold('');
          copied = this.#at;
        } else this.#at += 2;
      } else this.#at += character === "'" && mark === "'" ? 2 : 1;
    }
    this.#at += 1;
    return several ? folded + text.slice(copied, this.#at) : undefined;
  }

  /** Line breaks and the indentation behind them: one is a space, each further one a line break. */
  #fold(written: string | undefined): string {
    let breaks = 0;
    while (lineBreak.test(this.#text[this.#at] ?? '')) {
      this.#skipBreak();
      breaks += 1;
      this.#line = this.#at;
      if (this.#matches(marker)) throw new NotFlat();
      this.#skipSpaces();
    }
    if (breaks <= 1) return ' ';
    if (written === undefined) throw new NotFlat();
    return written.repeat(breaks - 1);
  }

  /** A flow collection on one line, as long as it was. */
  #collection(): string {
    const text = this.#text;
    const start = this.#at;
    let flat = '';
    let depth = 0;
    do {
      const character = text[this.#at];
      if (character === undefined) throw new NotFlat();
      if (character === '"' || character === "'") {
        const from = this.#at;
        const folded = this.#quoted();
        flat += padded(folded ?? text.slice(from, this.#at), this.#at - from);
      } else if (character === '#' && this.#isAfterSpace()) {
        const from = this.#at;
        this.#skipLine();
        flat += ' '.repeat(this.#at - from);
      } else if (lineBreak.test(character)) {
        flat += ' ';
        this.#at += 1;
        this.#line = this.#at;
        if (this.#matches(marker)) throw new NotFlat();
      } else if (/[[\]{},\s]/.test(character)) {
        if (/[[{]/.test(character)) depth += 1;
        if (/[\]}]/.test(character)) depth -= 1;
        flat += character;
        this.#at += 1;
      } else flat += this.#flowPlain();
    } while (depth > 0);
    if (flat.length !== this.#at - start) throw new NotFlat();
    return flat;
  }

  /** A word of a flow collection, and of its continuation on further lines. */
  #flowPlain(): string {
    const text = this.#text;
    const start = this.#at;
    let folded = '';
    for (;;) {
      const from = this.#at;
      while (!/[[\]{},\r\n]/.test(text[this.#at] ?? '\n')) {
        if (text[this.#at] === '#' && this.#isAfterSpace()) break;
        if (text[this.#at] === ':' && /[\s,[\]{}]/.test(text[this.#at + 1] ?? ' ')) {
          this.#at += 1;
          return padded(folded + text.slice(from, this.#at), this.#at - start);
        }
        this.#at += 1;
      }
      folded += text.slice(from, this.#at);
      const end = this.#at;
      if (!lineBreak.test(text[end] ?? '')) return padded(folded, end - start);
      const next = /^[\s]*/.exec(text.slice(end, end + 1000))?.[0] ?? '';
      if (/[[\]{},:#"']/.test(text[end + next.length] ?? '#')) return padded(folded, end - start);
      folded = folded.trimEnd() + this.#fold(undefined);
    }
  }

  #replace(start: number, flat: string): void {
    this.#parts.push(this.#text.slice(this.#written, start), padded(flat, this.#at - start));
    this.#written = this.#at;
  }

  #matches(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    return pattern.test(this.#text);
  }

  #isSpaceAt(at: number): boolean {
    return /\s/.test(this.#text[at] ?? ' ');
  }

  #isAfterSpace(): boolean {
    return this.#at === 0 || this.#isSpaceAt(this.#at - 1);
  }

  #skipSpaces(): void {
    while (space.test(this.#text[this.#at] ?? '')) this.#at += 1;
  }

  #skipLine(): void {
    while (!lineBreak.test(this.#text[this.#at] ?? '\n')) this.#at += 1;
  }

  #skipBreak(): void {
    if (this.#text[this.#at] === '\r') this.#at += 1;
    if (this.#text[this.#at] === '\n') this.#at += 1;
  }
}

/** Filled up to the length that it had; longer it cannot be, without moving what is behind it. */
function padded(text: string, length: number): string {
  if (text.length > length) throw new NotFlat();
  return text.padEnd(length);
}
