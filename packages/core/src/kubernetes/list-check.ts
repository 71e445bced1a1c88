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
    return (items, run) => reportTwice(items, run, (item) => [canonicalJson(toJson(item)), shown(item)]);
  const keys = strings(property(schema, 'x-kubernetes-list-map-keys'));
  if (type !== 'map' || keys.length === 0) return undefined;
  return (items, run) => reportTwice(items, run, (item) => identityOf(item, keys));
}

/** What an item is known by: a text that is the same for two of the same, and words for people. */
type Identity = readonly [text: string, words: string];

function identityOf(item: Traced, keys: readonly string[]): Identity | undefined {
  const parts = keys.map((key): Identity => {
    const value = child(item, key);
    // The only key of a list in Kubernetes' API that has a default (core/v1, ContainerPort and ServicePort).
    if (value === undefined) return key === 'protocol' ? ['"TCP"', 'protocol TCP'] : ['', `no ${key}`];
    return [canonicalJson(toJson(value)), `${key} ${shown(value)}`];
  });
  return [parts.map(([text]) => text).join(' '), parts.map(([, words]) => words).join(' and ')];
}

function reportTwice(items: readonly Traced[], run: CheckRun, identity: (item: Traced) => Identity | undefined): void {
  const first = new Map<string, number>();
  items.forEach((item, index) => {
    const found = identity(item);
    if (found === undefined) return;
    const [text, words] = found;
    const before = first.get(text);
    if (before === undefined) first.set(text, index);
    else
      run.report('duplicate-key', item, `is there twice: item ${before} has ${words} too`, 'keep one of them', index);
  });
}
