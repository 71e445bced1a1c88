import { canonicalJson } from '../json/canonical-json.ts';
import { type JsonObject, property } from '../json/json.ts';
import { child, isList, type Traced, toJson } from '../provenance/traced.ts';
import type { Check, Compiler } from './check.ts';
import type { CheckRun } from './check-run.ts';
import { numberIn, strings } from './keywords.ts';
import { shown, wrongType } from './value-words.ts';

/** A list: its items, how many, and that none is there twice where Kubernetes merges the list by keys of its items. */
export function listCheck(schema: JsonObject, compiler: Compiler): Check {
  const item = compiler.compile(property(schema, 'items'));
  const minimum = numberIn(schema, 'minItems', 0);
  const maximum = numberIn(schema, 'maxItems', Number.POSITIVE_INFINITY);
  const unique = uniqueness(schema);
  const typed = property(schema, 'type') === 'array';
  return (node, run) => {
    if (!isList(node)) {
      if (typed) wrongType(run, node, 'a list');
      return;
    }
    const { length } = node.content;
    for (let index = 0; index < length; index += 1) {
      const value = node.content[index];
      if (value === undefined) continue;
      run.path.push(index);
      item(value, run);
      run.path.pop();
    }
    if (length < minimum) run.report('wrong-value', node, `has ${length} items, at least ${minimum} are needed`);
    if (length > maximum) run.report('wrong-value', node, `has ${length} items, at most ${maximum} are possible`);
    if (length > 1) unique?.(node.content, run);
  };
}

type ItemsCheck = (items: readonly Traced[], run: CheckRun) => void;

/**
 * Lists of the types `map` and `set` (structured-merge-diff): server-side apply, by which Flux and Argo CD write, refuses an
 * item that is there twice, whatever the API server's own validation thinks of it.
 */
function uniqueness(schema: JsonObject): ItemsCheck | undefined {
  const type = property(schema, 'x-kubernetes-list-type');
  if (type === 'set' || property(schema, 'uniqueItems') === true)
    return (items, run) => reportTwice(items, run, { textOf: plainText, wordsOf: shown });
  const keys = strings(property(schema, 'x-kubernetes-list-map-keys'));
  if (type !== 'map' || keys.length === 0) return undefined;
  const identity: Identity = {
    textOf: (item) => keys.map((key) => keyText(item, key)).join(' '),
    wordsOf: (item) => keys.map((key) => keyWords(item, key)).join(' and '),
  };
  return (items, run) => reportTwice(items, run, identity);
}

/** What an item is known by. Words are for people: they are made only when there is something to say. */
interface Identity {
  /** The same for two of the same. */
  textOf(item: Traced): string;
  wordsOf(item: Traced): string;
}

/** The only key of a list in Kubernetes' API that has a default is `protocol` (core/v1, ContainerPort and ServicePort). */
function keyText(item: Traced, key: string): string {
  const value = child(item, key);
  if (value === undefined) return key === 'protocol' ? '"TCP"' : '';
  return plainText(value);
}

function keyWords(item: Traced, key: string): string {
  const value = child(item, key);
  if (value === undefined) return key === 'protocol' ? 'protocol TCP' : `no ${key}`;
  return `${key} ${shown(value)}`;
}

function plainText(node: Traced): string {
  const { content } = node;
  return typeof content === 'number'
    ? String(content)
    : typeof content === 'string'
      ? `"${content}"`
      : canonicalJson(toJson(node));
}

function reportTwice(items: readonly Traced[], run: CheckRun, { textOf, wordsOf }: Identity): void {
  const first = new Map<string, number>();
  items.forEach((item, index) => {
    const text = textOf(item);
    const before = first.get(text);
    if (before === undefined) first.set(text, index);
    else {
      const says = `is there twice: item ${before} has ${wordsOf(item)} too`;
      run.report('duplicate-key', item, says, 'keep one of them', index);
    }
  });
}
