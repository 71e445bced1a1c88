import { type CharacterTest, isWordCharacter, PatternError } from './pattern-tree.ts';

const POSIX: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\x00-\x7f',
  blank: '\t ',
  cntrl: '\x00-\x1f\x7f',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-/:-@[-`{-~',
  space: '\t-\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};

/** `\d`, `\D`, `\s`, `\S`, `\w`, `\W`: ASCII only, as in RE2. */
export function perlClass(letter: string): CharacterTest | undefined {
  const lower = letter.toLowerCase();
  const test = { d: between(0x30, 0x39), s: isSpace, w: isWordCharacter }[lower];
  return test && (letter === lower ? test : negated(test));
}

/** `[:alpha:]` and its like. */
export function posixClass(name: string): CharacterTest {
  const ranges = Object.hasOwn(POSIX, name) ? POSIX[name] : undefined;
  if (ranges === undefined) throw new PatternError(`there is no class [:${name}:]`);
  const tests: CharacterTest[] = [];
  const characters = [...ranges];
  for (let index = 0; index < characters.length; index += 1) {
    const isRange = characters[index + 1] === '-' && index + 2 < characters.length;
    const low = characters[index]?.codePointAt(0) ?? 0;
    tests.push(between(low, isRange ? (characters[index + 2]?.codePointAt(0) ?? low) : low));
    if (isRange) index += 2;
  }
  return anyOf(tests);
}

/** `\pL`, `\p{Greek}`: a Unicode category or script. One character is tested at a time, so it takes constant time. */
export function unicodeClass(name: string): CharacterTest {
  for (const body of [name, `Script=${name}`]) {
    if (!/^[A-Za-z_=]+$/.test(body)) continue;
    try {
      const pattern = new RegExp(`^\\p{${body}}$`, 'u');
      return (codePoint) => pattern.test(String.fromCodePoint(codePoint));
    } catch {
      // Not a category; perhaps a script.
    }
  }
  throw new PatternError(`there is no Unicode class ${JSON.stringify(name)}`);
}

export function between(low: number, high: number): CharacterTest {
  return (codePoint) => codePoint >= low && codePoint <= high;
}

export function anyOf(tests: readonly CharacterTest[]): CharacterTest {
  return (codePoint) => tests.some((test) => test(codePoint));
}

export function negated(test: CharacterTest): CharacterTest {
  return (codePoint) => !test(codePoint);
}

/** The class that also takes what it takes in the other case. */
export function ignoringCase(test: CharacterTest): CharacterTest {
  return (codePoint) => {
    if (test(codePoint)) return true;
    const character = String.fromCodePoint(codePoint);
    return [character.toLowerCase(), character.toUpperCase()].some(
      (other) => [...other].length === 1 && test(other.codePointAt(0) ?? codePoint),
    );
  };
}

function isSpace(codePoint: number): boolean {
  return codePoint === 0x20 || codePoint === 0x0c || codePoint === 0x0d || codePoint === 0x09 || codePoint === 0x0a;
}
