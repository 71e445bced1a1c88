import Type from 'typebox';
import { mapOf } from '../schema/primitives.ts';

/**
 * Score v1b1 (score.dev/docs, "Score specification reference") as far as this version renders it. What the
 * specification has beyond it is refused as not supported yet rather than ignored.
 */
const strict = { additionalProperties: false } as const;
const portNumber = Type.Integer({ minimum: 1, maximum: 65_535, description: 'A port from 1 to 65535.' });
const quantity = Type.String({
  pattern: '^[0-9]+(\\.[0-9]+)?(m|k|K|Ki|M|Mi|G|Gi|T|Ti)?$',
  description: 'A Kubernetes quantity in quotes: "250m", "128Mi".',
});
/** Names of the document that become names in Kubernetes. */
const labelName = (maxLength: number) =>
  Type.String({
    pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
    maxLength,
    description: `Lower-case letters, digits and \`-\` between them, at most ${maxLength} characters.`,
  });
const quantities = Type.Object({ cpu: Type.Optional(quantity), memory: Type.Optional(quantity) }, strict);
const httpGet = Type.Object(
  {
    host: Type.Optional(Type.String()),
    scheme: Type.Optional(Type.Union([Type.Literal('HTTP'), Type.Literal('HTTPS')])),
    path: Type.String({ description: 'The path of the request: `/healthz`.' }),
    port: portNumber,
    httpHeaders: Type.Optional(Type.Array(Type.Object({ name: Type.String(), value: Type.String() }, strict))),
  },
  strict,
);
const probe = Type.Object(
  { httpGet: Type.Optional(httpGet), exec: Type.Optional(Type.Object({ command: Type.Array(Type.String()) }, strict)) },
  { ...strict, minProperties: 1, description: '`exec` or `httpGet`; where both are said, `exec` counts.' },
);

const container = Type.Object(
  {
    image: Type.String({ minLength: 1, description: 'An image, or `.` for what this repository builds.' }),
    command: Type.Optional(Type.Array(Type.String())),
    args: Type.Optional(Type.Array(Type.String())),
    variables: Type.Optional(
      mapOf(Type.String({ description: 'Variables are text: quote numbers.' }), {
        propertyNames: Type.String({
          pattern: '^[-._a-zA-Z][-._a-zA-Z0-9]*$',
          description: 'The name of a variable: letters, digits, `_`, `-` and `.`, not beginning with a digit.',
        }),
      }),
    ),
    resources: Type.Optional(
      Type.Object({ limits: Type.Optional(quantities), requests: Type.Optional(quantities) }, strict),
    ),
    livenessProbe: Type.Optional(probe),
    readinessProbe: Type.Optional(probe),
    files: Type.Optional(Type.Unknown()),
    volumes: Type.Optional(Type.Unknown()),
    before: Type.Optional(Type.Unknown()),
  },
  strict,
);

const port = Type.Object(
  {
    port: portNumber,
    protocol: Type.Optional(Type.Union([Type.Literal('TCP'), Type.Literal('UDP')])),
    targetPort: Type.Optional(portNumber),
  },
  strict,
);

const resource = Type.Object(
  {
    type: Type.String({ pattern: '^[a-z][a-z0-9-]*$', description: 'A capability, or the built-in type `service`.' }),
    class: Type.Optional(Type.String({ description: 'A preset of parameters that the capability names.' })),
    id: Type.Optional(Type.String({ description: 'For the type `service`: the service that is meant.' })),
    metadata: Type.Optional(Type.Object({ annotations: Type.Optional(mapOf(Type.String())) })),
    params: Type.Optional(mapOf(Type.Unknown())),
  },
  strict,
);

export const scoreSchema = Type.Object(
  {
    apiVersion: Type.Literal('score.dev/v1b1'),
    metadata: Type.Object({
      name: Type.String({ minLength: 1, maxLength: 63 }),
      annotations: Type.Optional(mapOf(Type.String())),
      workload: Type.Optional(
        Type.Object(
          {
            type: Type.String({ description: 'The workload capability.' }),
            version: Type.Optional(Type.String()),
            params: Type.Optional(mapOf(Type.Unknown())),
          },
          strict,
        ),
      ),
    }),
    containers: mapOf(container, { minProperties: 1, propertyNames: labelName(63) }),
    service: Type.Optional(
      Type.Object({ ports: Type.Optional(mapOf(port, { propertyNames: labelName(63) })) }, strict),
    ),
    resources: Type.Optional(mapOf(resource, { propertyNames: labelName(63) })),
  },
  strict,
);
