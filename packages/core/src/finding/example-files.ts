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

/** The capability `cache`, and a service that uses it: for what shows itself only when it is rendered. */
export function exampleUse(
  added: Parameters<typeof exampleCapability>[0] = {},
  resource = 'cache: { type: cache }',
): ExampleFiles {
  return { ...exampleCapability(added), ...exampleScore({ resources: `db: { type: database }\n${resource}` }) };
}
