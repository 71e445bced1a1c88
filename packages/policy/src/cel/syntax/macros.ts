import type { Expression, ExpressionOf, LoopMacro, Range } from './expression.ts';
import { SyntaxFailure } from './syntax-error.ts';

type Shape<Node extends Expression = Expression> = Node extends Expression ? Omit<Node, 'range' | 'depth'> : never;
type Call = Omit<ExpressionOf<'call'>, 'range' | 'depth'>;

/** Loops over a list or a map, by name and number of arguments: those with two variables begin at three. */
const LOOPS: ReadonlyMap<string, { readonly macro: LoopMacro; readonly variables: 1 | 2; readonly filter: boolean }> =
  new Map([
    ['all/2', { macro: 'all', variables: 1, filter: false }],
    ['exists/2', { macro: 'exists', variables: 1, filter: false }],
    ['exists_one/2', { macro: 'existsOne', variables: 1, filter: false }],
    ['filter/2', { macro: 'filter', variables: 1, filter: false }],
    ['map/2', { macro: 'map', variables: 1, filter: false }],
    ['map/3', { macro: 'map', variables: 1, filter: true }],
    ['sortBy/2', { macro: 'sortBy', variables: 1, filter: false }],
    ['all/3', { macro: 'all', variables: 2, filter: false }],
    ['exists/3', { macro: 'exists', variables: 2, filter: false }],
    ['existsOne/3', { macro: 'existsOne', variables: 2, filter: false }],
    ['exists_one/3', { macro: 'existsOne', variables: 2, filter: false }],
    ['transformList/3', { macro: 'transformList', variables: 2, filter: false }],
    ['transformList/4', { macro: 'transformList', variables: 2, filter: true }],
    ['transformMap/3', { macro: 'transformMap', variables: 2, filter: false }],
    ['transformMap/4', { macro: 'transformMap', variables: 2, filter: true }],
    ['transformMapEntry/3', { macro: 'transformMapEntry', variables: 2, filter: false }],
    ['transformMapEntry/4', { macro: 'transformMapEntry', variables: 2, filter: true }],
  ]);

/**
 * What a call is, if it is a macro: the macros of cel-spec, of cel-go's two-variable comprehensions, bindings and optionals, and `sortBy`.
 * A call with another number of arguments is an ordinary one, as in cel-go.
 *
 * @param blocks whether the macros of cel-go's optimiser are known, which no person writes
 */
export function macroOf(call: Call, range: Range, blocks: boolean): Shape | undefined {
  const { target, name, args } = call;
  if (!target) return name === 'has' ? hasMacro(args, range) : undefined;
  if (target.kind === 'identifier' && target.name === 'cel') return celMacro(call, range, blocks);
  const loop = LOOPS.get(`${name}/${args.length}`);
  if (loop) return loopMacro(loop, target, args, call);
  if ((name === 'optMap' || name === 'optFlatMap') && args.length === 2) {
    const [variable, body] = args;
    if (!variable || !body) return undefined;
    return {
      kind: 'optionalMap',
      operand: target,
      variable: nameOf(variable, name),
      body,
      flat: name === 'optFlatMap',
    };
  }
  return undefined;
}

function hasMacro(args: readonly Expression[], range: Range): Shape {
  const [argument] = args;
  if (args.length === 1 && argument?.kind === 'select') return { ...argument, test: true };
  throw new SyntaxFailure('has() takes one field, such as has(object.spec.replicas)', argument?.range ?? range);
}

function loopMacro(
  { macro, variables, filter }: { readonly macro: LoopMacro; readonly variables: 1 | 2; readonly filter: boolean },
  list: Expression,
  args: readonly Expression[],
  { name, nameRange }: Call,
): Shape | undefined {
  const names = args.slice(0, variables).map((argument) => nameOf(argument, name));
  if (names.length === 2 && names[0] === names[1]) {
    throw new SyntaxFailure(`${name}() needs two different names`, args[1]?.range ?? nameRange);
  }
  const body = args.at(-1);
  if (!body) return undefined;
  return { kind: 'loop', macro, list, variables: names, filter: filter ? args.at(-2) : undefined, body };
}

function celMacro({ name, args }: Call, range: Range, blocks: boolean): Shape | undefined {
  const [first, second, third] = args;
  if (name === 'bind' && first && second && third && args.length === 3) {
    return { kind: 'bind', variable: nameOf(first, 'cel.bind'), value: second, body: third };
  }
  if (!blocks) return undefined;
  if (name === 'block' && first?.kind === 'list' && second) {
    return { kind: 'block', values: first.elements.map(({ value }) => value), body: second };
  }
  const numbers = args.map((argument) => (argument.kind === 'literal' ? String(argument.value) : '?'));
  if (numbers.includes('?')) throw new SyntaxFailure(`cel.${name}() takes numbers`, range);
  if (name === 'index') return { kind: 'identifier', name: `@index${numbers.join()}`, absolute: false };
  if (name === 'iterVar') return { kind: 'identifier', name: `@it:${numbers.join(':')}`, absolute: false };
  if (name === 'accuVar') return { kind: 'identifier', name: `@ac:${numbers.join(':')}`, absolute: false };
  return undefined;
}

function nameOf(argument: Expression, macro: string): string {
  if (argument.kind === 'identifier' && !argument.absolute) return argument.name;
  const hint = macro === 'cel.bind' ? 'cel.bind(x, value, expression)' : `list.${macro}(x, …)`;
  throw new SyntaxFailure(`${macro}() begins with the name of a variable`, argument.range, hint);
}
