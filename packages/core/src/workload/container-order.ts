import { findCycles } from '../catalog/find-cycles.ts';
import { didYouMean, quote } from '../finding/did-you-mean.ts';
import type { Finding } from '../finding/finding.ts';
import { positionOf } from '../provenance/origin.ts';
import { child, sortedEntries, stringIn, type Traced } from '../provenance/traced.ts';

type Containers = readonly (readonly [string, Traced])[];

/** A container that starts before others. */
export interface EarlyContainer {
  readonly name: string;
  readonly node: Traced;
  /** `complete`: it ends before they start. Else it goes on running beside them, from when it is started or healthy. */
  readonly ready: 'complete' | 'started' | 'healthy';
}

export interface ContainerOrder {
  /** In the order in which they start, one after the other. */
  readonly early: readonly EarlyContainer[];
  /** All others, by name; they start together. */
  readonly others: Containers;
}

/**
 * Who starts before whom: a container names in `before` those that wait for it (Score v1b1). Containers that nobody
 * orders among themselves stand by name.
 */
export function containerOrder(containers: Containers): ContainerOrder {
  const early = new Map(containers.filter(([, node]) => child(node, 'before') !== undefined));
  const ordered: EarlyContainer[] = [];
  const placed = new Set<string>();
  const waitsFor = (name: string): readonly string[] =>
    [...early].filter(([, node]) => child(child(node, 'before'), name) !== undefined).map(([other]) => other);
  while (ordered.length < early.size) {
    const next = [...early].find(([name]) => !placed.has(name) && waitsFor(name).every((other) => placed.has(other)));
    // A cycle has its finding; nothing is rendered then.
    if (next === undefined) break;
    placed.add(next[0]);
    ordered.push({ name: next[0], node: next[1], ready: readiness(next[1]) });
  }
  return { early: ordered, others: containers.filter(([name]) => !early.has(name)) };
}

function readiness(container: Traced): EarlyContainer['ready'] {
  const asked = new Set(sortedEntries(child(container, 'before')).map(([, node]) => stringIn(child(node, 'ready'))));
  if (asked.has('complete')) return 'complete';
  return asked.has('healthy') ? 'healthy' : 'started';
}

const probes = ['livenessProbe', 'readinessProbe'];

/** What is wrong with an order, and what no pod can do. */
export function orderFindings(containers: Containers): readonly Finding[] {
  const findings: Finding[] = [];
  const report = (message: string, hint: string, node: Traced): void => {
    findings.push({ code: 'workload/container-order', severity: 'error', message, hint, ...positionOf(node.origin) });
  };
  const names = containers.map(([name]) => name);
  for (const [name, node] of containers) {
    const before = child(node, 'before');
    if (before === undefined) continue;
    for (const [other, entry] of sortedEntries(before)) {
      if (other === name) report(`${quote(name)} cannot start before itself`, 'name another container', entry);
      else if (!names.includes(other))
        report(
          `there is no container ${quote(other)}`,
          didYouMean(other, names) ?? 'name a container of this file',
          entry,
        );
    }
    const asked = new Set(sortedEntries(before).map(([, entry]) => stringIn(child(entry, 'ready'))));
    if (asked.has('complete') && asked.has('healthy'))
      report(`${quote(name)} cannot be healthy once it is complete`, 'ask for one of the two', before);
    const probe = probes.map((field) => child(node, field)).find((found) => found !== undefined);
    if (asked.has('complete') && probe !== undefined)
      report(`${quote(name)} runs to its end: Kubernetes probes it never`, 'leave its probes out', probe);
    if (asked.has('healthy') && !asked.has('complete') && probe === undefined)
      report(`nothing says when ${quote(name)} is healthy`, 'give it a `readinessProbe`', before);
  }
  const nodes = new Map(containers);
  const waiting = (name: string): readonly string[] =>
    sortedEntries(child(nodes.get(name), 'before'))
      .map(([other]) => other)
      .filter((other) => other !== name && nodes.has(other));
  for (const cycle of findCycles(names, waiting)) {
    const before = child(nodes.get(cycle[0] ?? ''), 'before');
    if (before === undefined) continue;
    const chain = [...cycle, ...cycle.slice(0, 1)].join(' → ');
    report(`containers wait for each other: ${chain}`, 'let one of them start first', before);
  }
  return findings;
}
