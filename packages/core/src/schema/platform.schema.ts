import Type, { type Static } from 'typebox';
import { apiVersion, dnsLabel, globs, kindOf, objectKind } from './primitives.ts';

const strict = { additionalProperties: false } as const;

/** kind Platform: the optional idp.yaml at the root (design, section 2). */
export const platformSchema = Type.Object(
  {
    apiVersion,
    kind: kindOf('Platform'),
    metadata: Type.Object(
      {
        name: dnsLabel(50, 'The name of the platform.'),
        title: Type.Optional(Type.String({ description: 'For people.' })),
      },
      { ...strict, description: 'What people call it.' },
    ),
    spec: Type.Object(
      {
        branch: Type.Optional(Type.String({ description: 'The branch that is promoted.', default: 'main' })),
        remote: Type.Optional(Type.String({ description: "git's name of the remote repository.", default: 'origin' })),
        minimumToolVersion: Type.Optional(
          Type.String({ pattern: '^\\d+\\.\\d+\\.\\d+$', description: 'Older tools refuse to work: `0.1.0`.' }),
        ),
        images: Type.Optional(
          Type.Object(
            {
              registry: Type.String({
                pattern: '^[a-z0-9.:/_-]+$',
                description: 'Where `image: .` is pushed: `registry.example.com/acme`.',
              }),
            },
            { ...strict, description: 'Where images of services are.' },
          ),
        ),
        defaults: Type.Optional(
          Type.Object(
            {
              workload: Type.Optional(
                Type.String({ description: 'The workload capability of a Score file that names none.' }),
              ),
            },
            { ...strict, description: 'What holds where nothing is written.' },
          ),
        ),
        environmentValues: Type.Optional(
          Type.Unsafe<Readonly<Record<string, unknown>>>({
            type: 'object',
            description: 'What an environment may say in `values`, as a JSON Schema (2020-12).',
          }),
        ),
        grants: Type.Optional(
          Type.Array(
            Type.Object(
              {
                capability: dnsLabel(50, 'The capability that may render them.'),
                kinds: Type.Array(objectKind, {
                  minItems: 1,
                  description: 'The kinds, as it declares them: `external-secrets.io/v1/ClusterSecretStore`.',
                }),
              },
              { ...strict, description: 'One capability.' },
            ),
            { description: "What capabilities may render that is a whole cluster's, and not a namespace's." },
          ),
        ),
        ignore: Type.Optional(globs("Globs of files that only look like the platform's.")),
      },
      { ...strict, description: 'Where the company differs from the defaults.' },
    ),
  },
  { ...strict, $id: 'https://idp.internal/schemas/platform.schema.json', title: 'Platform' },
);

/** What stands in an `idp.yaml` that its schema accepts. */
export type PlatformDocument = Static<typeof platformSchema>;
