import {
  type Document,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  stringify,
  type YAMLMap,
} from 'yaml';
import type { Json } from '../json/json.ts';

/**
 * Adds a value to the text of a document by new lines among the old ones, in the style of those around; no other byte
 * changes. Whoever calls it compares what the result says: `undefined`, or a text that says something else, means that
 * the document is written in a way that this does not know.
 *
 * @param path keys from the root; those that are missing become block maps
 */
export function spliceYaml(text: string, document: Document, path: readonly string[], value: Json): string | undefined {
  let map: unknown = document.contents;
  for (const [index, key] of path.entries()) {
    if (!isMap(map) || map.anchor !== undefined || map.tag !== undefined) return undefined;
    const pair: Pair | undefined = map.items.find((item) => isScalar(item.key) && item.key.value === key);
    const inner = path.slice(index + 1).reduceRight<Json>((nested, name) => ({ [name]: nested }), value);
    if (pair === undefined) return append(text, map, { [key]: inner });
    if (isEmpty(pair.value)) return fill(text, map, pair, inner);
    map = pair.value;
  }
  return undefined;
}

function isEmpty(value: unknown): value is Node {
  if (!isNode(value) || ('anchor' in value && value.anchor !== undefined)) return false;
  return (isScalar(value) && value.value === null) || (isMap(value) && value.items.length === 0);
}

function append(text: string, map: YAMLMap, added: Json): string | undefined {
  const [first, last] = [map.items[0], map.items.at(-1)];
  const end = last && endOf(last);
  if (first === undefined || end === undefined || !isNode(first.key)) return undefined;
  if (map.flow === true) return replace(text, end, end, `, ${flow(added).replace(/^\{ ?| ?\}$/g, '')}`);
  const start = first.key.range?.[0];
  return start === undefined ? undefined : addLines(text, end, block(text, added, start - lineStart(text, start)));
}

/** Gives a key that has nothing yet a map. */
function fill(text: string, map: YAMLMap, pair: Pair, added: Json): string | undefined {
  const [start, end] = (isNode(pair.value) && pair.value.range) || [];
  const key = isNode(pair.key) ? pair.key.range?.[0] : undefined;
  if (start === undefined || end === undefined || key === undefined) return undefined;
  if (map.flow === true) return replace(text, start, end, start === end ? ` ${flow(added)}` : flow(added));
  const lines = block(text, added, key - lineStart(text, key) + indentOf(text));
  const keyEnd = isNode(pair.key) ? pair.key.range?.[1] : undefined;
  // Nothing is written there: what stands behind the key is a comment at most.
  if (start === end) return keyEnd === undefined ? undefined : addLines(text, keyEnd, lines);
  const before = text.slice(0, start).replace(/[ \t]+$/, '');
  return addLines(before + text.slice(end), before.length, lines);
}

/** Where the last value of a pair ends, without comments behind it. */
function endOf(pair: Pair): number | undefined {
  const { value, key } = pair;
  if (isNode(value) && 'items' in value && value.flow !== true && value.items.length > 0) {
    const last: unknown = value.items.at(-1);
    if (isMap(value) && isPair(last)) return endOf(last);
    if (isSeq(value) && isMap(last) && last.flow !== true) {
      const inner = last.items.at(-1);
      return inner && endOf(inner);
    }
    return isNode(last) ? last.range?.[1] : undefined;
  }
  return (isNode(value) ? value.range?.[1] : undefined) ?? (isNode(key) ? key.range?.[1] : undefined);
}

/** New lines below the line in which `position` is, or right there when it is at the start of one. */
function addLines(text: string, position: number, lines: readonly string[]): string {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  if (text[position - 1] === '\n')
    return replace(text, position, position, lines.map((line) => line + newline).join(''));
  const end = text.indexOf('\n', position);
  if (end < 0) return `${text}${lines.map((line) => newline + line).join('')}`;
  return replace(text, end + 1, end + 1, lines.map((line) => line + newline).join(''));
}

function block(text: string, added: Json, column: number): readonly string[] {
  const options = {
    lineWidth: 0,
    indent: indentOf(text),
    indentSeq: !hasSequencesAtKey(text),
    version: '1.2' as const,
  };
  const lines = stringify(added, options).replace(/\n$/, '').split('\n');
  return lines.map((line) => (line === '' ? '' : ' '.repeat(column) + line));
}

function flow(added: Json): string {
  return stringify(added, { collectionStyle: 'flow', lineWidth: 0, version: '1.2' }).trim();
}

/** By how much the file indents: by what its first indented key has. */
function indentOf(text: string): number {
  const [, spaces = '  '] =
    /^[^\s#][^\n]*:[ \t]*(?:#[^\n]*)?\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*( {1,8})[^\s#-]/m.exec(text) ?? [];
  return spaces.length;
}

/** Whether items of sequences stand below their key without being indented. */
export function hasSequencesAtKey(text: string): boolean {
  return /^( *)[^\s#][^\n]*:[ ]*\r?\n\1- /m.test(text);
}

function lineStart(text: string, position: number): number {
  return text.lastIndexOf('\n', position - 1) + 1;
}

function replace(text: string, start: number, end: number, by: string): string {
  return text.slice(0, start) + by + text.slice(end);
}
