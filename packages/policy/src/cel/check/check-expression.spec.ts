import { describe, expect, it } from 'vitest';
import { celValue } from '../cel-input.ts';
import { compile } from '../compile.ts';
import type { CelEnvironment } from '../program.ts';
import {
  type CelType,
  DOUBLE,
  DYN,
  INT,
  listType,
  mapType,
  objectType,
  printType,
  STRING,
  TIMESTAMP,
  type TypeProvider,
} from '../type.ts';

const TYPES: Readonly<Record<string, Readonly<Record<string, CelType>>>> = {
  Deployment: { spec: objectType('DeploymentSpec'), metadata: objectType('Meta') },
  DeploymentSpec: { replicas: INT, ratio: DOUBLE, containers: listType(objectType('Container')), anything: DYN },
  Meta: { name: STRING, labels: mapType(STRING, STRING), creationTimestamp: TIMESTAMP },
  Container: { name: STRING, image: STRING, weights: listType(DOUBLE) },
};

const provider: TypeProvider = {
  field: (type, name) => (Object.hasOwn(TYPES[type] ?? {}, name) ? TYPES[type]?.[name] : undefined),
  fieldNames: (type) => TYPES[type] && Object.keys(TYPES[type]),
};

const ENVIRONMENT: CelEnvironment = {
  variables: ['object', 'dynamic', 'variables'],
  types: new Map([['object', objectType('Deployment')]]),
  provider,
  records: new Map([['variables', new Map([['names', listType(STRING)]])]]),
  result: 'any',
};

function typeOf(expression: string): string {
  const compilation = compile(expression, ENVIRONMENT);
  if (compilation.kind === 'error') throw new Error(`${expression}: ${compilation.message}`);
  return printType(compilation.program.type);
}

function mistake(expression: string) {
  const compilation = compile(expression, ENVIRONMENT);
  if (compilation.kind === 'program') throw new Error(`${expression} compiles`);
  const { message, hint, offset = 0, end } = compilation;
  return { message, hint, at: expression.slice(offset, end) };
}

describe('a misspelt field is found at its own place, with the nearest name', () => {
  it.each([
    ['object.spec.replcas > 1', 'DeploymentSpec has no field "replcas"', 'replcas', 'did you mean "replicas"?'],
    ['object.spec.containers.all(c, has(c.imgae))', 'Container has no field "imgae"', 'imgae', 'did you mean "image"?'],
    [
      'object.?spec.?replcas.orValue(1)',
      'DeploymentSpec has no field "replcas"',
      'replcas',
      'did you mean "replicas"?',
    ],
    ['object.spec.containers[0].nam', 'Container has no field "nam"', 'nam', 'did you mean "name"?'],
    ['variables.name.size()', 'variables has no field "name"', 'name', 'did you mean "names"?'],
    ['object.metadata.name.first', 'a string has no fields, so no "first" either', 'first', undefined],
    [
      'cel.bind(s, object.spec, s.rep)',
      'DeploymentSpec has no field "rep"',
      'rep',
      'there is replicas, ratio, containers, anything',
    ],
  ])('%s', (expression, message, at, hint) => {
    expect(mistake(expression)).toEqual({ message, at, hint });
  });
});

describe('what cannot be right, whatever it is given, is found', () => {
  it.each([
    ['object.spec.replicas == "2"', 'no overload of == takes (int, string)', '=='],
    ['object.metadata.labels.all(k, k > 1)', 'no overload of > takes (string, int)', '>'],
    ['object.spec.containers.map(c, c.name).exists(n, n + 1 == n)', 'no overload of + takes (string, int)', '+'],
    ['object.spec.replicas.startsWith("1")', 'no overload of startsWith() takes (int, string)', 'startsWith'],
    ['object.spec.containers["0"]', 'the index of a list takes int, but this is string', '"0"'],
    [
      'object.metadata.name.all(c, true)',
      'a string has no elements to go through, only lists and maps have',
      'object.metadata.name',
    ],
    ['object.spec.replicas ? 1 : 2', '?: takes bool, but this is int', 'object.spec.replicas'],
    ['[1].all(x, x)', 'the condition of all() takes bool, but this is int', 'x'],
    ['[?1]', 'an entry with "?" must be optional, but this is int', '1'],
    ['object.spec.anything.siz()', 'there is no method siz()', 'siz'],
    ['sise(object.metadata.name)', 'there is no function sise()', 'sise'],
    ['object.spec.replicas.optMap(r, r)', 'optMap() needs an optional, but this is int', 'object.spec.replicas'],
  ])('%s', (expression, message, at) => {
    expect(mistake(expression)).toMatchObject({ message, at });
  });

  it('the nearest function is named', () => {
    expect(mistake('object.metadata.name.startWith("a")').hint).toBe('did you mean "startsWith"?');
    expect(mistake('sise("a")').hint).toBe('did you mean "size"?');
    expect(mistake('object.metadata.name.startsWith(1)').hint).toBe('it takes string.startsWith(string)');
  });
});

