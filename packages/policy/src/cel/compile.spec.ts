import { describe, expect, it } from 'vitest';
import type { Json } from '../json.ts';
import { celValue } from './cel-input.ts';
import { compile } from './compile.ts';
import type { CelEnvironment, Compilation, Program } from './program.ts';

const ENVIRONMENT: CelEnvironment = {
  variables: ['object', 'secret', 'authorizer', 'variables'],
  records: new Map([['variables', ['image']]]),
  literals: 'homogeneous',
  result: 'any',
};

function program(expression: string): Program {
  const compilation = compile(expression, ENVIRONMENT);
  if (compilation.kind === 'error') throw new Error(compilation.message);
  return compilation.program;
}

function evaluate(expression: string, object: Json = {}, steps = 100_000) {
  return program(expression).evaluate(
    (name) => {
      if (name === 'object') return celValue(object);
      if (name === 'variables') return { kind: 'record', field: () => ({ kind: 'error', message: 'no image' }) };
      return { kind: 'unknown', reason: `${name} is not known` };
    },
    { remaining: steps },
  );
}

function value(expression: string, object?: Json): unknown {
  const evaluation = evaluate(expression, object);
  if (evaluation.kind !== 'value') throw new Error(JSON.stringify(evaluation));
  return evaluation.content;
}

function refusal(expression: string): Extract<Compilation, { kind: 'error' }> {
  const compilation = compile(expression, ENVIRONMENT);
  if (compilation.kind !== 'error') throw new Error(`${expression} compiles`);
  return compilation;
}

const DEPLOYMENT = {
  spec: {
    replicas: 2,
    ratio: 0.5,
    nothing: null,
    containers: [{ name: 'app', image: 'r:1' }, { name: 'proxy' }],
    labels: { app: 'x', constructor: 'y' },
  },
};

describe('values of a document', () => {
  it.each([
    ['object.spec.replicas >= 2'],
    ['object.spec.replicas == 2 && type(object.spec.replicas) == int'],
    ['object.spec.replicas == 2.0 && object.spec.replicas < 2.5'],
    ['object.spec.ratio == 0.5 && type(object.spec.ratio) == double'],
    ['object.spec.replicas in [1, 2]'],
    ["object.spec.containers.map(c, c.name) == ['app', 'proxy']"],
    ["object.spec.containers.exists_one(c, c.name == 'proxy')"],
    ["object.spec.labels == {'app': 'x', 'constructor': 'y'} || 'constructor' in object.spec.labels"],
    ["object.spec.labels['constructor'] == 'y'"],
    ["object.spec.labels.all(key, key in ['app', 'constructor'])"],
    ['object.spec.nothing == null && object.spec.containers != null'],
    ["'constructor' in object.spec.labels && !('constructor' in object.spec)"],
  ])('%s', (expression) => {
    expect(value(expression, DEPLOYMENT)).toBe(true);
  });
});

describe('has() and optionals, as in cel-go', () => {
  it.each([
    ['has(object.spec.replicas)', true],
    ['has(object.spec.zone)', false],
    ['has(object.spec.nothing)', true],
    ['has(object.spec.nothing.field)', false],
    ['has(object.spec.replicas.field)', false],
    ['has(object.spec.containers[0].image)', true],
    ["has(object.spec.containers.filter(c, c.name == 'proxy')[0].image)", false],
    ['has(object.?spec.?zone.name)', false],
    ['has(object.__proto__)', false],
    ['has(object.spec.constructor)', false],
    ["{'a': 1}.size() == 1 && has({'a': 1}.a)", true],
    ['object.?spec.?zone.orValue("none") == "none"', true],
    ['object.?spec.?nothing.?field.orValue(3) == 3', true],
    ['object.spec[?"replicas"].orValue(0) == 2', true],
    ['object.spec.?replicas.hasValue()', true],
    ['optional.of(1).value() == 1', true],
  ])('%s is %s', (expression, expected) => {
    expect(value(expression, DEPLOYMENT)).toBe(expected);
  });

  it('reading below a missing field is an error', () => {
    expect(evaluate('has(object.spec.zone.name)', DEPLOYMENT)).toEqual({ kind: 'error', message: 'no such key: zone' });
  });
});

