import { quote } from '../finding/did-you-mean.ts';
import type { Finding } from '../finding/finding.ts';
import { canonicalJson } from '../json/canonical-json.ts';
import { passedThrough, positionOf } from '../provenance/origin.ts';
import { child, isList, isMap, type Traced, toJson } from '../provenance/traced.ts';
import type { Use } from '../resolve/resolution.ts';
import type { RenderedObject } from './rendered-tree.ts';
import { mergeKeyOf, saysDelete, saysReplace } from './strategic-merge.ts';

/** One value that a patch sets or deletes, by the way to it. */
interface Write {
  readonly path: readonly string[];
  readonly node: Traced;
  readonly value: string;
}

interface Written extends Write {
  readonly by: Use;
}

/** What patches have written of one object, to find two of them that want different things. */
export class PatchConflicts {
  private readonly writes = new Map<string, Written>();
  /** The first write below a path. */
  private readonly below = new Map<string, Written>();

  /**
   * Remembers what a patch writes, and finds where another instance wrote something else before: the outcome would
   * depend on the order, which nobody chose. What runs the workload sets defaults, and others may change them.
   */
  add(object: RenderedObject, by: Use, patch: Traced): readonly Finding[] {
    if (by.path === '') return [];
    const findings: Finding[] = [];
    for (const write of writesOf(patch, '', [])) {
      const written = { ...write, by };
      const other = this.against(object.path, written);
      if (other === undefined) this.remember(object.path, written);
      else findings.push(conflict(object, other, written));
    }
    return findings;
  }

  private against(object: string, { path, value, by }: Written): Written | undefined {
    const same = this.writes.get(key(object, path));
    if (same !== undefined) return same.by.path !== by.path && same.value !== value ? same : undefined;
    const around = path.map((_, length) => this.writes.get(key(object, path.slice(0, length))));
    return [...around, this.below.get(key(object, path))].find(
      (other) => other !== undefined && other.by.path !== by.path,
    );
  }

  private remember(object: string, written: Written): void {
    const { path } = written;
    if (!this.writes.has(key(object, path))) this.writes.set(key(object, path), written);
    for (let length = 0; length < path.length; length += 1) {
      const above = key(object, path.slice(0, length));
      if (!this.below.has(above)) this.below.set(above, written);
    }
  }
}

function key(object: string, path: readonly string[]): string {
  return JSON.stringify([object, ...path]);
}

function writesOf(node: Traced, field: string, path: readonly string[]): readonly Write[] {
  const whole = (value = canonicalJson(toJson(node))): readonly Write[] => [{ path, node, value }];
  if (saysDelete(node)) return whole('null');
  if (isMap(node)) {
    if (saysReplace(node) || node.content.size === 0) return whole();
    return [...node.content].flatMap(([name, value]) =>
      name === '$patch' ? [] : writesOf(value, name, [...path, name]),
    );
  }
  if (!isList(node)) return whole();
  const by = mergeKeyOf(node, field);
  if (by === undefined) return whole();
  return node.content.flatMap((item) =>
    writesOf(item, `an item of ${field}`, [...path, `[${by}=${String(child(item, by)?.content)}]`]),
  );
}

function conflict({ kind, name }: RenderedObject, first: Written, second: Written): Finding {
  const field = second.path.join('.').replaceAll('.[', '[');
  const who = ({ by }: Written) => `${by.capability.name} (${by.path})`;
  const related = [
    ...passedThrough(second.node.origin),
    { message: `what ${who(first)} wants`, ...positionOf(first.node.origin) },
  ];
  return {
    code: 'render/patch-conflict',
    severity: 'error',
    message: `${who(first)} and ${who(second)} want different things of \`${field}\` in the ${kind} ${quote(name)}`,
    hint: 'use one of them, or have one leave the field alone',
    related,
    ...positionOf(second.node.origin),
  };
}
