import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../json.ts';
import { type CelInput, celValue } from '../cel-input.ts';
import { compile } from '../compile.ts';
import type { Evaluation, Program } from '../program.ts';
import { expressionSources } from '../syntax/testing/expressions.ts';

const VARIABLES = ['a', 'b', 'object', 'x_1', 'request', 'secret', 'other'];

function program(expression: string): Program {
  const compilation = compile(expression, {
    variables: VARIABLES,
    records: new Map(),
    literals: 'homogeneous',
    result: 'any',
  });
  if (compilation.kind === 'error') throw new Error(`${expression}: ${compilation.message}`);
  return compilation.program;
}

const REQUEST: CelInput = {
  kind: 'record',
  field: (name) => {
    if (name === 'operation') return celValue('CREATE');
    return name === 'userInfo' ? { kind: 'unknown', reason: 'who asks' } : undefined;
  },
};

function evaluate(expression: string, object: Json = {}, remaining = 100_000): Evaluation {
  return program(expression).evaluate(
    (name) => {
      if (name === 'request') return REQUEST;
      if (name === 'secret' || name === 'other') return { kind: 'unknown', reason: name };
      return celValue(object);
    },
    { remaining },
  );
}

function value(expression: string, object?: Json): unknown {
  const evaluation = evaluate(expression, object);
  if (evaluation.kind !== 'value') throw new Error(JSON.stringify(evaluation));
  return evaluation.content;
}

describe('what is unknown spreads only as far as it decides', () => {
  it.each([
    ['secret && false', false],
    ['false && secret', false],
    ['secret || true', true],
    ['[secret, other][1]', 'secret'],
    ['secret && true', 'secret'],
    ['secret || other', 'secret; other'],
    ['secret == other', 'secret; other'],
    ['secret + 1 == 2 || object.missing', 'secret'],
    ['object.missing || secret', 'secret'],
    ['true ? 1 : secret', 1n],
    ['secret ? 1 : 2', 'secret'],
    ['[1, 2].all(x, x > 5 || secret)', 'secret'],
    ['[1, 2].all(x, x > 5 && secret)', false],
    ['[1, 2].exists(x, x == 2 || secret)', true],
    ['[1, 2].map(x, secret)', 'secret'],
    ['secret.all(x, true)', 'secret'],
    ['has(secret.field)', 'secret'],
    ['secret.?field.orValue(1)', 'secret'],
    ['optional.of(1).orValue(secret)', 1n],
    ['cel.bind(s, secret, true || s)', true],
    ['size(secret)', 'secret'],
    ["request.operation == 'CREATE'", true],
    ["request.userInfo.username == 'x'", 'who asks'],
    ["request.operation == 'DELETE' && request.userInfo.username == 'x'", false],
    ["request.userInfo.groups.exists(g, g == 'x') || request.operation == 'CREATE'", true],
  ])('%s', (expression, expected) => {
    const evaluation = evaluate(expression);
    if (evaluation.kind === 'unknown') expect(evaluation.reason).toBe(expected);
    else expect(evaluation).toMatchObject({ kind: 'value', content: expected });
  });
});