describe('functions', () => {
  it.each([
    ["'a,b'.split(',').join('-') == 'a-b'"],
    ["' X '.trim().lowerAscii() == 'x'"],
    ["'aXbXc'.replace('X', '-') == 'a-b-c' && 'aXbXc'.replace('X', '-', 1) == 'a-bXc'"],
    ["'abc'.charAt(1) == 'b'"],
    ["'%s has %d of %s, %.2f%%'.format(['x', 3, ['a', 'b'], 1.5]) == 'x has 3 of [\"a\", \"b\"], 1.50%'"],
    ["'repo:1.2'.matches('^[a-z]+:[0-9.]+$') && matches('abc', 'b')"],
    ["quantity('1Gi').isGreaterThan(quantity('1000M')) && quantity('0.5').compareTo(quantity('500m')) == 0"],
    ["quantity('1Ki') == quantity('1024') && quantity('2').asInteger() == 2 && !isQuantity('2 Gi')"],
    ["quantity('1').add(quantity('1500m')).sub(quantity('500m')) == quantity('2')"],
    ["quantity('1e3').isLessThan(quantity('1.1k'))"],
    ["cel.bind(name, 'x', name + name) == 'xx'"],
  ])('%s', (expression) => {
    expect(value(expression)).toBe(true);
  });

  it('an exponential regular expression ends at once', () => {
    expect(value(`object.name.matches('^(a+)+$')`, { name: `${'a'.repeat(3_000)}!` })).toBe(false);
  });

  it('a regular expression that RE2 does not have is an error', () => {
    expect(evaluate(`'a'.matches('(?=' + 'a)')`)).toMatchObject({
      kind: 'error',
      message: expect.stringContaining('RE2'),
    });
  });
});

describe('what cannot be known', () => {
  it.each([
    ['secret == 1', 'unknown'],
    ['secret.?name.orValue("x") == "x"', 'unknown'],
    ['object.missing || secret == 1', 'unknown'],
    ['secret == 1 || object.missing', 'unknown'],
    ['[1, 2].all(x, x == secret)', 'unknown'],
    ["authorizer.group('apps').resource('deployments').check('create').allowed()", 'unknown'],
    ['true || secret == 1', 'value'],
    ['secret == 1 || true', 'value'],
    ['secret == 1 && false', 'value'],
  ])('%s is %s', (expression, kind) => {
    expect(evaluate(expression).kind).toBe(kind);
  });

  it('a failed variable is the failure of who reads it, and only of those', () => {
    expect(evaluate('variables.image == "x"')).toEqual({ kind: 'error', message: 'no image' });
    expect(value('true || variables.image == "x"')).toBe(true);
  });
});

describe('refuses', () => {
  it.each([
    ['object.', 'the expression ends where the name of a field is expected', 7],
    ['object.spec ==', 'the expression ends where a value is expected', 14],
    ['object.spec = 1', '"=" is not a part of CEL', 12],
    ['(object.a || object.b', 'the expression ends where ")" is expected', 21],
    ['[1, 2', 'the expression ends where "]" is expected', 5],
    ['object.list.map(1, 2)', 'map() begins with the name of a variable', 16],
    ['objekt.spec', 'there is no variable "objekt"', 0],
    ['1 + "a"', 'no overload of + takes (int, string)', 2],
    ['object.explode()', 'there is no method explode()', 7],
    ['"a".startsWith(1)', 'no overload of startsWith() takes (string, int)', 4],
    ['!object.a && !1', '! takes bool, but this is int', 14],
    ['has(object)', 'has() takes one field', 4],
    ['"a" @ "b"', '"@" is not a part of CEL', 4],
    ["'a\\qb'", 'is not an escape sequence', 2],
    ['"abc', 'the string is not closed', 0],
    ['9223372036854775808', 'does not fit into 64 bits', 0],
    ['object.for + for', '"for" is a reserved word', 13],
    ['Message{field: 1}', 'there is no message type Message here', 0],
  ])('%s at its place', (expression, message, offset) => {
    expect(refusal(expression)).toMatchObject({
      message: expect.stringContaining(message),
      offset,
    });
  });

  it('a misspelt variable with the nearest name', () => {
    expect(refusal('objekt.spec').hint).toBe('did you mean "object"?');
    expect(refusal('variables.imgae').hint).toBe('did you mean "image"?');
  });

  it.each([
    ['3,000 parentheses', `${'('.repeat(3_000)}1${')'.repeat(3_000)}`],
    ['3,000 negated parentheses', `${'!('.repeat(3_000)}true${')'.repeat(3_000)}`],
    ['3,000 conditions', `${'true ? true : '.repeat(3_000)}true`],
    ['3,000 calls', `${'size('.repeat(3_000)}""${')'.repeat(3_000)}`],
    ['3,000 methods', `"a"${'.trim()'.repeat(3_000)}`],
    ['3,000 fields', `object${'.a'.repeat(3_000)}`],
    ['3,000 lists', `${'['.repeat(3_000)}${']'.repeat(3_000)}`],
  ])('%s without a crash', (_name, expression) => {
    expect(refusal(expression).message).toMatch(/deep|large|Exceeded/);
  });

  it('the same depth on every machine', () => {
    expect(value(`${'['.repeat(397)}true${']'.repeat(397)}.size() == 1`)).toBe(true);
    expect(refusal(`${'['.repeat(398)}true${']'.repeat(398)}.size() == 1`).message).toMatch(
      'nested deeper than 400 levels',
    );
  });

  it.each([
    ['alternatives', `false${' || object.n == 2'.repeat(20_000)}`, false],
    ['conditions', `true${' && object.n == 1'.repeat(20_000)}`, true],
    ['sums', `object.n${' + 1'.repeat(20_000)} == 20001`, true],
    ['products and sums', `0${' + object.n * 2'.repeat(20_000)} == 40000`, true],
    ['negations', `${'!'.repeat(100_001)}true`, false],
  ])('no row, however long: 20,000 %s', (_name, expression, expected) => {
    expect(evaluate(expression, { n: 1 }, 1_000_000)).toMatchObject({ kind: 'value', content: expected });
  });

  it('a type other than the one that is asked for', () => {
    const compilation = compile('"text"', { ...ENVIRONMENT, result: 'bool' });
    expect(compilation).toMatchObject({
      kind: 'error',
      message: 'the expression must return bool, but returns string',
    });
  });
});

