import { asValue } from '../../equality.ts';
import { BudgetExceeded } from '../../steps.ts';
import { CelError, type CelList, type CelValue, typeNameOf } from '../../value.ts';
import { MAXIMUM_PRECISION } from './decimal.ts';

export type Verb = 's' | 'd' | 'f' | 'e' | 'b' | 'x' | 'X' | 'o';

/** What stands for an argument in a template: `%s`, `%.2f`. */
interface Clause {
  readonly verb: Verb;
  readonly precision: number | undefined;
}

/** How a version of cel-go's strings library writes a value for each verb. */
export interface FormatDialect {
  /** @returns `undefined` when the verb does not take the value */
  write(clause: Clause, value: CelValue, room: Room): string | undefined;
}

/** What a clause without a precision has. */
export const DEFAULT_PRECISION = 6;

/** Why a verb does not write a value. */
export function refusal(verb: Verb, value: CelValue): CelError {
  return new CelError(`format(): %${verb} does not take a value of type ${typeNameOf(value)}`);
}

/** How much may still be written: a value that holds itself many times over would else never end. */
export class Room {
  #characters: number;

  constructor(characters: number) {
    this.#characters = characters;
  }

  /** @throws BudgetExceeded when there is no more room: nothing may absorb it and try again */
  take(text: string): string {
    this.#characters -= text.length;
    if (this.#characters < 0) throw new BudgetExceeded('format() would write more than a million characters');
    return text;
  }
}

const MAXIMUM_RESULT = 1_000_000;

/**
 * `'…'.format([…])`: replaces each clause by its argument.
 *
 * @throws CelError for a clause that is none, that has no argument, or whose argument it does not take
 */
export function format(template: string, values: CelList, dialect: FormatDialect): string {
  const room = new Room(MAXIMUM_RESULT);
  let next = 0;
  const parts = partsOf(template).map((part) => {
    if (typeof part === 'string') return room.take(part);
    if (next >= values.size) throw new CelError(`format(): there is no argument for clause ${next + 1}`);
    const value = asValue(values.at(next));
    next += 1;
    const text = dialect.write(part, value, room);
    if (text === undefined) throw refusal(part.verb, value);
    return room.take(text);
  });
  return parts.join('');
}

/**
 * The texts and clauses of a template, in order.
 *
 * @throws CelError for a clause that is none
 */
export function partsOf(template: string): readonly (string | Clause)[] {
  const parts: (string | Clause)[] = [];
  let position = 0;
  for (const clause of template.matchAll(/%(?:(%)|(?:\.(\d*))?(.|$))/gsu)) {
    const [text, percent, digits, verb = ''] = clause;
    parts.push(template.slice(position, clause.index));
    position = clause.index + text.length;
    parts.push(percent ?? { verb: verbOf(verb), precision: precisionOf(digits) });
  }
  parts.push(template.slice(position));
  return parts;
}

const VERBS: ReadonlyMap<string, Verb> = new Map<string, Verb>(
  (['s', 'd', 'f', 'e', 'b', 'x', 'X', 'o'] as const).map((verb) => [verb, verb]),
);

function verbOf(text: string): Verb {
  const verb = VERBS.get(text);
  if (verb) return verb;
  throw new CelError(text === '' ? 'format(): "%" ends the text' : `format(): %${text} is not a clause`);
}

function precisionOf(digits: string | undefined): number | undefined {
  if (digits === undefined) return undefined;
  if (digits === '') throw new CelError('format(): a precision has no digits');
  const precision = Number(digits);
  if (precision > MAXIMUM_PRECISION) {
    throw new CelError(`format(): a precision of ${digits} is above ${MAXIMUM_PRECISION}`);
  }
  return precision;
}
