import { partsOf, type Verb } from '../libraries/strings/format-template.ts';
import type { Expression, ExpressionOf } from '../syntax/expression.ts';
import { type CelType, printType } from '../type.ts';
import { CelError } from '../value.ts';
import type { CheckError } from './check-error.ts';

const INTEGERS = ['int', 'uint'];
const FLOATING = ['double', 'string'];

/** What each verb takes in a cluster; `%s` takes anything but a value of a library. */
const TAKEN: Readonly<Record<Exclude<Verb, 's'>, readonly string[]>> = {
  d: INTEGERS,
  f: FLOATING,
  e: FLOATING,
  b: [...INTEGERS, 'bool'],
  x: [...INTEGERS, 'string', 'bytes'],
  X: [...INTEGERS, 'string', 'bytes'],
  o: INTEGERS,
};

/**
 * Checks `'…'.format([…])` where both are written out: its clauses, how many arguments they have, and of which types
 * (cel-go, ext/formatting.go, `stringFormatValidator`).
 */
export function formatMistake(
  { name, target, args }: ExpressionOf<'call'>,
  typeOf: (expression: Expression) => CelType,
): CheckError | undefined {
  const [list] = args;
  if (name !== 'format' || target?.kind !== 'literal' || typeof target.value !== 'string' || list?.kind !== 'list')
    return undefined;
  const clauses = clausesOf(target.value);
  if (clauses instanceof CelError) return { message: clauses.message, range: target.range };
  const [wanted, given] = [clauses.length, list.elements.length];
  if (wanted !== given) {
    return {
      message: `format() has ${wanted} clauses and ${given} arguments`,
      range: wanted > given ? target.range : list.range,
    };
  }
  for (const [index, verb] of clauses.entries()) {
    const argument = list.elements[index]?.value;
    if (!argument || takes(verb, typeOf(argument))) continue;
    return { message: `%${verb} does not take a value of type ${printType(typeOf(argument))}`, range: argument.range };
  }
  return undefined;
}

function clausesOf(template: string): readonly Verb[] | CelError {
  try {
    return partsOf(template).flatMap((part) => (typeof part === 'string' ? [] : [part.verb]));
  } catch (error) {
    if (error instanceof CelError) return error;
    throw error;
  }
}

function takes(verb: Verb, type: CelType): boolean {
  if (['dyn', 'error', 'parameter', 'wrapper'].includes(type.kind)) return true;
  return verb === 's' ? type.kind !== 'opaque' && type.kind !== 'object' : TAKEN[verb].includes(type.kind);
}
