import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../json/json.ts';
import { anyJson } from '../json/testing/arbitrary-json.ts';
import { builtInTable, builtInVersion } from './built-in-table.ts';
import { SchemaCompiler } from './compile-schema.ts';
import { readTable } from './read-table.ts';
import { problemsOf, yaml } from './testing/object-problems.ts';

describe('the table of built-in types', () => {
  const table = readTable(builtInTable);

  it('is small: 108,574 bytes, under 20,000 compressed', () => {
    expect(builtInVersion).toBe('v1.37.0');
    expect(new TextEncoder().encode(builtInTable)).toHaveLength(108_574);
    expect(gzipSync(builtInTable).length).toBeLessThan(20_000);
  });

  it('has 103 kinds, and every type that one of them leads to', () => {
    expect(table.kinds.size).toBe(103);
    const missing: string[] = [];
    const seen = new Set<string>();
    const rest = [...table.kinds.values()];
    for (let name = rest.pop(); name !== undefined; name = rest.pop()) {
      if (seen.has(name)) continue;
      seen.add(name);
      const text = JSON.stringify(table.definition(name) ?? null);
      if (text === 'null') missing.push(name);
      rest.push(...[...text.matchAll(/"\$ref":"([^"]*)"/g)].map(([, found = '']) => found));
    }
    expect(missing).toEqual([]);
    expect(seen.size).toBe(750);
  });

  it('compiles whole', () => {
    const compiler = new SchemaCompiler(table);
    for (const name of table.kinds.values()) expect(compiler.compile(table.definition(name))).toBeTypeOf('function');
  });

  it('says what the API server publishes of a type', () => {
    expect(table.definition('core.v1.ContainerPort')).toEqual({
      type: 'object',
      required: ['containerPort'],
      properties: {
        containerPort: { type: 'integer', format: 'int32', minimum: 1, maximum: 65_535 },
        hostIP: { type: 'string' },
        hostPort: { type: 'integer', format: 'int32', minimum: 0, maximum: 65_535 },
        name: { type: 'string', format: 'port-name' },
        protocol: { type: 'string', enum: ['SCTP', 'TCP', 'UDP'] },
      },
    });
    expect(table.definition('core.v1.Nothing')).toBeUndefined();
  });
});

const deployment = (container: string, spec = 'replicas: 3', template = '') =>
  yaml(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: checkout, labels: { app: checkout } }
spec:
  ${spec}
  selector: { matchLabels: { app: checkout } }
  template:
    metadata: { labels: { app: checkout } }
    spec:
      ${template === '' ? 'automountServiceAccountToken: false' : template}
      containers:
        - name: main
          image: registry.example.com/checkout:1.0.0
          ${container}
`);
const service = (ports: string) =>
  yaml(`{ apiVersion: v1, kind: Service, metadata: { name: x }, spec: { ports: ${ports} } }`);
const at = 'spec.template.spec.containers[0]';

describe('a built-in object', () => {
  it.each([
    ['a whole Deployment', deployment('ports: [{ containerPort: 80, name: http }]')],
    [
      'quantities as text and as numbers',
      deployment('resources: { limits: { cpu: 0.5, memory: 1Gi }, requests: { cpu: 500m, memory: 1e9 } }'),
    ],
    [
      'a port of a probe by number and by name',
      deployment('livenessProbe: { httpGet: { port: 80 } }\n          readinessProbe: { httpGet: { port: http } }'),
    ],
    [
      'a rolling update in percent',
      deployment(
        'command: [run]',
        'strategy: { type: RollingUpdate, rollingUpdate: { maxSurge: 25%, maxUnavailable: 0 } }',
      ),
    ],
    ['an optional field that is null, as one that is not there', deployment('command: null', 'replicas: null')],
    ['one number for two protocols', service('[{ name: a, port: 53, protocol: UDP }, { name: b, port: 53 }]')],
    [
      'any key of a map',
      yaml('{ apiVersion: v1, kind: ConfigMap, metadata: { name: x }, data: { a.b_c-D: "1", __proto__: x } }'),
    ],
    [
      'an annotation of any length',
      yaml(
        `{ apiVersion: v1, kind: ConfigMap, metadata: { name: x, annotations: { Example.com/A: "${'x'.repeat(5000)}" } } }`,
      ),
    ],
    [
      'a schema of a custom resource, which contains itself',
      yaml(
        '{ apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: { name: x }, spec: { group: a.b, names: { kind: X, plural: xs }, scope: Namespaced, versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object, properties: { a: { type: object, properties: { b: { type: string } } } } } } }] } }',
      ),
    ],
  ])('may have %s', (_, object) => {
    expect(problemsOf(object)).toEqual([]);
  });

  it.each([
    ['a field that does not exist', deployment('', 'replcas: 3'), 'unknown-field spec.replcas: is not a field'],
    [
      'one deep inside',
      deployment('livenessProbe: { httpGet: { prt: 80, port: 80 } }'),
      `unknown-field ${at}.livenessProbe.httpGet.prt: is not a field`,
    ],
    [
      'a number as text',
      deployment('ports: [{ containerPort: "80" }]'),
      `wrong-type ${at}.ports[0].containerPort: has to be an integer, not text`,
    ],
    [
      'text as a number',
      deployment('env: [{ name: A, value: 1 }]'),
      `wrong-type ${at}.env[0].value: has to be text, not the number 1`,
    ],
    [
      'text as a boolean',
      deployment('', 'paused: "true"'),
      'wrong-type spec.paused: has to be true or false, not text',
    ],
    [
      'a fraction of a replica',
      deployment('', 'replicas: 1.5'),
      'wrong-type spec.replicas: has to be an integer, not the number 1.5',
    ],
    [
      'more than 32 bits',
      deployment('', 'replicas: 3000000000'),
      'wrong-value spec.replicas: has to be between -2147483648 and 2147483647, not 3000000000',
    ],
    ['fewer than none', deployment('', 'replicas: -1'), 'wrong-value spec.replicas: has to be at least 0, not -1'],
    [
      'a map in the place of a list',
      deployment('env: { A: "1" }'),
      `wrong-type ${at}.env: has to be a list, not a map`,
    ],
    [
      'a list in the place of a map',
      deployment('resources: [{ limits: {} }]'),
      `wrong-type ${at}.resources: has to be a map, not a list`,
    ],
    ['nothing in a list', deployment('env: [null]'), `wrong-type ${at}.env[0]: has to be a map, not nothing`],
    ['no port', deployment('ports: [{ name: http }]'), `missing-field ${at}.ports[0]: needs the field "containerPort"`],
    [
      'a required field that is null',
      deployment('ports: [{ containerPort: null }]'),
      `missing-field ${at}.ports[0]: needs the field "containerPort"`,
    ],
    [
      'an unknown value of an enumeration',
      deployment('imagePullPolicy: IfNotPreset'),
      `wrong-value ${at}.imagePullPolicy: cannot be "IfNotPreset"`,
    ],
    [
      'one in a list',
      yaml(
        '{ apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: { name: x }, spec: { podSelector: {}, policyTypes: [ingress] } }',
      ),
      'wrong-value spec.policyTypes[0]: cannot be "ingress"',
    ],
    [
      'one without a marker in the source',
      yaml(
        '{ apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: { name: x }, spec: { maxReplicas: 2, scaleTargetRef: { kind: D, name: d }, metrics: [{ type: Resource, resource: { name: cpu, target: { type: Percent } } }] } }',
      ),
      'wrong-value spec.metrics[0].resource.target.type: cannot be "Percent"',
    ],
    [
      'a quantity that is none',
      deployment('resources: { limits: { cpu: 100mm } }'),
      `wrong-value ${at}.resources.limits.cpu: has to be a quantity, such as 500m, 0.5, 128Mi or 1Gi, not "100mm"`,
    ],
    [
      'a quantity that is true',
      deployment('resources: { limits: { cpu: true } }'),
      `wrong-type ${at}.resources.limits.cpu: has to be a quantity, such as 500m, 0.5, 128Mi or 1Gi, not true`,
    ],
    [
      'a port that is true',
      deployment('livenessProbe: { httpGet: { port: true } }'),
      `wrong-type ${at}.livenessProbe.httpGet.port: has to be an integer or text, not true`,
    ],
    [
      'a port beyond the last',
      service('[{ port: 70000 }]'),
      'wrong-value spec.ports[0].port: has to be at least 1 and at most 65535, not 70000',
    ],
    [
      'port 0',
      service('[{ port: 80, targetPort: 0 }]'),
      'wrong-value spec.ports[0].targetPort: has to be at least 1 and at most 65535, not 0',
    ],
    [
      'a name of a port with capitals',
      deployment('ports: [{ containerPort: 80, name: HTTP }]'),
      `wrong-value ${at}.ports[0].name: has to be a name of at most 15 lower-case letters, digits and \`-\`, with a letter, not "HTTP"`,
    ],
    [
      'a variable twice',
      deployment('env: [{ name: A, value: "1" }, { name: A, value: "2" }]'),
      `duplicate-key ${at}.env[1]: is there twice: item 0 has name "A" too`,
    ],
    [
      'a port twice, once with the protocol that is the default',
      deployment('ports: [{ containerPort: 80 }, { containerPort: 80, protocol: TCP }]'),
      `duplicate-key ${at}.ports[1]: is there twice: item 0 has containerPort 80 and protocol "TCP" too`,
    ],
    [
      'a finalizer twice',
      yaml('{ apiVersion: v1, kind: ConfigMap, metadata: { name: x, finalizers: [a/b, a/b] } }'),
      'duplicate-key metadata.finalizers[1]: is there twice: item 0 has "a/b" too',
    ],
    [
      'a number for an annotation',
      yaml('{ apiVersion: v1, kind: ConfigMap, metadata: { name: x, annotations: { a/b: 1 } } }'),
      'wrong-type metadata.annotations["a/b"]: has to be text, not the number 1',
    ],
    [
      'a label that is too long',
      yaml(`{ apiVersion: v1, kind: ConfigMap, metadata: { name: x, labels: { a: ${'a'.repeat(64)} } } }`),
      `wrong-value metadata.labels.a: has to be at most 63 letters, digits, \`-\`, \`_\` and \`.\`, not "${'a'.repeat(64)}"`,
    ],
    [
      'a secret that is not base64',
      yaml('{ apiVersion: v1, kind: Secret, metadata: { name: x }, data: { a: "not base64" } }'),
      'wrong-value data.a: has to be base64, not "not base64"',
    ],
    [
      'a key of a ConfigMap with a space',
      yaml('{ apiVersion: v1, kind: ConfigMap, metadata: { name: x }, data: { a b: x } }'),
      'wrong-value data["a b"]: has to be a key of at most 253 letters, digits, `-`, `_` and `.`',
    ],
  ])('cannot have %s', (_, object, problem) => {
    expect(problemsOf(object)).toEqual([problem]);
  });

  it('may have a list or a map where the key of an item is', () => {
    const twice = deployment('ports: [{ containerPort: [1] }, { containerPort: [1] }, { containerPort: { a: 1 } }]');
    expect(problemsOf(twice)).toEqual([
      `wrong-type ${at}.ports[0].containerPort: has to be an integer, not a list`,
      `wrong-type ${at}.ports[1].containerPort: has to be an integer, not a list`,
      `wrong-type ${at}.ports[2].containerPort: has to be an integer, not a map`,
      `duplicate-key ${at}.ports[1]: is there twice: item 0 has containerPort a list and protocol TCP too`,
    ]);
  });
});

