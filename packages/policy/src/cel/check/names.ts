import type { Expression } from '../syntax/expression.ts';

/** `a.b.c`, or `undefined` for what is no chain of plain fields. */
export function qualifiedName(
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
export function candidatesOf(name: string, container: string, absolute: boolean): readonly string[] {
  if (name.startsWith('.')) return [name.slice(1)];
  if (absolute || container === '') return [name];
  const parts = container.split('.');
  return [...parts.map((_, index) => `${parts.slice(0, parts.length - index).join('.')}.${name}`), name];
}
