import type { Reference } from './program.ts';
import { childrenOf, type Expression, type ExpressionOf } from './syntax/expression.ts';

type Scope = ReadonlyMap<string, Reference | undefined>;

/** Optionals are transparent: `object.?a.orValue(b)` still speaks of `object.a`. */
const TRANSPARENT = new Set(['orValue', 'or', 'value', 'hasValue']);

/** Every place in the input that an expression reads, as deep as is known without running it. */
export function references(root: Expression): readonly Reference[] {
  const found: Reference[] = [];
  visit(root, new Map(), found);
  return found;
}

function visit(expression: Expression, scope: Scope, found: Reference[]): void {
  const reference = resolve(expression, scope, found);
  if (reference) found.push(reference);
}

/** The reference that an expression is, or `undefined` after visiting what is inside it. */
function resolve(expression: Expression, scope: Scope, found: Reference[]): Reference | undefined {
  switch (expression.kind) {
    case 'identifier':
      if (!expression.absolute && scope.has(expression.name)) return scope.get(expression.name);
      return { root: expression.name, path: [], open: false };
    case 'select':
      return extend(resolve(expression.operand, scope, found), expression.field);
    case 'index':
      return resolveIndex(expression, scope, found);
    case 'call':
      return resolveCall(expression, scope, found);
    case 'binary':
      if (expression.operator === 'in') return resolveMembership(expression, scope, found);
      visitRow(expression, scope, found);
      return undefined;
    case 'loop':
      return resolveLoop(expression, scope, found);
    case 'bind': {
      const value = resolve(expression.value, scope, found);
      return resolve(expression.body, new Map(scope).set(expression.variable, value), found);
    }
    case 'optionalMap': {
      const operand = resolve(expression.operand, scope, found);
      return resolve(expression.body, new Map(scope).set(expression.variable, operand), found);
    }
    default:
      for (const child of childrenOf(expression)) visit(child, scope, found);
      return undefined;
  }
}

/** From the left, in a loop: a row of operators may be longer than a stack is deep. */
function visitRow(expression: Expression, scope: Scope, found: Reference[]): void {
  const operands: Expression[] = [];
  let current = expression;
  while (current.kind === 'binary' && current.operator !== 'in') {
    operands.push(current.right);
    current = current.left;
  }
  operands.push(current);
  for (const operand of operands.reverse()) visit(operand, scope, found);
}

function resolveIndex(
  { operand, index }: ExpressionOf<'index'>,
  scope: Scope,
  found: Reference[],
): Reference | undefined {
  const base = resolve(operand, scope, found);
  const step = literalStep(index);
  if (step !== undefined) return extend(base, step);
  visit(index, scope, found);
  return base && { ...base, open: true };
}

function resolveCall(
  { target, name, args }: ExpressionOf<'call'>,
  scope: Scope,
  found: Reference[],
): undefined | Reference {
  const base = target && resolve(target, scope, found);
  for (const argument of args) visit(argument, scope, found);
  if (TRANSPARENT.has(name)) return base;
  if (base) found.push(base);
  return undefined;
}

function resolveLoop(
  { list, variables, filter, body }: ExpressionOf<'loop'>,
  scope: Scope,
  found: Reference[],
): Reference | undefined {
  const base = resolve(list, scope, found);
  const element = base && { ...base, open: true };
  const inner = new Map(scope);
  for (const name of variables) inner.set(name, element);
  if (filter) visit(filter, inner, found);
  visit(body, inner, found);
  return element;
}

/** `'x' in object.a` speaks of `object.a.x`. */
function resolveMembership({ left, right }: ExpressionOf<'binary'>, scope: Scope, found: Reference[]): undefined {
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

/** The string or index that a literal is, as a step of a path. */
function literalStep(expression: Expression): string | number | undefined {
  if (expression.kind !== 'literal') return undefined;
  if (typeof expression.value === 'string') return expression.value;
  return typeof expression.value === 'bigint' ? Number(expression.value) : undefined;
}
