import type { FunctionDeclaration } from '../function-declaration.ts';
import type { Signature } from '../signature.ts';
import type { Expression, ExpressionOf } from '../syntax/expression.ts';
import { type CelType, typeType } from '../type.ts';
import type { Declarations } from './declarations.ts';

/** What a name or a call in an expression was found to be. */
export type Meaning =
  | { readonly kind: 'local'; readonly name: string }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'type'; readonly type: CelType }
  /** The overloads that the call may be, as far as types say; with the target as the first argument of a method. */
  | { readonly kind: 'call'; readonly overloads: readonly FunctionDeclaration[]; readonly method: boolean };

/** The types of loop variables and bindings that are in sight. */
export type Locals = ReadonlyMap<string, CelType>;

interface Names {
  readonly declarations: Declarations;
  readonly variables: ReadonlyMap<string, CelType>;
  readonly container: string;
}

/** What a name or a qualified name stands for: the innermost local, else the longest name that the container has. */
export function findName(
  expression: ExpressionOf<'identifier' | 'select'>,
  locals: Locals,
  { variables, declarations, container }: Names,
): { readonly meaning: Meaning; readonly type: CelType } | undefined {
  const qualified = qualifiedName(expression);
  if (!qualified) return undefined;
  if (!qualified.absolute && locals.has(qualified.root)) {
    const type = expression.kind === 'identifier' ? locals.get(qualified.name) : undefined;
    return type && { meaning: { kind: 'local', name: qualified.name }, type };
  }
  for (const name of candidatesOf(qualified.name, container, qualified.absolute)) {
    const variable = variables.get(name);
    if (variable) return { meaning: { kind: 'variable', name }, type: variable };
    const type = declarations.types.get(name);
    if (type) return { meaning: { kind: 'type', type }, type: typeType(type) };
  }
  return undefined;
}

/** `f(…)` or `ns.f(…)`, when the name is one of a function. */
export function findFunction(
  { target, name }: ExpressionOf<'call'>,
  locals: Locals,
  { declarations, container }: Names,
): { readonly name: string; readonly overloads: readonly FunctionDeclaration[] } | undefined {
  const qualified = target && qualifiedName(target);
  if (target && (!qualified || (!qualified.absolute && locals.has(qualified.root)))) return undefined;
  const full = qualified ? `${qualified.name}.${name}` : name;
  for (const candidate of candidatesOf(full, container, qualified?.absolute ?? false)) {
    const overloads = declarations.functions.get(candidate)?.filter((one) => !isMethod(one)) ?? [];
    if (overloads.length > 0) return { name: candidate, overloads };
  }
  return undefined;
}

export function isMethod({ style }: Signature): boolean {
  return style === 'method';
}

/** `a.b.c`, or `undefined` for what is no chain of plain fields. */
function qualifiedName(
  expression: Expression,
): { readonly name: string; readonly root: string; readonly absolute: boolean } | undefined {
  if (expression.kind === 'identifier') {
    return { name: expression.name, root: expression.name, absolute: expression.absolute };
  }
  if (expression.kind !== 'select' || expression.optional || expression.test) return undefined;
  const operand = qualifiedName(expression.operand);
  return operand && { ...operand, name: `${operand.name}.${expression.field}` };
}

/** Where a name is looked up in a container, the innermost first (cel-spec, langdef "Name Resolution"). */
function candidatesOf(name: string, container: string, absolute: boolean): readonly string[] {
  if (name.startsWith('.')) return [name.slice(1)];
  if (absolute || container === '') return [name];
  const parts = container.split('.');
  return [...parts.map((_, index) => `${parts.slice(0, parts.length - index).join('.')}.${name}`), name];
}
