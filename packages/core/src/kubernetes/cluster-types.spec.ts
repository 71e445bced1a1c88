import { describe, expect, it } from 'vitest';
import { encodeText } from '../digest/text.ts';
import type { Json } from '../json/json.ts';
import { clusterSchemas } from './cluster-schemas.ts';
import { ClusterTypes } from './cluster-types.ts';
import { KubernetesTypes } from './kubernetes-types.ts';
import { problemsOf, yaml } from './testing/object-problems.ts';

const reference = (name: string): Json => ({
  allOf: [{ $ref: `#/components/schemas/${name}` }],
  default: {},
  description: 'x',
});
const meta = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';
const kind = (group: string, version: string, name: string, spec: Json): Json => ({
  type: 'object',
  properties: { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: reference(meta), spec },
  'x-kubernetes-group-version-kind': [{ group, version, kind: name }],
});
const document: Json = {
  openapi: '3.0.0',
  info: { title: 'Kubernetes', version: 'v1.30.5' },
  paths: { '/apis/apps/v1/': {}, '/apis/apps/v1/namespaces/{namespace}/deployments': {} },
  components: {
    schemas: {
      [meta]: {
        type: 'object',
        properties: {
          name: { type: 'string' },
          labels: { type: 'object', additionalProperties: { type: 'string', default: '' } },
        },
      },
      'io.k8s.api.apps.v1.Deployment': kind('apps', 'v1', 'Deployment', reference('io.k8s.api.apps.v1.DeploymentSpec')),
      'io.k8s.api.apps.v1.DeploymentSpec': {
        type: 'object',
        required: ['paused'],
        properties: {
          replicas: { type: 'integer', format: 'int32' },
          paused: { type: 'boolean', default: false },
          memory: reference('io.k8s.apimachinery.pkg.api.resource.Quantity'),
          surge: reference('io.k8s.apimachinery.pkg.util.intstr.IntOrString'),
          raw: reference('io.k8s.apimachinery.pkg.runtime.RawExtension'),
          default: { type: 'string' },
        },
      },
      'io.k8s.apimachinery.pkg.api.resource.Quantity': { oneOf: [{ type: 'string' }, { type: 'number' }] },
      'io.k8s.apimachinery.pkg.util.intstr.IntOrString': {
        format: 'int-or-string',
        oneOf: [{ type: 'integer' }, { type: 'string' }],
      },
      'io.k8s.apimachinery.pkg.runtime.RawExtension': { type: 'object' },
      'com.example.v1.Pool': kind('example.com', 'v1', 'Pool', {
        type: 'object',
        required: ['mode'],
        properties: { mode: { type: 'string', default: 'fast' }, size: { type: 'integer', minimum: 1 } },
      }),
    },
  },
};

const typesOf = (documents: readonly Json[], complete = false): KubernetesTypes => {
  const content = clusterSchemas(documents, complete)?.content ?? '';
  return new KubernetesTypes(new Map(), new ClusterTypes(() => encodeText(content)));
};

function problems(text: string): readonly string[] {
  const object = yaml(text) as { apiVersion: string; kind: string };
  const found = typesOf([document]).find(object.apiVersion, object.kind);
  if (found.kind !== 'known') throw new Error(found.kind);
  return problemsOf(object, found.check);
}
const deployment = (spec: string) =>
  problems(`{ apiVersion: apps/v1, kind: Deployment, metadata: { name: x }, spec: ${spec} }`);
const pool = (spec: string) =>
  problems(`{ apiVersion: example.com/v1, kind: Pool, metadata: { name: x }, spec: ${spec} }`);

describe('what a cluster published', () => {
  it('is what objects are checked by', () => {
    expect(deployment('{ paused: false, replicas: 1, memory: 1Gi, surge: 25%, raw: { a: [1] }, default: x }')).toEqual(
      [],
    );
    expect(deployment('{ paused: false, replicas: "1", strategy: {} }')).toEqual([
      'wrong-type spec.replicas: has to be an integer, not text',
      'unknown-field spec.strategy: is not a field',
    ]);
    expect(deployment('{ paused: true, memory: 1GiB, surge: 1.5 }')).toEqual([
      'wrong-value spec.memory: has to be a quantity, such as 500m, 0.5, 128Mi or 1Gi, not "1GiB"',
      'wrong-type spec.surge: has to be an integer or text, not the number 1.5',
    ]);
  });

  it('has defaults that count for custom resources, and zero values of Go that do not', () => {
    expect(deployment('{}')).toEqual(['missing-field spec: needs the field "paused"']);
    expect(pool('{ size: 0 }')).toEqual(['wrong-value spec.size: has to be at least 1, not 0']);
  });

  it('is completed by what the API server enforces by code', () => {
    expect(deployment('{ paused: true, replicas: -1 }')).toEqual([
      'wrong-value spec.replicas: has to be at least 0, not -1',
    ]);
    const labelled = '{ apiVersion: apps/v1, kind: Deployment, metadata: { name: x, labels: { a: b c } } }';
    expect(problems(labelled)).toHaveLength(1);
  });

  it('decides over its groups alone when it is a part, and over all when it is whole', () => {
    const [part, whole] = [typesOf([document]), typesOf([document], true)];
    const gone = { kind: 'missing', message: 'the cluster (v1.30.5) has no StatefulSet in apps/v1' };
    expect(part.find('apps/v1', 'StatefulSet')).toMatchObject(gone);
    expect(part.find('batch/v1', 'Job').kind).toBe('known');
    expect(whole.find('batch/v1', 'Job')).toMatchObject({ kind: 'missing' });
    expect(whole.find('other.example.com/v1', 'X').kind).toBe('unknown');
  });

  it('is read again as it was written', () => {
    const written = clusterSchemas([document], true)?.content ?? '';
    expect(clusterSchemas([JSON.parse(written) as Json], true)?.content).toBe(written);
  });

  it.each([
    ['no JSON', 'x'],
    ['another document', '{"a":1}'],
    ['no kind', '{"components":{"schemas":{"a":{"type":"object"}}}}'],
    ['nested for ever', `{"components":{"schemas":{"a":${'['.repeat(5000)}${']'.repeat(5000)}}}}`],
  ])('refuses everything when it is broken: %s', (_, text) => {
    const types = new KubernetesTypes(new Map(), new ClusterTypes(() => encodeText(text)));
    expect(types.findings.map(({ code, path }) => [code, path])).toEqual([
      ['kubernetes/invalid-schemas', 'schemas/kubernetes.json'],
    ]);
    expect(types.find('v1', 'Pod').kind).toBe('unreadable');
  });

  it('ends where a type is made of itself', () => {
    const own = { allOf: [{ $ref: '#/components/schemas/a' }, { $ref: '#/components/schemas/a' }] };
    const text = JSON.stringify({
      components: { schemas: { a: own, b: kind('example.com', 'v1', 'Pool', own), [meta]: {} } },
    });
    const found = new KubernetesTypes(new Map(), new ClusterTypes(() => encodeText(text))).find(
      'example.com/v1',
      'Pool',
    );
    if (found.kind !== 'known') throw new Error(found.kind);
    expect(problemsOf(yaml('{ apiVersion: example.com/v1, kind: Pool, metadata: {}, spec: {} }'), found.check)).toEqual(
      [],
    );
  });
});
