import { compareStrings } from '../json/compare.ts';
import { isObject, type Json, type JsonObject } from '../json/json.ts';

/**
 * The canonical YAML of a value (docs/formats.md, "Canonical YAML"): equal values have equal bytes.
 *
 * Block style, two spaces, `\n`, keys sorted by UTF-16 code unit but for `apiVersion`, `kind` and `metadata`,
 * which come first at the root. A string is plain only where YAML 1.1 and 1.2 both read it as that string
 * (controllers still read 1.1: `on`, `0755`, `1:20`), a literal block where it has lines, else double quoted.
 * Any change of what this writes is a new version of the renderer.
 */
export function writeYaml(value: Json): string {
  return `${block(value, '', rootOrder)}\n`.replace(/^\n/, '');
}

const first = ['apiVersion', 'kind', 'metadata'];

type Order = (a: string, b: string) => number;

const rootOrder: Order = (a, b) => {
  const left = first.indexOf(a);
  const right = first.indexOf(b);
  if (left < 0 && right < 0) return compareStrings(a, b);
  return (left < 0 ? first.length : left) - (right < 0 ? first.length : right);
};

/** A node after its key or dash: with a leading newline when it goes on below, with a space when beside. */
function block(value: Json, indent: string, order: Order): string {
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    return items.length === 0 ? ' []' : items.map((item) => `\n${indent}-${listItem(item, indent)}`).join('');
  }
  if (isObject(value)) return mapBlock(value, indent, order);
  return ` ${scalar(value as null | boolean | number | string, indent)}`;
}

function mapBlock(value: JsonObject, indent: string, order: Order): string {
  const keys = Object.keys(value).sort(order);
  if (keys.length === 0) return ' {}';
  return keys.map((key) => `\n${indent}${inline(key)}:${child(value[key] ?? null, indent)}`).join('');
}

function child(value: Json, indent: string): string {
  return block(value, `${indent}  `, compareStrings);
}

/** The first line of a collection stands beside the dash. */
function listItem(value: Json, indent: string): string {
  const text = child(value, indent);
  return text.startsWith('\n') ? ` ${text.trimStart()}` : text;
}

function scalar(value: null | boolean | number | string, indent: string): string {
  if (typeof value !== 'string') return Object.is(value, -0) ? '0' : JSON.stringify(value);
  return literal(value, indent) ?? inline(value);
}

/** A literal block, where every reader of YAML gives back exactly the same text. */
function literal(text: string, indent: string): string | undefined {
  if (!text.includes('\n') || /[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/u.test(text)) return undefined;
  const body = text.replace(/\n+$/, '');
  const newlines = text.length - body.length;
  if (body === '' || /^[ \n]/.test(body) || /[ ]$/m.test(body)) return undefined;
  const chomp = newlines === 0 ? '-' : newlines === 1 ? '' : '+';
  const inner = indent === '' ? '  ' : indent;
  const lines = body.split('\n').map((line) => (line === '' ? '' : `${inner}${line}`));
  return `|${chomp}\n${lines.join('\n')}${'\n'.repeat(Math.max(0, newlines - 1))}`;
}

/** Safe first and inner characters of a plain scalar, without the indicators of flow style. */
const plain = /^[A-Za-z0-9_./][A-Za-z0-9_./@%+=~ :-]*$/;
/** What some reader of YAML 1.1 or 1.2 takes for another type. */
const ambiguous =
  /^(~|null|true|false|yes|no|on|off|y|n|\.inf|\.nan|<<|=)$|^[-+.]?[0-9][0-9_,.:eExXoObBa-fA-F+-]*([TtZz :.0-9+-]*)$|^\.[0-9]/i;

function inline(text: string): string {
  const unsafe =
    text === '' || !plain.test(text) || ambiguous.test(text) || /: |:$| #| $/.test(text) || /^(---|\.\.\.)/.test(text);
  return unsafe ? quoted(text) : text;
}

/** JSON strings are YAML double-quoted strings, but for a few characters that YAML does not print. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A scalar on one line, for a place inside a text that is YAML already. */
export function writeInline(value: null | boolean | number | string): string {
  return typeof value === 'string' ? inline(value) : JSON.stringify(value);
}
