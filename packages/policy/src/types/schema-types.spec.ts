import { describe, expect, it } from 'vitest';
import { printType } from '../cel/type.ts';
import type { JsonObject } from '../json.ts';
import type { KnownKind, KnownKinds } from './known-kinds.ts';
import { matchedKinds } from './matched-kinds.ts';
import { SchemaTypes } from './schema-types.ts';

const DEFINITIONS: Readonly<Record<string, JsonObject>> = {
  Container: { type: 'object', properties: { image: { type: 'string' }, ports: { type: 'array', items: {} } } },
  Node: { type: 'object', properties: { next: { $ref: 'Node' }, name: { type: 'string' } } },
};
const SPEC: JsonObject = {
  type: 'object',
  properties: {
    replicas: { type: 'integer', format: 'int32' },
    paused: { type: 'boolean' },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
    containers: { type: 'array', items: { $ref: 'Container' } },
    port: { 'x-kubernetes-int-or-string': true },
    at: { type: 'string', format: 'date-time' },
    anything: { 'x-kubernetes-preserve-unknown-fields': true },
    half: { type: 'object', properties: { a: { type: 'string' } }, 'x-kubernetes-preserve-unknown-fields': true },
    either: {
      oneOf: [{ type: 'object', properties: { a: { type: 'string' } } }, { properties: { b: { type: 'string' } } }],
    },
    narrowed: { allOf: [{ $ref: 'Container' }, { required: ['image'] }] },
    lost: { $ref: 'Nowhere' },
    tree: { $ref: 'Node' },
  },
};
const kind = (name: string, spec: JsonObject = SPEC, more: Partial<KnownKind> = {}): KnownKind => ({
  group: 'apps',
  version: 'v1',
  kind: name,
  schema: () => ({ type: 'object', properties: { spec } }),
  resolve: (reference) => (Object.hasOwn(DEFINITIONS, reference) ? DEFINITIONS[reference] : undefined),
  ...more,
});

/** The type that a path of fields has, `no field` where there is none. */
function typeAt(path: string, ...kinds: readonly KnownKind[]): string {
  const types = new SchemaTypes();
  let type = types.declare('object', kinds);
  for (const step of path.split('.')) {
    if (type.kind === 'list' && step === '[]') type = type.element;
    else if (type.kind !== 'object') return `${printType(type)} has no fields`;
    else {
      const field = types.field(type.name, step);
      if (!field) return 'no field';
      type = field;
    }
  }
  return printType(type);
}

describe('types of a schema', () => {
  it.each([
    ['apiVersion', 'string'],
    ['metadata', 'dyn'],
    ['spec', 'object.spec'],
    ['spec.replcas', 'no field'],
    ['spec.replicas', 'int'],
    ['spec.paused', 'bool'],
    ['spec.labels', 'map(string, string)'],
    ['spec.containers', 'list(object.spec.containers[])'],
    ['spec.containers.[].image', 'string'],
    ['spec.containers.[].imgae', 'no field'],
    ['spec.containers.[].ports', 'list(dyn)'],
    ['spec.port', 'dyn'],
    ['spec.at', 'dyn'],
    ['spec.anything', 'dyn'],
    ['spec.half.a', 'string'],
    ['spec.half.b', 'dyn'],
    ['spec.either.b', 'string'],
    ['spec.either.c', 'no field'],
    ['spec.narrowed.image', 'string'],
    ['spec.narrowed.x', 'no field'],
    ['spec.lost', 'dyn'],
    ['spec.tree.next.next.next.name', 'string'],
    ['spec.constructor', 'no field'],
    ['spec.__proto__', 'no field'],
  ])('%s is %s', (path, type) => {
    expect(typeAt(path, kind('Deployment'))).toBe(type);
  });

  it('of several kinds have the fields of all of them, and are dynamic where these differ', () => {
    const other = kind('Job', {
      type: 'object',
      properties: { replicas: { type: 'string' }, parallelism: { type: 'integer' }, paused: { type: 'boolean' } },
    });
    const both = [kind('Deployment'), other];
    expect(typeAt('spec.parallelism', ...both)).toBe('int');
    expect(typeAt('spec.replicas', ...both)).toBe('dyn');
    expect(typeAt('spec.paused', ...both)).toBe('bool');
    expect(typeAt('spec.replcas', ...both)).toBe('no field');
    expect(typeAt('spec', kind('Deployment'), kind('Unknown', SPEC, { schema: () => undefined }))).toBe(
      'dyn has no fields',
    );
  });

  it('of a kind that accepts what it does not know are wrong only where a name looks misspelt', () => {
    const lenient = kind('Component', { ...SPEC, 'x-lenient': true });
    expect(typeAt('spec.replcas', lenient)).toBe('no field');
    expect(typeAt('spec.somethingOfOurOwn', lenient)).toBe('dyn');
  });

  it('with a reference to itself alone is anything', () => {
    const loop = kind('Loop', { $ref: 'Loop' }, { resolve: () => ({ $ref: 'Loop' }) });
    expect(typeAt('spec', loop)).toBe('dyn');
  });
});

describe('the kinds that rules are about', () => {
  const deployment = kind('Deployment');
  const statefulSet = kind('StatefulSet');
  const cluster = kind('Cluster', SPEC, { group: 'example.com' });
  const odd = kind('Odd', SPEC, { group: 'example.com', resource: 'oddities' });
  const all = [deployment, statefulSet, cluster, odd];
  const known: KnownKinds = {
    ofGroup: (group) => all.filter((each) => group === '*' || each.group === group),
    isComplete: (group) => group === 'apps',
  };
  const namesOf = (apiGroups: string[], resources: string[], apiVersions = ['v1']) =>
    matchedKinds(
      {
        rules: [{ apiGroups, apiVersions, resources, operations: ['*'], resourceNames: [], scope: '*' }],
        excluded: [],
        matchPolicy: 'Exact',
      },
      known,
    )?.map((each) => each.kind);

  it.each<[string[], string[], string[] | undefined]>([
    [['apps'], ['deployments'], ['Deployment']],
    [['apps'], ['*'], ['Deployment', 'StatefulSet']],
    [['apps'], ['deployments/*', 'statefulsets/scale'], ['Deployment']],
    [['apps'], ['deploymens'], undefined],
    [['*'], ['deployments'], ['Deployment']],
    [['*'], ['*'], undefined],
    [['example.com'], ['clusters', 'oddities'], ['Cluster', 'Odd']],
    [['example.com'], ['*'], undefined],
    [['example.com'], ['others'], undefined],
    [['apps', 'other.com'], ['deployments'], undefined],
  ])('%j %j are %j', (groups, resources, kinds) => {
    expect(namesOf(groups, resources)).toEqual(kinds);
  });

  it('are of the versions that the rules name', () => {
    expect(namesOf(['apps'], ['deployments'], ['v2'])).toBeUndefined();
    expect(namesOf(['apps'], ['deployments'], ['*'])).toEqual(['Deployment']);
  });
});
