import { compareStrings } from '../json/compare.ts';
import { isObject, type Json, type JsonObject } from '../json/json.ts';

/**
 * The canonical YAML of a value (docs/decisions.md, "Canonical YAML"): equal values have equal bytes.
 *
 * Block style, two spaces, `\n`, keys sorted by UTF-16 code unit but for `apiVersion`, `kind` and `metadata`,
 * which come first at the root. A string is plain only where YAML 1.1 and 1.2 both read it as that string
 * (controllers still read 1.1: `on`, `0755`, `1:20`), a literal block where it has lines, else double quoted.
 * Any change of what this writes is a new version of the renderer.
 */
export function writeYaml(value: Json): string {
  return `${block(value, '', rootOrder).replace(/^[ \n]/, '')}\n`;
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
  return keys.map((key) => `\n${indent}${mapKey(key, indent)}:${child(value[key] ?? null, indent)}`).join('');
}

/** A key of more than 1,024 characters must say that it is one (YAML 1.2.2, section 8.2.2). */
function mapKey(key: string, indent: string): string {
  const text = inline(key);
  return text.length > 1000 ? `? ${text}\n${indent}` : text;
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
  if (typeof value !== 'string') return notText(value);
  return literal(value, indent) ?? inline(value);
}

/** `1e+21` is a text to YAML 1.1, which wants a point in every float (yaml.org/type/float.html). */
function notText(value: null | boolean | number): string {
  return Object.is(value, -0) ? '0' : JSON.stringify(value).replace(/^(-?\d+)e/, '$1.0e');
}

/** A literal block, where every reader of YAML gives back exactly the same text. */
function literal(text: string, indent: string): string | undefined {
  if (!text.includes('\n') || /[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/u.test(text))
    return undefined;
  let newlines = 0;
  while (text[text.length - 1 - newlines] === '\n') newlines += 1;
  const body = text.slice(0, text.length - newlines);
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
  /^(~|null|true|false|yes|no|on|off|y|n|\.inf|\.nan|<<|=)$|^[-+.]?[0-9][0-9_,.:eExXoObBa-fA-F+-]*([TtZz ][TtZz :.0-9+-]*)?$|^\.[0-9_.]*(e[-+]?[0-9]+)?$|^e[-+]?[0-9]+$/i;

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
  return typeof value === 'string' ? inline(value) : notText(value);
}
