import { PatternError } from './pattern-tree.ts';

/** Reads a pattern from left to right, a whole character at a time. */
export class Scanner {
  readonly #source: string;
  #position = 0;

  constructor(source: string) {
    this.#source = source;
  }

  get done(): boolean {
    return this.#position >= this.#source.length;
  }

  /** The next character, or nothing at the end. */
  peek(): string {
    const codePoint = this.#source.codePointAt(this.#position);
    return codePoint === undefined ? '' : String.fromCodePoint(codePoint);
  }

  next(): string {
    const character = this.peek();
    if (character === '') throw new PatternError('the pattern ends too early');
    this.#position += character.length;
    return character;
  }

  take(text: string): boolean {
    if (!this.#source.startsWith(text, this.#position)) return false;
    this.#position += text.length;
    return true;
  }

  /** Takes what an expression that is anchored at its start matches here; it sees 64 characters at most. */
  matches(pattern: RegExp): RegExpExecArray | undefined {
    const match = pattern.exec(this.#source.slice(this.#position, this.#position + 64));
    if (match) this.#position += match[0].length;
    return match ?? undefined;
  }

  /** Takes the text before an end mark, and the mark. */
  until(end: string, options: { readonly orEnd: boolean }): string {
    const found = this.#source.indexOf(end, this.#position);
    if (found < 0 && !options.orEnd) throw new PatternError(`a missing ${end}`);
    const stop = found < 0 ? this.#source.length : found;
    const text = this.#source.slice(this.#position, stop);
    this.#position = found < 0 ? stop : stop + end.length;
    return text;
  }
}
