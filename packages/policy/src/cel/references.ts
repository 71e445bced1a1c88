import { callOf, childrenOf, type EngineNode, identifierOf, literalStep, selectOf } from './engine-node.ts';
import type { Reference } from './program.ts';

type Scope = ReadonlyMap<string, Reference | undefined>;

/** Optionals are transparent: `object.?a.orValue(b)` still speaks of `object.a`. */
const TRANSPARENT = new Set(['orValue', 'or', 'value', 'hasValue']);
/** Macros whose first argument names an element of the receiver. */
const LOOPS = new Set(['all', 'exists', 'exists_one', 'existsOne', 'map', 'filter']);

/** Every place in the input that an expression reads, as deep as is known without running it. */
export function references(root: EngineNode): readonly Reference[] {
  const found: Reference[] = [];
  visit(root, new Map(), found);
  return found;
}

function visit(node: EngineNode, scope: Scope, found: Reference[]): void {
  const reference = resolve(node, scope, found);
  if (reference) found.push(reference);
}

/** The reference that a node is, or `undefined` after visiting what is inside it. */
function resolve(node: EngineNode, scope: Scope, found: Reference[]): Reference | undefined {
  const identifier = identifierOf(node);
  if (identifier !== undefined) {
    return scope.has(identifier) ? scope.get(identifier) : { root: identifier, path: [], open: false };
  }
  const select = selectOf(node);
  if (select) return extend(resolve(select.operand, scope, found), select.field);
  if (node.op === '[]' || node.op === '[?]') return resolveIndex(node, scope, found);
  const call = callOf(node);
  if (call?.receiver) return resolveMethod(call.name, call.receiver, call.args, scope, found);
  if (node.op === 'in') return resolveMembership(node, scope, found);
  for (const child of childrenOf(node)) visit(child, scope, found);
  return undefined;
}

function resolveIndex(node: EngineNode, scope: Scope, found: Reference[]): Reference | undefined {
  const [operand, index] = childrenOf(node);
  if (!operand || !index) return undefined;
  const base = resolve(operand, scope, found);
  const step = literalStep(index);
  if (step !== undefined) return extend(base, step);
  visit(index, scope, found);
  return base && { ...base, open: true };
}

function resolveMethod(
  name: string,
  receiver: EngineNode,
  args: readonly EngineNode[],
  scope: Scope,
  found: Reference[],
): Reference | undefined {
  const [first, ...rest] = args;
  const variable = identifierOf(first);
  if (identifierOf(receiver) === 'cel' && name === 'bind' && variable !== undefined) {
    const [bound, body] = rest;
    if (!bound || !body) return undefined;
    const inner = new Map(scope).set(variable, resolve(bound, scope, found));
    return resolve(body, inner, found);
  }
  const base = resolve(receiver, scope, found);
  if (LOOPS.has(name) && variable !== undefined) {
    const element = base && { ...base, open: true };
    const inner = new Map(scope).set(variable, element);
    for (const argument of rest) visit(argument, inner, found);
    return element;
  }
  for (const argument of args) visit(argument, scope, found);
  if (TRANSPARENT.has(name)) return base;
  if (base) found.push(base);
  return undefined;
}

/** `'x' in object.a` speaks of `object.a.x`. */
function resolveMembership(node: EngineNode, scope: Scope, found: Reference[]): Reference | undefined {
  const [left, right] = childrenOf(node);
  if (!left || !right) return undefined;
  const collection = resolve(right, scope, found);
  const step = literalStep(left);
  if (typeof step !== 'string') visit(left, scope, found);
  if (collection) found.push((typeof step === 'string' ? extend(collection, step) : undefined) ?? collection);
  return undefined;
}

function extend(base: Reference | undefined, step: string | number): Reference | undefined {
  if (!base || base.open) return base;
  return { ...base, path: [...base.path, step] };
}