describe('errors', () => {
  it.each([
    ['1 / 0', 'division by zero'],
    ['9223372036854775807 + 1', 'integer overflow'],
    ['-(-9223372036854775807 - 1)', 'integer overflow'],
    ['0u - 1u', 'unsigned integer overflow'],
    ['int(1e19)', 'integer overflow'],
    ['[1][1]', 'index out of bounds: 1'],
    ['{"a": 1}["b"]', 'no such key: b'],
    ['{1: 2, 1: 3}', 'the map has the same key twice'],
    ['{dyn(1.5): 2}', 'a key of a map is a string, an int, a uint or a bool'],
    ['[1, 2].exists_one(x, 1 / (x - 1) > 0)', 'division by zero'],
    ['optional.none().value()', 'optional.none() dereference'],
    ["timestamp('2023-02-29T00:00:00Z')", '"2023-02-29T00:00:00Z" is not a timestamp of RFC 3339'],
    ["timestamp('9999-12-31T23:59:59Z') + duration('1s')", 'timestamp out of range'],
    ["duration('1x')", '"1x" is not a duration, such as 1h30m or 1.5s'],
    ["timestamp(0).getHours('Moon/Base')", '"Moon/Base" is not a time zone'],
    ["object.n.startsWith('x')", 'no such overload: startsWith(int, string)'],
    ['object.n + "x" == "1x"', 'no such overload: +(int, string)'],
    ['object.n.all(x, true)', 'no such overload: all(int)'],
  ])('%s', (expression, message) => {
    const checked = compile(expression, {
      variables: VARIABLES,
      records: new Map(),
      result: 'any',
      literals: 'any',
    });
    if (checked.kind === 'error') throw new Error(checked.message);
    const evaluation = checked.program.evaluate(() => celValue({ n: 1 }), { remaining: 1_000 });
    expect(evaluation).toEqual({ kind: 'error', message });
  });

  it.each([
    'false && 1 / 0 > 0',
    '1 / 0 > 0 && false',
    '[0, 1].all(x, 1 / x > 0 && x > 5)',
    'false ? 1 / 0 > 0 : false',
    '[0, 1].exists(x, 1 / x > 0) == false',
  ])('that do not decide are absorbed: %s', (expression) => {
    expect(value(expression)).toBe(false);
  });
});

describe('the values of a document', () => {
  it('have no more than the document has', () => {
    const object = JSON.parse('{"__proto__": {"x": 1}, "constructor": "c", "list": [1]}');
    expect(value('object.__proto__.x == 1 && object.constructor == "c" && object["constructor"] == "c"', object)).toBe(
      true,
    );
    expect(value('has(object.toString) || "hasOwnProperty" in object', object)).toBe(false);
    expect(evaluate('object.list["length"]', object)).toMatchObject({ kind: 'error' });
    expect(evaluate('has(object.list.length)', object)).toEqual({ kind: 'error', message: 'a list has no fields' });
    expect(evaluate('object.toString', object)).toEqual({ kind: 'error', message: 'no such key: toString' });
  });

  it('are counted by code points, and sorted by them', () => {
    expect(value('object.s.size() == 3 && "\\U0001F600" > "\\uFFFD"', { s: 'a😀b' })).toBe(true);
  });
});

describe('all() tells what failed', () => {
  const object = {
    list: [{ ok: true }, { ok: false }],
    names: ['good', 'bad'],
    labels: { a: 'x', b: '' },
    by: { k: { ok: false } },
  };

  it.each<[string, unknown]>([
    ['object.list.all(e, e.ok)', [{ element: { ok: false }, paths: [['ok']] }]],
    ['object.names.all(n, n == "good")', [{ element: object.names, paths: [[1]] }]],
    ['object.labels.all(k, object.labels[k] != "")', [{ element: object.labels, paths: [['b']] }]],
    ['object.by.all(k, v, v.ok)', [{ element: { ok: false }, paths: [['ok']] }]],
    ['object.list.filter(e, !e.ok).all(e, e.ok)', [{ element: { ok: false }, paths: [['ok']] }]],
    ['object.names.map(n, n + "!").all(n, n == "good!")', []],
  ])('%s', (expression, failedElements) => {
    expect(evaluate(expression, object)).toMatchObject({ content: false, failedElements });
  });

  it('as the very node of the document', () => {
    const evaluation = evaluate('object.list.all(e, e.ok)', object);
    if (evaluation.kind !== 'value') throw new Error('it is a value');
    expect(evaluation.failedElements[0]?.element).toBe(object.list[1]);
  });
});

