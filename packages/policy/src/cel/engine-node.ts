/**
 * The parts of cel-js's syntax tree that its type declarations leave out. Only the files in this folder
 * know them; the version is pinned exactly, and the specs here fail when they move.
 */
export interface EngineNode {
  readonly op: string;
  readonly args: unknown;
  readonly start: number;
  readonly meta: Readonly<Record<string, unknown>>;
  /** How to evaluate the node from its evaluated operands; chosen by the type check. */
  readonly handle?: (...args: readonly unknown[]) => unknown;
  setMeta(key: string, value: unknown): EngineNode;
}

export function isEngineNode(value: unknown): value is EngineNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'setMeta' in value && 'meta' in value;
}

/** The nodes right below a node, in source order. */
export function childrenOf(node: EngineNode): readonly EngineNode[] {
  return nodesIn(node.args);
}

function nodesIn(args: unknown): readonly EngineNode[] {
  if (isEngineNode(args)) return [args];
  return Array.isArray(args) ? args.flatMap(nodesIn) : [];
}

/** A call, `f(…)` or `receiver.f(…)`, or `undefined` for any other node. */
export interface EngineCall {
  readonly name: string;
  readonly receiver: EngineNode | undefined;
  readonly args: readonly EngineNode[];
}

export function callOf(node: EngineNode): EngineCall | undefined {
  if (!Array.isArray(node.args)) return undefined;
  const [name, second, third] = node.args;
  if (typeof name !== 'string') return undefined;
  if (node.op === 'call') return { name, receiver: undefined, args: nodesIn(second) };
  if (node.op === 'rcall' && isEngineNode(second)) return { name, receiver: second, args: nodesIn(third) };
  return undefined;
}

/** A field access, `a.b` or `a.?b`, or `undefined` for any other node. */
export function selectOf(node: EngineNode): { readonly operand: EngineNode; readonly field: string } | undefined {
  if ((node.op !== '.' && node.op !== '.?') || !Array.isArray(node.args)) return undefined;
  const [operand, field] = node.args;
  return isEngineNode(operand) && typeof field === 'string' ? { operand, field } : undefined;
}

/** The name of an identifier, or `undefined` for any other node. */
export function identifierOf(node: EngineNode | undefined): string | undefined {
  return node?.op === 'id' && typeof node.args === 'string' ? node.args : undefined;
}

/** The string or index that a literal node holds, as a step of a path. */
export function literalStep(node: EngineNode | undefined): string | number | undefined {
  if (node?.op !== 'value') return undefined;
  if (typeof node.args === 'string') return node.args;
  return typeof node.args === 'bigint' ? Number(node.args) : undefined;
}