it('answers for any value at any place of an object', () => {
  const base = deployment('env: [{ name: A, value: "1" }]\n          ports: [{ containerPort: 80 }]');
  const placesIn = (value: Json, path: readonly string[] = []): readonly (readonly string[])[] =>
    typeof value !== 'object' || value === null
      ? [path]
      : [path, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]))];
  const places = placesIn(base).filter((path) => path.length > 1 || path[0] === 'spec' || path[0] === 'metadata');
  const replaced = (value: Json, [key, ...rest]: readonly string[], by: Json): Json => {
    if (key === undefined) return by;
    if (Array.isArray(value)) return value.map((item, at) => (String(at) === key ? replaced(item, rest, by) : item));
    return Object.fromEntries(
      Object.entries(value as object).map(([name, inner]) => [name, name === key ? replaced(inner, rest, by) : inner]),
    );
  };
  const names = fc.constantFrom('name', 'value', 'containerPort', 'protocol', 'labels', '__proto__', 'a');
  fc.assert(
    fc.property(fc.constantFrom(...places), anyJson(names), (place, value) => {
      expect(Array.isArray(problemsOf(replaced(base, place, value)))).toBe(true);
      expect(problemsOf(replaced(base, place, [value, value]))).toBeInstanceOf(Array);
    }),
  );
});
