import type { Json } from '../json/json.ts';
import { FlowReader, NotPlainEnough } from './flow-yaml.ts';
import { isKeyStart, isSpaceOrEnd, keyEnd } from './yaml-characters.ts';

/** Longer texts could hold more values than are allowed; `parseYaml` counts these. */
const maxLength = 150_000;
const maxDocuments = 1000;
const maxDepth = 50;
/** Tabs, carriage returns, control characters, line breaks of Unicode and what comes in pairs are left to js-yaml. */
const unusual = /[^\n\x20-\x7e\xa1-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\ud7ff]/;

const newline = 0x0a;
const space = 0x20;
const quote = 0x22;
const hash = 0x23;
const apostrophe = 0x27;
const dash = 0x2d;
const dot = 0x2e;
const colon = 0x3a;
const bracket = 0x5b;
const brace = 0x7b;

/**
 * Parses the YAML that nearly all descriptors are written in: block maps and lists of one-line scalars and one-line flow
 * collections, with comments. It is several times quicker than js-yaml, which remains the one parser: whatever is not
 * certain to be of this form, or is wrong in any way, is left to it, and whatever is of this form has the same values
 * (docs/decisions.md, "A quick way through simple YAML"; the law is in `block-yaml.spec.ts`).
 *
 * @returns `undefined` when js-yaml has to say what this is
 */
export function parseBlockYaml(text: string): readonly Json[] | undefined {
  if (text.length > maxLength || hasUnusualCharacters(text)) return undefined;
  return plainEnough(() => new BlockReader(text).documents());
}

/** Characters that are left to js-yaml. */
export function hasUnusualCharacters(text: string): boolean {
  return unusual.test(text);
}

/** What a quick reader reads, or `undefined` where it is not certain. */
export function plainEnough<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof NotPlainEnough) return undefined;
    throw error;
  }
}

/** Reads a text line by line; between two values it stands at the first character of a line that has content. */
export class BlockReader extends FlowReader {
  /** The column at which the current line's content begins; -1 at the end of a document. */
  private indent = -1;
  private depth = 0;

  documents(most = maxDocuments): readonly Json[] {
    const documents: Json[] = [];
    this.at = 0;
    this.toContent();
    while (this.at < this.text.length) {
      if (this.indent < 0) {
        if (this.text.charCodeAt(this.at) === dot) throw new NotPlainEnough();
        this.at += 3;
        this.endLine();
      }
      // An empty document is `null` or none at all, by rules of its own.
      if (this.indent !== 0) throw new NotPlainEnough();
      documents.push(this.block(0));
      if (this.indent >= 0 || documents.length > most) throw new NotPlainEnough();
    }
    if (documents.length === 0) throw new NotPlainEnough();
    return documents;
  }

  /** From the beginning of a line to the next content. */
  private toContent(): void {
    const { text } = this;
    const end = text.length;
    let at = this.at;
    while (at < end) {
      const start = at;
      while (text.charCodeAt(at) === space) at += 1;
      const first = text.charCodeAt(at);
      if (first === newline) {
        at += 1;
        continue;
      }
      if (first === hash) {
        at = text.indexOf('\n', at);
        if (at < 0) break;
        at += 1;
        continue;
      }
      if (at >= end) break;
      this.at = at;
      this.indent = at - start;
      if (this.indent === 0 && (first === dash || first === dot) && this.isMarker(at)) this.indent = -1;
      return;
    }
    this.at = end;
    this.indent = -1;
  }

  /** `---` or `...` */
  private isMarker(at: number): boolean {
    const { text } = this;
    const first = text.charCodeAt(at);
    return (
      text.charCodeAt(at + 1) === first && text.charCodeAt(at + 2) === first && isSpaceOrEnd(text.charCodeAt(at + 3))
    );
  }

  /** Nothing but a comment may stand on the rest of this line; goes on to the next content. */
  private endLine(): void {
    const { text } = this;
    let at = this.at;
    while (text.charCodeAt(at) === space) at += 1;
    const code = text.charCodeAt(at);
    if (code === hash && at > this.at) {
      at = text.indexOf('\n', at);
      if (at < 0) at = text.length;
    } else if (code !== newline && at < text.length) throw new NotPlainEnough();
    this.at = at + 1;
    this.toContent();
  }

  /** The map or the list that begins at the current content. */
  private block(indent: number): Json {
    this.depth += 1;
    if (this.depth > maxDepth) throw new NotPlainEnough();
    const value = this.startsItem() ? this.list(indent) : this.map(indent);
    this.depth -= 1;
    if (this.indent >= indent) throw new NotPlainEnough();
    return value;
  }

  private startsItem(): boolean {
    return this.text.charCodeAt(this.at) === dash && isSpaceOrEnd(this.text.charCodeAt(this.at + 1));
  }

  private map(indent: number): Json {
    const map: Record<string, Json> = {};
    do {
      const key = this.key(map);
      map[key] = this.value(indent, true);
    } while (this.indent === indent);
    return map;
  }

  private list(indent: number): Json {
    const items: Json[] = [];
    do {
      this.at += 1;
      items.push(this.item(indent));
      if (this.indent > indent) throw new NotPlainEnough();
    } while (this.indent === indent && this.startsItem());
    return items;
  }

  /** What stands behind the dash of an item: a map may begin on the same line. */
  private item(indent: number): Json {
    const { text } = this;
    let at = this.at;
    while (text.charCodeAt(at) === space) at += 1;
    const code = text.charCodeAt(at);
    if (isKeyStart(code)) {
      const end = keyEnd(text, at);
      if (text.charCodeAt(end) === colon && isSpaceOrEnd(text.charCodeAt(end + 1))) {
        const column = at - (this.at - 1) + indent;
        this.at = at;
        this.indent = column;
        this.depth += 1;
        if (this.depth > maxDepth) throw new NotPlainEnough();
        const map = this.map(column);
        this.depth -= 1;
        return map;
      }
    }
    return this.value(indent, false);
  }

  /** The value behind `key:` or `-`. A list in a map may stand as far left as its key. */
  private value(indent: number, inMap: boolean): Json {
    const { text } = this;
    let at = this.at;
    while (text.charCodeAt(at) === space) at += 1;
    const code = text.charCodeAt(at);
    if (code === newline || code === hash || at >= text.length) {
      this.endLine();
      if (this.indent > indent) return this.block(this.indent);
      return inMap && this.indent === indent && this.startsItem() ? this.list(indent) : null;
    }
    this.at = at;
    let value: Json;
    if (code === quote || code === apostrophe) value = this.quoted();
    else if (code === bracket || code === brace) value = this.flow(0);
    else return this.plainLine();
    this.endLine();
    return value;
  }

  /** A plain scalar that ends with its line. */
  private plainLine(): Json {
    const { text } = this;
    const start = this.at;
    let at = start;
    let code = text.charCodeAt(at);
    let before = space;
    while (code !== newline && at < text.length) {
      if (code === colon && isSpaceOrEnd(text.charCodeAt(at + 1))) throw new NotPlainEnough();
      if (code === hash && before === space) break;
      before = code;
      at += 1;
      code = text.charCodeAt(at);
    }
    let end = at;
    while (text.charCodeAt(end - 1) === space) end -= 1;
    const value = this.plain(start, end);
    this.at = end;
    this.endLine();
    return value;
  }
}