describe('the budget', () => {
  /** Bindings that double a value again and again. */
  const doubling = (first: string, step: (name: string) => string, last: (name: string) => string): string => {
    const open = Array.from({ length: 60 }, (_, n) => `cel.bind(v${n + 1}, ${step(`v${n}`)}, `).join('');
    return `cel.bind(v0, ${first}, ${open}${last('v60')})${')'.repeat(60)}`;
  };

  it.each([
    [
      'strings',
      doubling(
        '"ab"',
        (v) => `${v} + ${v}`,
        (v) => `${v}.size()`,
      ),
    ],
    [
      'bytes',
      doubling(
        'b"ab"',
        (v) => `${v} + ${v}`,
        (v) => `${v}.size()`,
      ),
    ],
    [
      'lists',
      doubling(
        '[1]',
        (v) => `${v} + ${v}`,
        (v) => `${v}.size()`,
      ),
    ],
    [
      'maps that share, compared',
      doubling(
        '1',
        (v) => `{'a': ${v}, 'b': ${v}}`,
        (v) => `${v} == ${v}`,
      ),
    ],
    [
      'lists that share, compared',
      doubling(
        '1',
        (v) => `[${v}, ${v}]`,
        (v) => `${v} in [${v}]`,
      ),
    ],
    [
      'joined texts',
      doubling(
        '["a"]',
        (v) => `[${v}.join("-"), ${v}.join("+")]`,
        (v) => `${v}.size()`,
      ),
    ],
    [
      'replaced texts',
      doubling(
        '"aa"',
        (v) => `${v}.replace("a", ${v})`,
        (v) => `${v}.size()`,
      ),
    ],
    ['loops in loops', 'object.l.all(a, object.l.all(b, object.l.all(c, a + b + c >= 0)))'],
  ])('ends %s', (_name, expression) => {
    const object = { l: Array.from({ length: 100 }, (_, index) => index) };
    expect(evaluate(expression, object)).toEqual({
      kind: 'budget',
      message: 'the expression takes more steps than its budget allows',
    });
  });

  it('is not absorbed by what absorbs errors', () => {
    expect(evaluate('[1].all(a, object.l.all(b, true)) || true', { l: Array(1_000).fill(1) }, 500).kind).toBe('budget');
  });

  it('is shared by all that is evaluated with it', () => {
    const budget = { remaining: 20 };
    const kinds = Array.from({ length: 3 }, () => program('1 + 2 + 3 + 4').evaluate(() => undefined, budget).kind);
    expect(kinds).toEqual(['value', 'value', 'budget']);
  });

  it('of a variable that had none left ends who reads it', () => {
    const exceeded: CelInput = { kind: 'budget', message: 'too many' };
    expect(program('true || object.a').evaluate(() => exceeded, { remaining: 100 }).kind).toBe('value');
    expect(program('object.a || true').evaluate(() => exceeded, { remaining: 100 })).toEqual({
      kind: 'budget',
      message: 'too many',
    });
  });

  it('laws: the same steps each time, and more of them never change a verdict', () => {
    const object = { f: [1, 2, { f: 'x' }], a: 'text', k: { v: 1.5 } };
    fc.assert(
      fc.property(expressionSources(), fc.nat(200), (source, more) => {
        const compilation = compile(source, {
          variables: VARIABLES,
          records: new Map(),
          result: 'any',
          unchecked: true,
          literals: 'any',
        });
        if (compilation.kind === 'error') return;
        const run = (remaining: number) => {
          const budget = { remaining };
          return { evaluation: compilation.program.evaluate(() => celValue(object), budget), left: budget.remaining };
        };
        const first = run(100_000);
        expect(run(100_000)).toEqual(first);
        const used = 100_000 - first.left;
        if (first.evaluation.kind === 'budget') return;
        expect(run(used)).toEqual({ evaluation: first.evaluation, left: 0 });
        expect(run(used + more)).toEqual({ evaluation: first.evaluation, left: more });
        expect(run(used - 1).evaluation.kind).toBe('budget');
      }),
      { numRuns: 100 },
    );
  });
});

it('bindings and loops see their own names only', () => {
  expect(value('[1, 2].map(x, [x].map(x, x * 10)[0] + x)[1] == 22')).toBe(true);
  expect(value('cel.bind(x, 1, cel.bind(y, x + 1, [x, y].map(x, x + y)))[0] == 3')).toBe(true);
  expect(value('[1].all(object, object == 1) && .object.n == 2', { n: 2 })).toBe(true);
});
