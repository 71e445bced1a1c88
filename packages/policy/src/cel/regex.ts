import { RE2JS } from 're2js';
import { quoted } from './quoted.ts';
import { CelError } from './value.ts';

/** A pattern of RE2: linear in the text, whatever it says. */
export interface Regex {
  readonly pattern: RE2JS;
  /** Instructions of the compiled pattern; searching a text costs at most this for each of its characters. */
  readonly size: number;
  /** A search may look further than the match that it finds, in the end to the end of the text. */
  readonly looksAhead: boolean;
}

/** One class of characters, repeated: what it matches ends before the first character that is not of the class. */
const repeatedClass = /^\[\^?(?:[^\]\\[]|\\.)+\](?:[+*]|\{\d+(?:,\d*)?\})?$/s;

const MAXIMUM_REMEMBERED = 1_000;
/** RE2 itself refuses larger ones; a pattern such as `((a{100}){100}){100}` would else fill the memory. */
const MAXIMUM_PATTERN = 10_000;

const compiled = new Map<string, Regex | CelError>();

/** Compiles a pattern, or says why it is none; the same pattern is compiled once. */
export function compileRegex(pattern: string): Regex | CelError {
  const known = compiled.get(pattern);
  if (known) return known;
  // Patterns can be computed from input, so that what is remembered has a bound.
  if (compiled.size >= MAXIMUM_REMEMBERED) compiled.clear();
  const made = compilePattern(pattern);
  compiled.set(pattern, made);
  return made;
}

/** Steps for one search of a text: each character can meet each instruction. */
export function regexCost(text: string, pattern: string): number {
  const regex = compileRegex(pattern);
  return regex instanceof CelError ? 1 : Math.ceil((text.length * regex.size) / 16);
}

function compilePattern(pattern: string): Regex | CelError {
  if (pattern.length > MAXIMUM_PATTERN) return new CelError('the regular expression is too long');
  try {
    const re = RE2JS.compile(pattern);
    return { pattern: re, size: re.programSize(), looksAhead: !repeatedClass.test(pattern) };
  } catch (error) {
    // What re2js quotes at the end is the pattern, or the most of it.
    const reason = (error instanceof Error ? error.message : String(error)).replace(/: `[\s\S]*`$/, '');
    return new CelError(`${quoted(pattern)} is not a regular expression of RE2: ${reason}`);
  }
}
