import type { ExampleFiles } from './rule.ts';

/** The Score file of the example service, with lines added where an example needs them. */
export function exampleScore(
  added: {
    /** Below `variables:` of the container. */
    readonly variable?: string;
    /** Instead of `db: { type: database }`. */
    readonly resources?: string;
    /** Below the container. */
    readonly container?: string;
    readonly image?: string;
    /** At the end of the file. */
    readonly end?: string;
    readonly metadata?: string;
  } = {},
): ExampleFiles {
  const lines = [
    'apiVersion: score.dev/v1b1',
    `metadata: { ${added.metadata ?? 'name: checkout'} }`,
    'containers:',
    '  main:',
    `    image: ${added.image ?? 'registry.example.com/checkout:1.0.0'}`,
    ...(added.container === undefined ? [] : [`    ${added.container}`]),
    '    variables:',
    `      ${added.variable ?? 'DB_HOST: ${resources.db.host}'}`,
    'resources:',
    ...(added.resources ?? 'db: { type: database }').split('\n').map((line) => `  ${line}`),
    ...(added.end === undefined ? [] : [added.end]),
  ];
  return { 'services/checkout/score.yaml': `${lines.join('\n')}\n` };
}

/** The entity of a service beside the example's own. */
export function exampleComponent(name: string): ExampleFiles {
  return {
    [`services/${name}/catalog-info.yaml`]: `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: ${name} }
spec: { type: service, lifecycle: production, owner: team-payments }
`,
  };
}

/** A capability `cache` beside those of the example platform. */
export function exampleCapability(
  added: {
    /** Below `spec:`. */
    readonly spec?: string;
    readonly name?: string;
    /** In the capability's folder. */
    readonly files?: ExampleFiles;
  } = {},
): ExampleFiles {
  const name = added.name ?? 'cache';
  const lines = [
    'apiVersion: idp.internal/v1alpha1',
    'kind: Capability',
    `metadata: { name: ${name} }`,
    'spec:',
    '  owner: group:default/team-payments',
    '  lifecycle: production',
    '  provides: resource',
    ...(added.spec ?? '').split('\n').flatMap((line) => (line === '' ? [] : [`  ${line}`])),
  ];
  return {
    [`capabilities/${name}/package.json`]: `{ "name": "capability-${name}", "version": "1.0.0" }\n`,
    [`capabilities/${name}/capability.yaml`]: `${lines.join('\n')}\n`,
    ...Object.fromEntries(
      Object.entries(added.files ?? {}).map(([file, content]) => [`capabilities/${name}/${file}`, content]),
    ),
  };
}

/** The capability `cache`, which declares a cluster-scoped kind, and the platform's grant for it. */
export function exampleGranted(kind: string, files: ExampleFiles = {}): ExampleFiles {
  return {
    ...exampleCapability({ spec: `objects: { kinds: [v1/ConfigMap], clusterScoped: [${kind}] }`, files }),
    'idp.yaml': `apiVersion: idp.internal/v1alpha1
kind: Platform
metadata: { name: example }
spec:
  defaults: { workload: web }
  environmentValues: { type: object }
  grants: [{ capability: cache, kinds: [${kind}] }]
`,
  };
}

/** The capability `cache`, and a service that uses it: for what shows itself only when it is rendered. */
export function exampleUse(
  added: Parameters<typeof exampleCapability>[0] = {},
  resource = 'cache: { type: cache }',
): ExampleFiles {
  return { ...exampleCapability(added), ...exampleScore({ resources: `db: { type: database }\n${resource}` }) };
}

/** A platform service `loyalty` that shares a `cache` by the id `points`, and the example service that reads it. */
export function exampleShared(
  added: {
    /** The owner's resource. */
    readonly owner?: string;
    /** The resource `cache` of the example service. */
    readonly consumer?: string;
    readonly variable?: string;
    /** At the end of the secret of the output `key`. */
    readonly secret?: string;
    /** Below `spec:` of the capability. */
    readonly spec?: string;
    readonly files?: ExampleFiles;
  } = {},
): ExampleFiles {
  const outputs = `outputs:
  host: { schema: { type: string }, value: "{{params.zone}}.{{instance.name}}.{{service.namespace}}.svc" }
  key: { schema: { type: string }, secret: { name: "{{instance.name}}", key: key${added.secret ?? ''} } }
parameters: { type: object, additionalProperties: false, properties: { zone: { type: string, default: a } } }`;
  return {
    ...exampleCapability({ spec: `${outputs}\n${added.spec ?? ''}` }),
    ...exampleComponent('loyalty'),
    'services/loyalty/score.yaml': `apiVersion: score.dev/v1b1
metadata: { name: loyalty }
containers: { main: { image: "registry.example.com/loyalty:1.0.0" } }
resources:
  points: ${added.owner ?? '{ type: cache, id: points, params: {} }'}
`,
    ...exampleScore({
      resources: `db: { type: database }\ncache: ${added.consumer ?? '{ type: cache, id: points }'}`,
      variable: added.variable ?? 'CACHE: ${resources.cache.host}',
    }),
    ...added.files,
  };
}
