import { describe, expect, it } from 'vitest';
import { compile } from '../compile.ts';
import { DEFAULT_LIBRARIES } from '../default-libraries.ts';
import type { Evaluation } from '../program.ts';
import { ArrayList, type CelValue } from '../value.ts';
import { encodersLibrary } from './encoders-library.ts';
import { mathLibrary } from './math-library.ts';
import { regexLibrary } from './regex/regex-library.ts';

const BUDGET = 1_000_000;

/** A list that holds itself 2^40 times over, in 40 lists. */
function doubled(): CelValue {
  let list: CelValue = new ArrayList([1n]);
  for (let level = 0; level < 40; level += 1) list = new ArrayList([list, list]);
  return list;
}

const VARIABLES: ReadonlyMap<string, CelValue> = new Map<string, CelValue>([
  ['letters', 'a'.repeat(5_000_000)],
  ['line', 'a'.repeat(50_000)],
  ['needle', `${'a'.repeat(1_000_000)}b`],
  ['emoji', '😁'.repeat(1_000_000)],
  ['doubled', doubled()],
  ['twin', doubled()],
  ['texts', new ArrayList(Array.from({ length: 1_000 }, () => 'a'.repeat(100_000)))],
  ['nested', new ArrayList(Array.from({ length: 5_000 }, (_, index) => new ArrayList([BigInt(index)])))],
]);

function evaluate(expression: string): Evaluation {
  const compilation = compile(expression, {
    variables: [...VARIABLES.keys()],
    records: new Map(),
    libraries: [...DEFAULT_LIBRARIES, mathLibrary, encodersLibrary, regexLibrary],
    result: 'any',
  });
  if (compilation.kind === 'error') throw new Error(compilation.message);
  const budget = { remaining: BUDGET };
  return compilation.program.evaluate((name) => {
    const content = VARIABLES.get(name);
    return content === undefined ? undefined : { kind: 'value', content };
  }, budget);
}

describe('a function that is given too much', () => {
  it.each([
    "letters.replace('a', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')",
    "letters.replace('', letters)",
    "letters.split('')",
    "letters.split('a')",
    'letters.indexOf(needle)',
    'letters.lastIndexOf(needle)',
    "texts.join(',')",
    'texts.join(letters)',
    "regex.replace(letters, '(.*)', '\\\\1\\\\1\\\\1')",
    'url(letters)',
    'lists.range(1000000).distinct()',
    'nested.distinct()',
    'sets.contains(nested, nested.reverse())',
    'doubled == twin',
    "'%s'.format([doubled])",
    "'%s %s %s'.format([letters, letters, letters])",
    "letters.findAll('a.*b|a')",
    "letters.findAll('')",
    'doubled.flatten(100)',
    "line.findAll('a.*b|a')",
    "texts.exists(text, '%s'.format([doubled]) == '' || true)",
    '[doubled].indexOf(twin)',
    '[doubled, twin].distinct()',
    'sets.equivalent([doubled], [twin])',
  ])('%s takes more steps than it has', (expression) => {
    expect(evaluate(expression).kind).toBe('budget');
  });

  it.each([
    "quantity('1e999999999').add(quantity('1'))",
    'quantity(letters)',
    'ip(letters)',
    'cidr(letters)',
    'semver(letters)',
    "letters.matches('((a{100}){100}){1' + '00}')",
    'letters.substring(6000000)',
    'emoji.charAt(1000001)',
  ])('%s is an error', (expression) => {
    expect(evaluate(expression).kind).toBe('error');
  });

  it.each([
    ["line.matches('^(a+)+$')", true],
    ["line.find('(a*)*b') == ''", true],
    ['letters.lowerAscii() == letters', true],
    ["(line + ' ').trim() == line", true],
    ["emoji.indexOf('b')", -1n],
    ['isIP(letters) || isCIDR(letters) || isQuantity(letters) || isSemver(letters)', false],
    ['format.dns1123Label().validate(line).hasValue()', true],
    ["quantity('1e999999999').isGreaterThan(quantity('1e999999998'))", true],
    ["sign(quantity('-1e-999999999'))", -1n],
    ['math.greatest(nested.map(x, x[0]))', 4999n],
    // One class of characters, repeated, is never searched for further than it matches.
    ["line.findAll('[a]').size()", 50_000n],
    ["(line + '-' + line).findAll('[^-]{9,}').size()", 2n],
  ])('%s is answered all the same', (expression, value) => {
    expect(evaluate(expression)).toMatchObject({ kind: 'value', content: value });
  });

  it('gives no more than the constructor of a map, should one be asked for', () => {
    for (const key of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      expect(evaluate(`{'a': 1}.?${key}.hasValue() || '${key}' in {'a': 1}`)).toMatchObject({ content: false });
      expect(evaluate(`format.named('${key}').hasValue()`)).toMatchObject({ content: false });
    }
  });
});