describe('types are deduced', () => {
  it.each([
    ['object.spec.containers.map(c, c.name)', 'list(string)'],
    ['object.spec.containers.filter(c, c.image != "")[0]', 'Container'],
    ['object.?metadata.labels[?"app"]', 'optional_type(string)'],
    ['object.?metadata.?name.orValue("none")', 'string'],
    ['object.metadata.labels.transformMap(k, v, v.size())', 'map(string, int)'],
    ['object.metadata.labels.transformList(k, v, k + v)', 'list(string)'],
    ['optional.of(1).optMap(x, x > 1)', 'optional_type(bool)'],
    ['[1, 2u]', 'list(dyn)'],
    ['[] + [1]', 'list(int)'],
    ['{}', 'map(dyn, dyn)'],
    ['dynamic.a.b + 1', 'int'],
    ['dynamic.a + dynamic.b', 'dyn'],
    ['type(1)', 'type(int)'],
    ['true ? 1 : dynamic', 'dyn'],
    ['variables.names[0]', 'string'],
    ['[[1]].exists(l, l.all(i, i > 0))', 'bool'],
  ])('%s is %s', (expression, type) => {
    // The rules for literals of Kubernetes have a spec of their own.
    const compilation = compile(expression, { ...ENVIRONMENT, literals: 'any' });
    if (compilation.kind === 'error') throw new Error(compilation.message);
    expect(printType(compilation.program.type)).toBe(type);
  });

  it('a field that is left dynamic may be anything', () => {
    expect(typeOf('object.spec.anything.more[0].and.more > 1')).toBe('bool');
  });
});

describe('values of JSON become what their declared type says', () => {
  const object = {
    spec: { replicas: 2, ratio: 1, containers: [{ name: 'a', weights: [1, 2.5] }] },
    metadata: { name: 'x', creationTimestamp: '2024-02-29T12:00:00Z' },
  };

  it.each([
    'object.spec.ratio == 1.0 && type(object.spec.ratio) == double && object.spec.ratio / 2.0 == 0.5',
    'object.spec.containers[0].weights.all(w, w * 2.0 > 1.0)',
    'object.metadata.creationTimestamp.getDayOfYear() == 59',
    'object.metadata.creationTimestamp < timestamp("2024-03-01T00:00:00Z")',
    'object.?metadata.?creationTimestamp.hasValue()',
  ])('%s', (expression) => {
    const compilation = compile(expression, ENVIRONMENT);
    if (compilation.kind === 'error') throw new Error(compilation.message);
    const evaluation = compilation.program.evaluate(() => celValue(object), { remaining: 10_000 });
    expect(evaluation).toMatchObject({ kind: 'value', content: true });
  });

  it('a document that breaks its own schema is an error of that expression, not a crash', () => {
    const compilation = compile('object.spec.containers.all(c, c.image.startsWith("r"))', ENVIRONMENT);
    if (compilation.kind === 'error') throw new Error(compilation.message);
    const wrong = { spec: { containers: [{ image: 1 }] } };
    const evaluation = compilation.program.evaluate(() => celValue(wrong), { remaining: 10_000 });
    expect(evaluation).toEqual({ kind: 'error', message: 'no such overload: startsWith(int, string)' });
  });
});
