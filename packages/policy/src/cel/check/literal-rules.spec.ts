import { describe, expect, it } from 'vitest';
import { compile } from '../compile.ts';
import { opaqueType, STRING } from '../type.ts';

const ENVIRONMENT = {
  variables: ['object', 'name', 'address'],
  types: new Map([
    ['name', STRING],
    ['address', opaqueType('net.IP')],
  ]),
  records: new Map(),
  result: 'any',
} as const;

function refusal(expression: string): string | undefined {
  const compilation = compile(expression, ENVIRONMENT);
  if (compilation.kind === 'program') return undefined;
  return `${expression.slice(compilation.offset, compilation.end)}: ${compilation.message}`;
}

describe('what a cluster refuses when a policy is created', () => {
  it.each([
    ["duration('1 day')", "'1 day': "],
    ["timestamp('2021-02-29T00:00:00Z')", "'2021-02-29T00:00:00Z': "],
    ["object.matches('(?=a)')", "'(?=a)': "],
    ["matches(object, '(')", "'(': "],
    ["object.findAll('a{1001}')", "'a{1001}': "],
    ["[1, 'a'].exists(x, x == 1)", "'a': "],
    ['name in [name, object.name]', 'object.name: '],
    ["{'a': 1, 'b': 'c'}", "'c': "],
    ["{'a': 1, 2: 3}", '2: '],
    ["[[1], ['a']]", "['a']: "],
    ["'%s and %s'.format([name])", "'%s and %s': "],
    ["'%s'.format([name, 1])", '[name, 1]: '],
    ["'%d'.format([name])", 'name: %d does not take a value of type string'],
    ["'%s'.format([address])", 'address: %s does not take a value of type net.IP'],
    ["'%q'.format([name])", "'%q': "],
    ['cel.bind(x, 1, x)', 'cel.bind(x, 1, x): '],
  ])('%s', (expression, message) => {
    expect(refusal(expression)).toMatch(new RegExp(`^${message.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`));
  });

  it.each([
    "'%s has %d of %s'.format([name, 1, [1, 'a', {'b': [true, 1.5]}]])",
    "'%s %d %f %x'.format([object.a, object.b, object.c, object.d])",
    "'%s'.format(object.all)",
    'duration(object.soak)',
    "name.matches('^(' + object.pattern + ')$')",
    '[[], [1], [2]]',
    '[{}, {1: 2}]',
    '[object.a, object.b]',
    '[?optional.of(1), 2]',
    '[optional.none(), optional.of(1)]',
    '[1.0, double(2)]',
  ])('is not %s', (expression) => {
    expect(refusal(expression)).toBeUndefined();
  });

  it('is less in Kyverno, and nothing in CEL itself', () => {
    const compiles = (expression: string, literals: 'any' | 'homogeneous'): boolean =>
      compile(expression, { ...ENVIRONMENT, literals }).kind === 'program';
    expect(compiles('name in [name, object.name] || cel.bind(x, true, x)', 'homogeneous')).toBe(true);
    expect(compiles("[1, 'a'] == []", 'homogeneous')).toBe(false);
    expect(compiles("[1, 'a'] == [] || duration('1 day') == duration('1h')", 'any')).toBe(true);
  });

  it('is seen in 20,000 terms as well', () => {
    const terms = Array.from({ length: 20_000 }, () => 'object.a').join(' || ');
    expect(refusal(`${terms} || name in ['a', 1]`)).toMatch(/^1: /);
  });
});
