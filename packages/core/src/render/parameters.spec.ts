import { describe, expect, it } from 'vitest';
import { exampleUse } from '../finding/example-files.ts';
import type { ExampleFiles } from '../finding/rule.ts';
import { evaluatePlatform } from '../platform/evaluate-platform.ts';
import { loadPlatform } from '../platform/load-platform.ts';
import { toJson } from '../provenance/traced.ts';
import { examplePlatform } from '../testing/example-platform.ts';

/** A kind without a schema, so that any parameters are fine. */
const config = (params: string) => ({
  'templates/deploy/config.yaml': `apiVersion: example.com/v1\nkind: Echo\nmetadata: { name: {{yaml instance.name}} }\ndata: ${params}\n`,
});

const spec = `objects: { kinds: [example.com/v1/Echo] }
parameters:
  type: object
  additionalProperties: false
  properties:
    level: { type: string, default: by-default, minLength: 2 }
    replicas: { type: integer, maximum: 9 }
    nested: { type: object, properties: { deep: { type: object, default: {}, properties: { x: { default: y } } } } }
    list: { type: array, items: { type: integer } }
fromEnvironment: { level: values.domain }
classes: { a: { level: by-class } }`;
const template = config('{{yaml params}}');

function evaluate(files: ExampleFiles) {
  const evaluation = evaluatePlatform(loadPlatform(examplePlatform(files)), { services: ['checkout'] });
  const objects = evaluation.services[0]?.trees.get('dev')?.targets[0]?.objects ?? [];
  const maps = objects.filter(({ kind }) => kind === 'Echo');
  return { findings: evaluation.findings, data: maps.map(({ node }) => (toJson(node) as { data?: unknown }).data) };
}

const use = (resource: string, added = '') => exampleUse({ spec: spec + added, files: template }, resource);
const without = (line: string) => exampleUse({ spec: spec.replace(line, ''), files: template });
const override = (text: string) => ({ 'services/checkout/environments/dev.yaml': text });

describe('parametersOf', () => {
  it('takes the default, the environment, the class, Score and its override, each before the one in front', () => {
    const level = (files: ExampleFiles) => evaluate(files).data[0];
    expect(level(without('fromEnvironment: { level: values.domain }\n'))).toMatchObject({ level: 'by-default' });
    expect(level(use('cache: { type: cache }'))).toMatchObject({ level: 'dev.example.com' });
    expect(level(use('cache: { type: cache, class: a }'))).toMatchObject({ level: 'by-class' });
    const score = use('cache: { type: cache, class: a, params: { level: by-score } }');
    expect(level(score)).toMatchObject({ level: 'by-score' });
    const dev = override('resources: { cache: { params: { level: by-override } } }\n');
    expect(level({ ...score, ...dev })).toMatchObject({ level: 'by-override' });
  });

  it('fills in defaults inside of objects, and only where the object is there', () => {
    expect(evaluate(use('cache: { type: cache }')).data).toEqual([{ level: 'dev.example.com' }]);
    expect(evaluate(use('cache: { type: cache, params: { nested: {} } }')).data).toEqual([
      { level: 'dev.example.com', nested: { deep: { x: 'y' } } },
    ]);
  });

  it('keeps the type of a value that is one placeholder', () => {
    const resource = 'cache: { type: cache, params: { replicas: "${resources.db.port}" } }';
    const big = evaluate(use(resource));
    expect(big.findings).toEqual([
      expect.objectContaining({
        code: 'resolve/parameter-wrong-value',
        message: expect.stringContaining('more than 9'),
      }),
    ]);
    const text = evaluate(use('cache: { type: cache, params: { level: "p${resources.db.port}" } }'));
    expect(text.data).toEqual([{ level: 'p5432' }]);
    const list = evaluate(use('cache: { type: cache, params: { list: ["${resources.db.port}"] } }'));
    expect(list.data).toEqual([{ level: 'dev.example.com', list: [5432] }]);
  });

  it('places what is outside the schema where it was written', () => {
    const score = use('cache:\n  type: cache\n  params:\n    level: x');
    expect(evaluate(score).findings).toMatchObject([
      { code: 'resolve/parameter-wrong-value', path: 'services/checkout/score.yaml', line: 13, column: 14 },
    ]);
    const both = {
      ...use('cache: { type: cache }'),
      ...override('resources:\n  cache:\n    params:\n      level: y\n'),
    };
    expect(evaluate(both).findings).toMatchObject([
      { code: 'resolve/parameter-wrong-value', path: 'services/checkout/environments/dev.yaml', line: 4, column: 14 },
    ]);
    const environment = exampleUse({ spec: spec.replace('values.domain', 'values.replicas'), files: template });
    expect(evaluate(environment).findings).toMatchObject([
      { code: 'resolve/parameter-wrong-value', path: 'environments/dev.yaml', line: 7 },
    ]);
    const preset = exampleUse(
      { spec: spec.replace('by-class', 'z'), files: template },
      'cache: { type: cache, class: a }',
    );
    expect(evaluate(preset).findings.map(({ path }) => path)).toContain('capabilities/cache/capability.yaml');
  });

  it('points at the key of a parameter that is not there, with the nearest name', () => {
    expect(evaluate(use('cache:\n  type: cache\n  params:\n    levle: xx')).findings).toMatchObject([
      { code: 'resolve/parameter-unknown-field', line: 13, column: 7, hint: expect.stringContaining('level') },
    ]);
  });

  it('places a required parameter that is missing at the resource', () => {
    const files = exampleUse(
      {
        spec: spec.replace('additionalProperties: false', 'additionalProperties: false\n  required: [list]'),
        files: template,
      },
      'cache:\n  type: cache',
    );
    expect(evaluate(files).findings).toMatchObject([
      { code: 'resolve/parameter-missing-field', path: 'services/checkout/score.yaml', line: 10 },
    ]);
  });

  it('names the nearest class', () => {
    const findings = evaluate(use('cache: { type: cache, class: b }')).findings;
    expect(findings).toMatchObject([{ code: 'resolve/unknown-class', line: 10, hint: expect.stringContaining('a') }]);
  });

  it('says of a capability without classes that it has none', () => {
    const plain = exampleUse(
      { spec: spec.replace(/\nclasses:.*/, ''), files: template },
      'cache: { type: cache, class: b }',
    );
    expect(evaluate(plain).findings).toMatchObject([
      { code: 'resolve/unknown-class', hint: expect.stringContaining('leave `class` out') },
    ]);
  });

  it('resolves resources in the order of need, whatever their names', () => {
    const chain = `objects: { kinds: [example.com/v1/Echo] }
parameters: { type: object, properties: { of: { type: string, default: end } } }
outputs: { text: { schema: { type: string }, value: "<{{params.of}}>" } }`;
    const resources = `a: { type: cache, params: { of: "\${resources.b.text}" } }
b: { type: cache, params: { of: "\${resources.c.text}" } }
c: { type: cache }`;
    const { data, findings } = evaluate(
      exampleUse({ spec: chain, files: config('{ of: {{yaml params.of}} }') }, resources),
    );
    expect(findings).toEqual([]);
    expect(data).toEqual(expect.arrayContaining([{ of: 'end' }, { of: '<end>' }, { of: '<<end>>' }]));
    expect(data).toHaveLength(3);
  });
});
