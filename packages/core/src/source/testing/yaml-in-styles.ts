import fc from 'fast-check';
import type { Json, JsonObject } from '../../json/json.ts';

/** A value and one of the many ways to write it as YAML. */
export interface StyledYaml {
  readonly value: Json;
  readonly text: string;
}

const words = ['a', 'null', '~', 'true', 'yes', '1.0', '0755', '1e3', 'a/b', 'a~b', '__proto__', 'constructor', '<<'];
const odd = ['', ' ', ' a', 'a ', 'a\nb', 'a\n\nb\n', '\n', '\ta', 'é', '😀', '# c', 'a: b', '- a', '*a', '&a', '!a'];
const moreOdd = [
  "it's",
  '"q"',
  'a\\b',
  '%a',
  '@a',
  '`a',
  '{a}',
  '[a]',
  ',',
  '?',
  ':',
  '-',
  '---',
  '...',
  '|',
  '\u2028',
];

const text = fc.oneof(
  fc.constantFrom(...words, ...odd, ...moreOdd),
  fc.string({ maxLength: 8, unit: 'grapheme' }),
  fc.array(fc.constantFrom('word', 'and', 'more', '${x.y}'), { maxLength: 5 }).map((parts) => parts.join(' ')),
);

const value: fc.Arbitrary<Json> = fc.letrec<{ readonly value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    text,
    fc.constantFrom<Json>(null, true, false, 0, -1, 42, 1.5, 1e21, 1e-7, -12.25, 9007199254740991),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(text, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

/** Values that are there more than once: what aliases are for. */
const repeated: fc.Arbitrary<Json> = fc
  .tuple(value, value, value)
  .map(([a, b, c]) => ({ first: a, list: [b, a, [c]], again: { a: b, b: [c], a2: [a] }, last: c }));

/** One document of any value in any style. */
export function styledDocument(): fc.Arbitrary<StyledYaml> {
  return fc
    .tuple(fc.oneof(value, repeated), fc.array(fc.nat({ max: 999 }), { minLength: 80, maxLength: 80 }), fc.boolean())
    .map(([json, choices, crlf]) => {
      const written = new Writer(choices).document(json);
      return { value: json, text: crlf ? written.replaceAll('\n', '\r\n') : written };
    });
}

/** Some documents one after the other, with markers between them. */
export function styledStream(): fc.Arbitrary<{ readonly values: readonly Json[]; readonly text: string }> {
  const between = fc.constantFrom('---\n', '...\n---\n', '--- # next\n', '\n---\n\n');
  return fc.array(fc.tuple(styledDocument(), between), { minLength: 1, maxLength: 3 }).map((documents) => ({
    values: documents.map(([document]) => document.value),
    text: documents.map(([document, marker], index) => `${index === 0 ? '' : marker}${document.text}`).join(''),
  }));
}

/** Writes a value, taking a choice from the list wherever YAML leaves one. */
class Writer {
  private readonly choices: readonly number[];
  private taken = 0;
  private readonly anchors = new Map<string, string>();

  constructor(choices: readonly number[]) {
    this.choices = choices;
  }

  document(json: Json): string {
    const head = this.pick(['', '', '# a comment: with & * signs\n', '\n']);
    return `${head}${this.block(json, 0).replace(/^[ \n]/, '')}\n`;
  }

  private pick<T>(options: readonly [T, ...T[]]): T {
    const choice = this.choices[this.taken % this.choices.length] ?? 0;
    this.taken += 1;
    return options[choice % options.length] ?? options[0];
  }

  /** What stands after `key:` or `-`: beside it (after a space) or below it (after a newline). */
  private block(json: Json, indent: number): string {
    const { alias, anchor } = this.anchoring(json);
    if (alias !== undefined) return ` ${alias}`;
    const comment = this.pick(['', '', '', ' # comment']);
    if (typeof json !== 'object' || json === null) return ` ${anchor}${this.blockScalar(json, indent, comment)}`;
    const size = Array.isArray(json) ? json.length : Object.keys(json).length;
    const inFlow = size === 0 || this.pick([false, false, true]);
    if (inFlow) return ` ${anchor}${this.collection(json, indent + 1)}${comment}`;
    const head = anchor === '' ? comment : ` ${anchor}${comment}`;
    const below = ' '.repeat(indent);
    if (Array.isArray(json)) return `${head}${json.map((item) => `\n${below}-${this.item(item, indent)}`).join('')}`;
    return `${head}${Object.entries(json)
      .map(([key, child]) => `\n${below}${this.entry(key, child, indent)}`)
      .join('')}`;
  }

  private entry(key: string, child: Json, indent: number): string {
    const step = indent + this.pick([2, 1, 3]);
    const explicit = this.pick([false, false, false, true]);
    const name = this.key(key);
    if (explicit) return `? ${name}\n${' '.repeat(indent)}:${this.block(child, step)}`;
    return `${name}${this.pick(['', '', ' '])}:${this.block(child, step)}`;
  }

  private item(json: Json, indent: number): string {
    const step = indent + this.pick([2, 2, 3]);
    const written = this.block(json, step);
    // `- a: 1`: the first entry may stand beside the dash when it is at the same column as those below.
    const compact = written.startsWith(`\n${' '.repeat(step)}`) && this.pick([true, false]);
    return compact ? `${' '.repeat(step - indent - 1)}${written.slice(1 + step)}` : written;
  }

  private flow(json: Json, indent: number): string {
    const { alias, anchor } = this.anchoring(json);
    if (alias !== undefined) return `${alias} `;
    if (typeof json !== 'object' || json === null) return `${anchor}${this.inline(json, true)}`;
    return `${anchor}${this.collection(json, indent)}`;
  }

  private collection(json: readonly Json[] | JsonObject, indent: number): string {
    const gap = this.pick(['', ' ', `\n${' '.repeat(indent)}`, ` # in flow\n${' '.repeat(indent)}`]);
    if (Array.isArray(json)) {
      return `[${gap}${json.map((item) => this.flow(item, indent)).join(`,${gap || ' '}`)}${gap}]`;
    }
    const entries = Object.entries(json).map(([key, child]) => `${this.key(key)}: ${this.flow(child, indent)}`);
    return `{${gap}${entries.join(`,${gap || ' '}`)}${gap}}`;
  }

  private key(key: string): string {
    const plain = this.plainKeys(key);
    const styles: [string, ...string[]] = [this.double(key), ...plain, ...plain, ...this.single(key)];
    return this.pick(styles);
  }

  private plainKeys(key: string): readonly string[] {
    if (key === 'null') return ['null', '~'];
    if (key === 'true') return ['true', 'True'];
    if (key === '1') return ['1', '1.0', '0x1'];
    return isPlain(key) ? [key] : [];
  }

  private blockScalar(json: null | boolean | number | string, indent: number, comment: string): string {
    if (typeof json === 'string' && json.includes('\n') && this.pick([true, true, false])) {
      const literal = this.literal(json, Math.max(indent, 1));
      if (literal !== undefined) return literal;
    }
    return `${this.inline(json, false)}${comment}`;
  }

  /** `|`, with an indentation indicator where the text starts with spaces. */
  private literal(text: string, indent: number): string | undefined {
    if (/[^\n\x20-\x7e\u00a0-\u2027]/.test(text) || indent > 9) return undefined;
    const body = text.replace(/\n$/, '');
    if (body.endsWith('\n') || body === '') return undefined;
    const inner = ' '.repeat(indent);
    const lines = body.split('\n').map((line) => (line === '' ? '' : `${inner}${line}`));
    if (/^[ \n]/.test(body)) return undefined;
    return `|${text.endsWith('\n') ? '' : '-'}\n${lines.join('\n')}`;
  }

  private inline(json: null | boolean | number | string, inFlow: boolean): string {
    if (json === null) return this.pick(['null', '~', 'Null']);
    if (typeof json === 'boolean') return this.pick([String(json), String(json).toUpperCase()]);
    if (typeof json === 'number') return this.number(json);
    const plain = isPlain(json) && !(inFlow && /[,[\]{}]/.test(json)) ? [json, json] : [];
    const tagged = this.pick([false, false, false, true]) ? [`!!str ${this.double(json)}`] : [];
    return this.pick([this.double(json), ...plain, ...this.single(json), ...tagged]);
  }

  private number(json: number): string {
    const whole = Number.isInteger(json) && json >= 0 && json < 1e6;
    return this.pick([String(json), ...(whole ? [`0x${json.toString(16)}`, `+${json}`, `${json}.0`] : [])]);
  }

  private double(text: string): string {
    const json = JSON.stringify(text).replace(/[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g, (c) => {
      return `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`;
    });
    return this.pick([json, json.replaceAll('a', '\\x61'), json.replaceAll('é', '\\u00e9')]);
  }

  private single(text: string): readonly string[] {
    return /^[\x20-\x7e\u00a0-\u2027]*$/.test(text) ? [`'${text.replaceAll("'", "''")}'`] : [];
  }

  /** The second time that a value is there it may be an alias of the first. */
  private anchoring(json: Json): { readonly alias?: string; readonly anchor: string } {
    const known = JSON.stringify(json);
    const name = this.anchors.get(known);
    if (name !== undefined && this.pick([true, false])) return { alias: `*${name}`, anchor: '' };
    if (!this.pick([false, false, true])) return { anchor: '' };
    // The same name twice: an alias means the nearest before it.
    const fresh = this.pick([`a${this.anchors.size}`, 'again']);
    for (const [other, used] of this.anchors) if (used === fresh) this.anchors.delete(other);
    this.anchors.set(known, fresh);
    return { anchor: `&${fresh} ` };
  }
}

/** What every YAML 1.2 reader takes for a string without quotes, wherever it stands. */
function isPlain(text: string): boolean {
  return (
    /^[A-Za-z_/][A-Za-z0-9_/~.-]*( [A-Za-z0-9${}.]+)*$/.test(text) &&
    !/^(null|true|false|~)$/i.test(text) &&
    !/[{}]/.test(text)
  );
}
