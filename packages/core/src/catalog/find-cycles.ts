/** More cycles than this are one mistake, made many times. */
const maxCycles = 100;

/**
 * The cycles of a graph, in the order of the nodes: at least one for each group of nodes that lead to each other, and
 * at most 100. Each edge is walked once, and nothing is called recursively: a chain may be as long as the graph is
 * large.
 *
 * @returns each cycle from its first node on, without the node again at the end
 */
export function findCycles<T extends string>(
  nodes: Iterable<T>,
  next: (node: T) => Iterable<T>,
): readonly (readonly T[])[] {
  const done = new Set<T>();
  const cycles: (readonly T[])[] = [];
  for (const start of nodes) {
    if (done.has(start)) continue;
    const steps = new Map<T, Iterator<T>>([[start, next(start)[Symbol.iterator]()]]);
    const path: T[] = [start];
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      const step = steps.get(node)?.next();
      if (step === undefined || step.done === true) {
        done.add(node);
        steps.delete(node);
        path.pop();
      } else if (steps.has(step.value)) {
        cycles.push(path.slice(path.indexOf(step.value)));
        if (cycles.length === maxCycles) return cycles;
      } else if (!done.has(step.value)) {
        steps.set(step.value, next(step.value)[Symbol.iterator]());
        path.push(step.value);
      }
    }
  }
  return cycles;
}
