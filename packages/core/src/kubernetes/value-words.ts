import { quote } from '../finding/did-you-mean.ts';
import { isList, isMap, type Traced } from '../provenance/traced.ts';
import type { CheckRun } from './check-run.ts';

/** What a value is, in words. */
function kindOf(node: Traced): string {
  if (isMap(node)) return 'a map';
  if (isList(node)) return 'a list';
  const { content } = node;
  if (content === null) return 'nothing';
  if (typeof content === 'string') return 'text';
  return typeof content === 'number' ? `the number ${content}` : String(content);
}

/** A value inside of a message. */
export function shown(node: Traced): string {
  const { content } = node;
  if (typeof content === 'string') return quote(content);
  return content === null || typeof content === 'number' || typeof content === 'boolean'
    ? String(content)
    : kindOf(node);
}

/** Reports that a value is of another type than `wanted`, which is said with its article. */
export function wrongType(run: CheckRun, node: Traced, wanted: string): void {
  run.report('wrong-type', node, `has to be ${wanted}, not ${kindOf(node)}`, hintFor(node, wanted));
}

function hintFor({ content }: Traced, wanted: string): string {
  if (wanted === 'text') {
    return typeof content === 'number' || typeof content === 'boolean'
      ? `write "${content}" in quotes`
      : 'write text here';
  }
  const isNumber = typeof content === 'string' && content.trim() !== '' && Number.isFinite(Number(content));
  if (wanted === 'an integer' && isNumber) return `write ${content.trim()} without quotes`;
  if (wanted === 'a number' && isNumber) return `write ${content.trim()} without quotes`;
  if (wanted === 'true or false' && (content === 'true' || content === 'false'))
    return `write ${content} without quotes`;
  if (wanted === 'a list') return 'begin each item on a line of its own with `- `';
  return `write ${wanted} here`;
}
