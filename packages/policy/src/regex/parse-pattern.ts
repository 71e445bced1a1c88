import { ignoringCase } from './character-class.ts';
import { parseBracketClass, parseEscape } from './parse-class.ts';
import { type CharacterTest, PatternError, type PatternTree } from './pattern-tree.ts';
import { Scanner } from './scanner.ts';

const MAXIMUM_GROUP_DEPTH = 200;
/** RE2's own limit on counted repetition. */
const MAXIMUM_COUNT = 1_000;

interface Flags {
  readonly ignoreCase: boolean;
  readonly multiLine: boolean;
  readonly dotAll: boolean;
}

/**
 * Parses RE2's syntax (https://github.com/google/re2/wiki/Syntax). What RE2 does not have, back references
 * and look-around, is an error here as well.
 *
 * @throws PatternError
 */
export function parsePattern(source: string): PatternTree {
  const scanner = new Scanner(source);
  const tree = parseChoice(scanner, { ignoreCase: false, multiLine: false, dotAll: false }, 0);
  if (!scanner.done) throw new PatternError('an unexpected )');
  return tree;
}

function parseChoice(scanner: Scanner, outer: Flags, depth: number): PatternTree {
  if (depth > MAXIMUM_GROUP_DEPTH) throw new PatternError('groups are nested too deeply');
  let flags = outer;
  let parts: PatternTree[] = [];
  const options: PatternTree[] = [];
  while (!scanner.done && scanner.peek() !== ')') {
    if (scanner.take('|')) {
      options.push({ kind: 'sequence', parts });
      parts = [];
      continue;
    }
    if (scanner.take('\\Q')) {
      for (const character of scanner.until('\\E', { orEnd: true })) parts.push(literal(character, flags));
      continue;
    }
    const set = scanner.matches(/^\(\?([imsU]*)(?:-([imsU]+))?\)/);
    if (set) {
      flags = changed(flags, set[1] ?? '', set[2] ?? '');
      continue;
    }
    parts.push(parseRepeat(scanner, parseAtom(scanner, flags, depth)));
  }
  options.push({ kind: 'sequence', parts });
  return options.length === 1 ? { kind: 'sequence', parts } : { kind: 'choice', options };
}

function parseAtom(scanner: Scanner, flags: Flags, depth: number): PatternTree {
  if (scanner.take('(')) return parseGroup(scanner, flags, depth);
  if (scanner.take('[')) return character(parseBracketClass(scanner), flags);
  if (scanner.take('.'))
    return { kind: 'character', test: flags.dotAll ? () => true : (codePoint) => codePoint !== 0x0a };
  if (scanner.take('^')) return { kind: 'assertion', assertion: flags.multiLine ? 'line-start' : 'text-start' };
  if (scanner.take('$')) return { kind: 'assertion', assertion: flags.multiLine ? 'line-end' : 'text-end' };
  if (scanner.take('\\A')) return { kind: 'assertion', assertion: 'text-start' };
  if (scanner.take('\\z')) return { kind: 'assertion', assertion: 'text-end' };
  if (scanner.take('\\b')) return { kind: 'assertion', assertion: 'word-boundary' };
  if (scanner.take('\\B')) return { kind: 'assertion', assertion: 'not-word-boundary' };
  if (scanner.peek() === '\\') return character(parseEscape(scanner), flags);
  const next = scanner.next();
  if (next === '*' || next === '+' || next === '?') throw new PatternError(`nothing to repeat before ${next}`);
  return literal(next, flags);
}

function parseGroup(scanner: Scanner, outer: Flags, depth: number): PatternTree {
  let flags = outer;
  if (scanner.peek() === '?') {
    const open = scanner.matches(/^\?(?:P?<(\w+)>|([imsU]*)(?:-([imsU]+))?:)/);
    if (!open) throw new PatternError('look-around is not part of RE2, or the group is malformed');
    flags = changed(outer, open[2] ?? '', open[3] ?? '');
  }
  const tree = parseChoice(scanner, flags, depth + 1);
  if (!scanner.take(')')) throw new PatternError('a missing )');
  return tree;
}

function parseRepeat(scanner: Scanner, part: PatternTree): PatternTree {
  const counted = scanner.matches(/^(?:([*+?])|\{(\d{1,9})(,(\d{0,9}))?\})\??/);
  if (!counted) return part;
  const [, sign, low, comma, high] = counted;
  if (/^[*+?]/.test(scanner.peek())) throw new PatternError('a repetition of a repetition');
  if (sign !== undefined) {
    return {
      kind: 'repeat',
      part,
      minimum: sign === '+' ? 1 : 0,
      maximum: sign === '?' ? 1 : Number.POSITIVE_INFINITY,
    };
  }
  const minimum = Number(low);
  const maximum = comma === undefined ? minimum : high ? Number(high) : Number.POSITIVE_INFINITY;
  const largest = maximum === Number.POSITIVE_INFINITY ? minimum : maximum;
  if (largest > MAXIMUM_COUNT || minimum > maximum) throw new PatternError('an invalid repeat count');
  return { kind: 'repeat', part, minimum, maximum };
}

function changed(flags: Flags, on: string, off: string): Flags {
  const is = (letter: string, before: boolean): boolean => (on.includes(letter) || before) && !off.includes(letter);
  return {
    ignoreCase: is('i', flags.ignoreCase),
    multiLine: is('m', flags.multiLine),
    dotAll: is('s', flags.dotAll),
  };
}

function character(test: CharacterTest, flags: Flags): PatternTree {
  return { kind: 'character', test: flags.ignoreCase ? ignoringCase(test) : test };
}

function literal(text: string, flags: Flags): PatternTree {
  const wanted = text.codePointAt(0);
  return character((codePoint) => codePoint === wanted, flags);
}