describe('the budget of steps', () => {
  it('ends nested loops', () => {
    const list = Array.from({ length: 100 }, (_, index) => index);
    const loops = 'object.l.all(a, object.l.all(b, object.l.all(c, object.l.all(d, a + b + c + d >= 0))))';
    expect(evaluate(loops, { l: list })).toEqual({
      kind: 'budget',
      message: 'the expression takes more steps than its budget allows',
    });
  });

  it('ends lists that double', () => {
    const doubling = Array.from({ length: 40 }, (_, n) => `cel.bind(v${n + 1}, v${n} + v${n}, `).join('');
    const expression = `cel.bind(v0, [1, 2], ${doubling}v40.size())${')'.repeat(40)}`;
    expect(evaluate(expression).kind).toBe('budget');
  });

  it.each(["object.s.matches('([a-z]{1,50}x){20}$')", "matches(object.s, '([a-z]{1,50}x){20}$')"])(
    'pays for %s by the text and the pattern',
    (expression) => {
      const match = program(expression);
      const run = (text: string) => match.evaluate(() => celValue({ s: text }), { remaining: 100_000 }).kind;
      expect([run('a'.repeat(100)), run('a'.repeat(10_000)), run('a'.repeat(100))]).toEqual([
        'value',
        'budget',
        'value',
      ]);
    },
  );

  it('decides the same on every run, and is not used up by the run before', () => {
    const loop = program('object.l.all(a, a >= 0)');
    const run = (remaining: number) => loop.evaluate(() => celValue({ l: [1, 2, 3] }), { remaining }).kind;
    expect([run(30), run(10), run(30)]).toEqual(['value', 'budget', 'value']);
  });
});

describe('what an expression reads', () => {
  it.each([
    ['has(object.spec.a) && object.spec.b == 1', ['object.spec.a', 'object.spec.b']],
    ["object.metadata.labels['x/y'] == '' ", ['object.metadata.labels.x/y']],
    ["'x' in object.metadata.labels", ['object.metadata.labels.x']],
    ['object.?spec.?a.orValue({}).b == 1', ['object.spec.a.b']],
    ['object.list.all(c, has(c.image))', ['object.list']],
    ['object.list[object.index].a', ['object.index', 'object.list']],
    ['variables.image.startsWith("x")', ['variables.image']],
  ])('%s', (expression, expected) => {
    const paths = program(expression).references.map(({ root, path }) => [root, ...path].join('.'));
    expect([...new Set(paths)].sort()).toEqual(expected);
  });

  it('all() tells the element on which it failed, and the paths below it', () => {
    const evaluation = evaluate('object.spec.containers.all(c, has(c.image) && c.image.endsWith("1"))', DEPLOYMENT);
    expect(evaluation).toEqual({
      kind: 'value',
      content: false,
      failedElements: [{ element: { name: 'proxy' }, paths: [['image'], ['image']] }],
    });
  });
});

it('a document that is nested too deeply is an error where it is compared, not a crash', () => {
  const nested = (): Json => {
    let deep: Json = 1;
    for (let level = 0; level < 20_000; level += 1) deep = [deep];
    return deep;
  };
  const object = { a: nested(), b: nested() };
  expect(evaluate('object.a == 1', object)).toMatchObject({ kind: 'value', content: false });
  expect(evaluate('object.a == object.b', object)).toEqual({
    kind: 'error',
    message: 'the values are nested deeper than 500 levels',
  });
});
