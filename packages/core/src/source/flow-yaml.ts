import { floatCoreTag, intCoreTag, NOT_RESOLVED } from 'js-yaml';
import type { Json } from '../json/json.ts';
import { isKeyStart, isNumberStart, isSpaceOrEnd, isTextStart, keyEnd } from './yaml-characters.ts';

/** This is not the simple YAML that the quick way is certain of. */
export class NotPlainEnough extends Error {
  // A stack costs more than the file.
  static {
    Object.defineProperty(NotPlainEnough.prototype, 'name', { value: 'NotPlainEnough' });
  }
}

const maxFlowDepth = 20;
const maxKey = 200;
const space = 0x20;
const quote = 0x22;
const apostrophe = 0x27;
const comma = 0x2c;
const dot = 0x2e;
const colon = 0x3a;
const bracket = 0x5b;
const closingBracket = 0x5d;
const brace = 0x7b;
const closingBrace = 0x7d;

/** The only words of the core schema that are not text (YAML 1.2.2, section 10.3.2). */
const words = new Map<string, Json>([
  ['null', null],
  ['Null', null],
  ['NULL', null],
  ['~', null],
  ['true', true],
  ['True', true],
  ['TRUE', true],
  ['false', false],
  ['False', false],
  ['FALSE', false],
]);
const longestWord = 5;
const smallInteger = /^-?[0-9]{1,15}$/;
const inherited: object = {};

/** Keys that were right once: nearly all are the same few hundred. */
const simpleKeys = new Map<string, string>();
const mostKeys = 5000;

/** The very string that was first read of a key: the engine knows it, and finds it in an object without looking at its characters. */
function simpleKey(key: string): string {
  const known = simpleKeys.get(key);
  if (known !== undefined) return known;
  if (key in inherited) throw new NotPlainEnough();
  if (key.length <= longestWord && words.has(key)) throw new NotPlainEnough();
  // `.npmrc` is a word; `.5`, `.inf` and a lone dot are looked at by js-yaml.
  if (key.charCodeAt(0) === dot && !/^\.[a-zA-Z]{5}/.test(key)) throw new NotPlainEnough();
  if (simpleKeys.size < mostKeys) simpleKeys.set(key, key);
  return key;
}

/** Reads keys, scalars and flow collections that stand on one line; leaves `at` behind what it read. */
export class FlowReader {
  protected readonly text: string;
  protected at = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** A simple key and its colon. What JavaScript objects know already, and what is there twice, is left to js-yaml. */
  protected key(map: Readonly<Record<string, Json>>): string {
    const { text, at } = this;
    if (!isKeyStart(text.charCodeAt(at))) throw new NotPlainEnough();
    const end = keyEnd(text, at);
    if (text.charCodeAt(end) !== colon || end - at > maxKey) throw new NotPlainEnough();
    if (!isSpaceOrEnd(text.charCodeAt(end + 1))) throw new NotPlainEnough();
    const key = simpleKey(text.slice(at, end));
    if (map[key] !== undefined) throw new NotPlainEnough();
    this.at = end + 1;
    return key;
  }

  /** A quoted scalar without escapes. */
  protected quoted(): string {
    const { text, at } = this;
    const mark = text.charCodeAt(at) === quote ? '"' : "'";
    const end = text.indexOf(mark, at + 1);
    if (end < 0) throw new NotPlainEnough();
    const value = text.slice(at + 1, end);
    if (value.includes('\n')) throw new NotPlainEnough();
    if (mark === '"' ? value.includes('\\') : text.charCodeAt(end + 1) === apostrophe) throw new NotPlainEnough();
    this.at = end + 1;
    return value;
  }

  protected plain(start: number, end: number): Json {
    const first = this.text.charCodeAt(start);
    const value = this.text.slice(start, end);
    if (isTextStart(first)) {
      if (value.length > longestWord) return value;
      const word = words.get(value);
      return word === undefined ? value : word;
    }
    if (!isNumberStart(first) || value === '-') throw new NotPlainEnough();
    if (first === 0x2d && value.charCodeAt(1) === space) throw new NotPlainEnough();
    if (smallInteger.test(value)) return Number(value);
    return number(value);
  }

  /** A flow list or map on one line. */
  protected flow(depth: number): Json {
    if (depth > maxFlowDepth) throw new NotPlainEnough();
    return this.text.charCodeAt(this.at) === bracket ? this.flowList(depth) : this.flowMap(depth);
  }

  private flowList(depth: number): Json {
    const items: Json[] = [];
    this.at += 1;
    this.skipSpaces();
    if (this.closes(closingBracket)) return items;
    do items.push(this.flowValue(depth));
    while (this.continues(closingBracket));
    return items;
  }

  private flowMap(depth: number): Json {
    const map: Record<string, Json> = {};
    this.at += 1;
    this.skipSpaces();
    if (this.closes(closingBrace)) return map;
    do {
      const key = this.key(map);
      this.skipSpaces();
      map[key] = this.flowValue(depth);
    } while (this.continues(closingBrace));
    return map;
  }

  private skipSpaces(): void {
    while (this.text.charCodeAt(this.at) === space) this.at += 1;
  }

  private closes(end: number): boolean {
    if (this.text.charCodeAt(this.at) !== end) return false;
    this.at += 1;
    return true;
  }

  /** Behind a value: a comma and another one, or the end. */
  private continues(end: number): boolean {
    this.skipSpaces();
    if (this.closes(end)) return false;
    if (!this.closes(comma)) throw new NotPlainEnough();
    this.skipSpaces();
    return true;
  }

  private flowValue(depth: number): Json {
    const code = this.text.charCodeAt(this.at);
    if (code === quote || code === apostrophe) return this.quoted();
    if (code === bracket || code === brace) return this.flow(depth + 1);
    return this.flowPlain();
  }

  /** `:` `#` and the brackets are part of a flow scalar in some places only: there js-yaml knows best. */
  private flowPlain(): Json {
    const { text, at: start } = this;
    let at = start;
    let code = text.charCodeAt(at);
    while (code !== comma && code !== closingBracket && code !== closingBrace) {
      if (code === bracket || code === brace || code === 0x23 || code === 0x0a || at >= text.length)
        throw new NotPlainEnough();
      if (code === colon) {
        const next = text.charCodeAt(at + 1);
        if (isSpaceOrEnd(next) || isFlowIndicator(next)) throw new NotPlainEnough();
      }
      at += 1;
      code = text.charCodeAt(at);
    }
    let end = at;
    while (text.charCodeAt(end - 1) === space) end -= 1;
    if (end <= start) throw new NotPlainEnough();
    const value = this.plain(start, end);
    this.at = end;
    return value;
  }
}

function isFlowIndicator(code: number): boolean {
  return code === comma || code === bracket || code === closingBracket || code === brace || code === closingBrace;
}

/** By js-yaml's own resolvers; what is no number is text. */
function number(text: string): Json {
  for (const tag of [intCoreTag, floatCoreTag]) {
    const value: unknown = tag.resolve(text, false, '');
    if (value === NOT_RESOLVED) continue;
    if (typeof value !== 'number' || !Number.isFinite(value)) throw new NotPlainEnough();
    return value;
  }
  return text;
}
