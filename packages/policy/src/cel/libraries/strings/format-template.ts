import { CelError, type CelList, type CelValue } from '../../value.ts';
import { MAXIMUM_PRECISION } from './decimal.ts';

export type Verb = 's' | 'd' | 'f' | 'e' | 'b' | 'x' | 'X' | 'o';

/** How a version of cel-go's strings library writes a value for each verb. */
export interface FormatDialect {
  /** @throws CelError when the verb does not take the value */
  write(verb: Verb, precision: number | undefined, value: CelValue, room: Room): string;
}

/** How much may still be written: a value that holds itself many times over would else never end. */
export class Room {
  #characters: number;

  constructor(characters: number) {
    this.#characters = characters;
  }

  /** @throws CelError when there is no more room */
  take(text: string): string {
    this.#characters -= text.length;
    if (this.#characters < 0) throw new CelError('format(): the result is too long');
    return text;
  }
}

const MAXIMUM_RESULT = 1_000_000;
const VERBS = /^[sdfebxXo]$/;

/**
 * `'…'.format([…])`: replaces each clause (`%s`, `%.2f`, …) by its argument.
 *
 * @throws CelError for a clause that is none, that has no argument, or whose argument it does not take
 */
export function format(template: string, values: CelList, dialect: FormatDialect): string {
  const room = new Room(MAXIMUM_RESULT);
  const parts: string[] = [];
  let next = 0;
  let position = 0;
  for (const clause of template.matchAll(/%(?:(%)|(?:\.(\d*))?(.|$))/gsu)) {
    const [text, percent, digits, verb = ''] = clause;
    parts.push(room.take(template.slice(position, clause.index)));
    position = clause.index + text.length;
    if (percent === undefined) {
      const value = argument(values, next);
      parts.push(room.take(dialect.write(verbOf(verb), precisionOf(digits), value, room)));
      next += 1;
    } else {
      parts.push(room.take('%'));
    }
  }
  return parts.join('') + room.take(template.slice(position));
}

function argument(values: CelList, index: number): CelValue {
  if (index >= values.size) throw new CelError(`format(): there is no argument for clause ${index + 1}`);
  const value = values.at(index);
  if (value instanceof CelError) throw value;
  return value as CelValue;
}

function verbOf(text: string): Verb {
  if (!VERBS.test(text)) {
    throw new CelError(text === '' ? 'format(): "%" ends the text' : `format(): %${text} is not a clause`);
  }
  return text as Verb;
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
