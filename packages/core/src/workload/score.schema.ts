import Type, { type TSchema } from 'typebox';
import { mapOf } from '../schema/primitives.ts';

/**
 * Score v1b1 (score.dev/docs, "Score specification reference"; its JSON Schema is the oracle of score-oracle.spec.ts).
 * What it does not say is refused rather than ignored.
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
const headerName = Type.String({ pattern: '^[A-Za-z0-9_-]+$', description: 'Letters, digits, `-` and `_`.' });
const httpGet = Type.Object(
  {
    host: Type.Optional(Type.String({ minLength: 1 })),
    scheme: Type.Optional(Type.Union([Type.Literal('HTTP'), Type.Literal('HTTPS')])),
    path: Type.String({ description: 'The path of the request: `/healthz`.' }),
    port: portNumber,
    httpHeaders: Type.Optional(
      Type.Array(Type.Object({ name: headerName, value: Type.String({ minLength: 1 }) }, strict)),
    ),
  },
  strict,
);
const probe = Type.Object(
  { httpGet: Type.Optional(httpGet), exec: Type.Optional(Type.Object({ command: Type.Array(Type.String()) }, strict)) },
  { ...strict, minProperties: 1, description: '`exec` or `httpGet`; where both are said, `exec` counts.' },
);

const fileFields = {
  mode: Type.Optional(
    Type.String({ pattern: '^0?[0-7]{3}$', description: 'The mode of the file in octal digits, in quotes: "0644".' }),
  ),
  source: Type.Optional(Type.String({ minLength: 1, description: "A file of the service's folder, relative to it." })),
  content: Type.Optional(Type.String({ description: 'The text of the file.' })),
  binaryContent: Type.Optional(Type.String({ description: 'The bytes of the file in base64.' })),
  noExpand: Type.Optional(Type.Boolean({ description: 'Whether placeholders stay as they are.' })),
};
const volumeFields = {
  source: Type.String({ description: 'What is mounted: `${resources.<name>}` of a resource of the type `volume`.' }),
  path: Type.Optional(Type.String({ description: 'A folder in the volume.' })),
  readOnly: Type.Optional(Type.Boolean()),
};
/** By target path; or, as Score had it before, a list whose items say their `target`. */
const byTarget = (fields: Readonly<Record<string, TSchema>>) =>
  Type.Unsafe<Record<string, unknown> | readonly unknown[]>({
    if: { type: 'array' },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: Type.Array(Type.Object({ target: Type.String({ minLength: 1 }), ...fields }, strict)),
    else: mapOf(Type.Object(fields, strict)),
  });
const ready = Type.Union([Type.Literal('started'), Type.Literal('healthy'), Type.Literal('complete')]);

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
    files: Type.Optional(byTarget(fileFields)),
    volumes: Type.Optional(byTarget(volumeFields)),
    before: Type.Optional(
      mapOf(Type.Object({ ready }, strict), {
        minProperties: 1,
        propertyNames: labelName(63),
        description: 'The containers that start only when this one is `started`, `healthy` or `complete`.',
      }),
    ),
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
    type: Type.String({
      pattern: '^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$',
      maxLength: 63,
      description: 'A capability, or one of the built-in types `service`, `volume` and `environment`.',
    }),
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
    containers: mapOf(container, { minProperties: 1, maxProperties: 100, propertyNames: labelName(63) }),
    service: Type.Optional(
      Type.Object({ ports: Type.Optional(mapOf(port, { propertyNames: labelName(63) })) }, strict),
    ),
    resources: Type.Optional(mapOf(resource, { propertyNames: labelName(63) })),
  },
  strict,
);
