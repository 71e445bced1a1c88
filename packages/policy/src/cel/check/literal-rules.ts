import { parseDuration, parseTimestamp } from '../parse-time.ts';
import type { LiteralRules } from '../program.ts';
import { compileRegex } from '../regex.ts';
import { childrenOf, type Expression, type ExpressionOf } from '../syntax/expression.ts';
import { type CelType, optionalContent, printType } from '../type.ts';
import { CelError } from '../value.ts';
import type { CheckError } from './check-error.ts';
import { formatMistake } from './format-rule.ts';

type TypeOf = (expression: Expression) => CelType;

/**
 * What the API server refuses beyond CEL's own types when a policy is created (apiserver, pkg/cel/environment/base.go,
 * `ASTValidators`): a list or a map whose elements have different types, a literal that is no duration, timestamp or
 * regular expression. Arguments of `format()` may be of any types.
 *
 * @returns the first mistake in the source
 */
export function literalMistake(expression: Expression, typeOf: TypeOf, rules: LiteralRules): CheckError | undefined {
  if (rules === 'any') return undefined;
  const rule: Rule = { typeOf, strict: rules === 'strict' };
  const mistakes: CheckError[] = [];
  // A stack of our own: 20,000 terms are as many children.
  const open: { readonly part: Expression; readonly formatted: boolean }[] = [{ part: expression, formatted: false }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { part, formatted } = next;
    const mistake = mistakeIn(part, formatted, rule);
    if (mistake) mistakes.push(mistake);
    const inside = formatted || (part.kind === 'call' && part.name === 'format');
    for (const child of childrenOf(part)) open.push({ part: child, formatted: inside });
  }
  return mistakes.sort((a, b) => a.range.start - b.range.start)[0];
}

interface Rule {
  readonly typeOf: TypeOf;
  readonly strict: boolean;
}

function mistakeIn(part: Expression, formatted: boolean, rule: Rule): CheckError | undefined {
  if (part.kind === 'call') return formatMistake(part, rule.typeOf) ?? argumentMistake(part);
  if (part.kind === 'bind' && rule.strict) {
    const hint = 'name the value in spec.variables, and read it as variables.<name>';
    return { message: 'cel.bind() does not exist in a cluster', hint, range: part.range };
  }
  return formatted ? undefined : mixtureMistake(part, rule);
}

const PARSED: ReadonlyMap<string, (text: string) => unknown> = new Map<string, (text: string) => unknown>([
  ['duration', parseDuration],
  ['timestamp', parseTimestamp],
]);

const SEARCHES = ['matches', 'find', 'findAll'];

function argumentMistake({ name, target, args }: ExpressionOf<'call'>): CheckError | undefined {
  const parse = target === undefined && args.length === 1 ? PARSED.get(name) : undefined;
  const read = parse ?? (SEARCHES.includes(name) ? compileRegex : undefined);
  const argument = read === compileRegex && target === undefined ? args[1] : args[0];
  if (!read || argument?.kind !== 'literal') return undefined;
  if (parse && argument.value === null) return { message: `null is not a ${name}`, range: argument.range };
  if (typeof argument.value !== 'string') return undefined;
  const result = read(argument.value);
  return result instanceof CelError ? { message: result.message, range: argument.range } : undefined;
}

function mixtureMistake(part: Expression, rule: Rule): CheckError | undefined {
  if (part.kind === 'list') return mixture(part.elements, rule);
  if (part.kind !== 'map') return undefined;
  return (
    mixture(
      part.entries.map(({ key }) => ({ value: key, optional: false })),
      rule,
    ) ?? mixture(part.entries, rule)
  );
}

const MIXTURE = 'a cluster refuses a mixture, also of a known and an unknown type';

function mixture(
  elements: readonly { readonly value: Expression; readonly optional: boolean }[],
  { typeOf, strict }: Rule,
): CheckError | undefined {
  let first: CelType | undefined;
  for (const { value, optional } of elements) {
    const type = (optional ? optionalContent(typeOf(value)) : undefined) ?? typeOf(value);
    first ??= type;
    if (!(strict ? isEquivalent(first, type) : isInsideEquivalent(first, type))) {
      const message = `a list or a map has one type here: ${printType(first)} before, ${printType(type)} now`;
      return { message, hint: MIXTURE, range: value.range };
    }
  }
  return undefined;
}

/** Whether two types are one; inside of them, what is not known can be anything. */
function isEquivalent(a: CelType, b: CelType): boolean {
  if (a.kind === 'error' || b.kind === 'error') return true;
  if (a.kind === 'list' && b.kind === 'list') return isInsideEquivalent(a.element, b.element);
  if (a.kind === 'map' && b.kind === 'map')
    return isInsideEquivalent(a.key, b.key) && isInsideEquivalent(a.value, b.value);
  if (a.kind === 'opaque' && b.kind === 'opaque' && a.name === b.name) {
    return a.parameters.every((parameter, index) => isInsideEquivalent(parameter, b.parameters[index] ?? parameter));
  }
  return printType(a) === printType(b);
}

function isInsideEquivalent(a: CelType, b: CelType): boolean {
  const open = (type: CelType): boolean => type.kind === 'dyn' || type.kind === 'parameter';
  return open(a) || open(b) || isEquivalent(a, b);
}
