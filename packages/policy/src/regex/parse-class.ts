import { anyOf, between, negated, perlClass, posixClass, unicodeClass } from './character-class.ts';
import { type CharacterTest, PatternError } from './pattern-tree.ts';
import type { Scanner } from './scanner.ts';

const CONTROL: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };
const MAXIMUM_CODE_POINT = 0x10ffff;

/** What follows `[`, with its `]`. */
export function parseBracketClass(scanner: Scanner): CharacterTest {
  const isNegated = scanner.take('^');
  const tests: CharacterTest[] = [];
  while (tests.length === 0 || scanner.peek() !== ']') {
    if (scanner.done) throw new PatternError('a missing ]');
    tests.push(parseClassItem(scanner));
  }
  scanner.next();
  return isNegated ? negated(anyOf(tests)) : anyOf(tests);
}

function parseClassItem(scanner: Scanner): CharacterTest {
  const posix = scanner.matches(/^\[:(\^?)(\w+):\]/);
  if (posix) return posix[1] === '^' ? negated(posixClass(posix[2] ?? '')) : posixClass(posix[2] ?? '');
  const low = parseClassCharacter(scanner);
  if (typeof low === 'function') return low;
  if (!scanner.matches(/^-(?=[^\]])/)) return between(low, low);
  const high = parseClassCharacter(scanner);
  if (typeof high === 'function' || high < low) throw new PatternError('an invalid range in [ ]');
  return between(low, high);
}

function parseClassCharacter(scanner: Scanner): number | CharacterTest {
  if (scanner.peek() === '\\') return parseEscaped(scanner);
  return scanner.next().codePointAt(0) ?? 0;
}

/** `\d`, `\.`, `\x41`, `\pL` and their like, outside a class. */
export function parseEscape(scanner: Scanner): CharacterTest {
  const escaped = parseEscaped(scanner);
  return typeof escaped === 'function' ? escaped : between(escaped, escaped);
}

function parseEscaped(scanner: Scanner): number | CharacterTest {
  scanner.next();
  const property = scanner.matches(/^([pP])(?:\{(\^?)(\w+)\}|([A-Z]))/);
  if (property) {
    const [, letter, caret = '', long, short] = property;
    const test = unicodeClass(long ?? short ?? '');
    return (letter === 'P') !== (caret === '^') ? negated(test) : test;
  }
  const hexadecimal = scanner.matches(/^x(?:([0-9a-fA-F]{2})|\{([0-9a-fA-F]{1,6})\})/);
  if (hexadecimal) {
    const codePoint = Number.parseInt(hexadecimal[1] ?? hexadecimal[2] ?? '', 16);
    if (codePoint > MAXIMUM_CODE_POINT) throw new PatternError('an invalid \\x escape');
    return codePoint;
  }
  const octal = scanner.matches(/^(0[0-7]{0,2}|[1-7][0-7]{1,2})/);
  if (octal) return Number.parseInt(octal[0], 8);
  const letter = scanner.next();
  const perl = /^[dDsSwW]$/.test(letter) ? perlClass(letter) : undefined;
  if (perl) return perl;
  if (Object.hasOwn(CONTROL, letter)) return CONTROL[letter] ?? 0;
  // Letters and digits are reserved: \1 would be a back reference, which RE2 does not have.
  if (/^[0-9A-Za-z]$/.test(letter)) throw new PatternError(`\\${letter} is not part of RE2`);
  return letter.codePointAt(0) ?? 0;
}
