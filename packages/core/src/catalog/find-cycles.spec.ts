import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCycles } from './find-cycles.ts';

const graph = fc.dictionary(
  fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 3 }),
  { noNullPrototype: true },
);

/** By definition: whether a node is reached from itself. */
function isOnCycle(edges: Readonly<Record<string, readonly string[]>>, node: string): boolean {
  const seen = new Set<string>();
  const queue = [...(edges[node] ?? [])];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (next === node) return true;
    if (!seen.has(next)) queue.push(...(edges[next] ?? []));
    seen.add(next);
  }
  return false;
}

describe('the cycles of a graph', () => {
  it('are cycles, and there are some exactly where a node leads to itself', () => {
    fc.assert(
      fc.property(graph, (edges) => {
        const cycles = findCycles(Object.keys(edges), (node) => edges[node] ?? []);
        for (const cycle of cycles)
          cycle.forEach((node, index) => void expect(edges[node]).toContain(cycle[(index + 1) % cycle.length]));
        expect(cycles.length > 0).toBe(Object.keys(edges).some((node) => isOnCycle(edges, node)));
      }),
    );
  });

  it('are found in one walk: each node is asked once for where it leads', () => {
    const size = 20_000;
    let asked = 0;
    const next = (node: string): readonly string[] => {
      asked += 1;
      const number = Number(node);
      return number + 1 < size ? [String(number + 1), ...(number % 2 === 0 ? ['0'] : [])] : ['0'];
    };
    const cycles = findCycles(Array.from({ length: size }, (_, index) => String(index)).reverse(), next);
    expect(cycles.length).toBeGreaterThan(0);
    expect(asked).toBeLessThanOrEqual(size);
  });
});
