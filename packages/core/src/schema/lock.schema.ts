import Type, { type Static } from 'typebox';
import { apiVersion, digestText, dnsLabel, kindOf, mapOf } from './primitives.ts';

const strict = { additionalProperties: false } as const;

export const instanceSchema = Type.Object(
  {
    capability: dnsLabel(50, 'What this is an instance of.'),
    id: Type.String({ pattern: '^i-[0-9a-z]{16}$', description: 'Immutable; minted once.' }),
    name: dnsLabel(40, 'Unique in the repository; minted once.'),
  },
  { ...strict, description: 'The identity of one instance of a capability.' },
);

/** kind Lock: `services/<name>/.idp/lock.yaml` (design, sections 4 and 5). */
export const lockSchema = Type.Object(
  {
    apiVersion,
    kind: kindOf('Lock'),
    namespace: dnsLabel(63, "The Kubernetes namespace: the service's name at its creation."),
    renderer: Type.String({
      pattern: '^[0-9]+$',
      description: 'The version of the conversion and of the YAML writer.',
    }),
    workload: Type.Optional(instanceSchema),
    capabilities: mapOf(
      Type.Object(
        {
          version: Type.String({ description: 'The exact version.' }),
          integrity: digestText,
        },
        strict,
      ),
      { description: 'One version of each capability, directly used or through `requires`.' },
    ),
    instances: mapOf(instanceSchema, {
      description: "By the resource's name; those of nested `requires` by path: `db/store`.",
    }),
    images: mapOf(Type.String({ pattern: '^[a-z0-9][a-z0-9._:/-]*@sha256:[0-9a-f]{64}$' }), {
      description: 'What `image: .` stands for, by container.',
    }),
    answers: Type.Optional(mapOf(Type.Unknown(), { description: 'What a person gave the generator.' })),
    files: Type.Optional(
      mapOf(Type.Union([Type.Literal('managed'), Type.Literal('seeded')]), {
        description: 'The files that scaffolding wrote, by class.',
        propertyNames: Type.String({
          pattern: '^(?!/)(?!(.*/)?\\.\\.?(/|$))[^\\\\\\u0000-\\u001f]+$',
          description: "A path inside the service's folder.",
        }),
      }),
    ),
  },
  { ...strict, $id: 'https://idp.internal/schemas/lock.schema.json', title: 'Lock' },
);

/** What stands in a `.idp/lock.yaml` that its schema accepts. */
export type Lock = Static<typeof lockSchema>;
/** The identity of an instance, as a lock keeps it. */
export type Instance = Static<typeof instanceSchema>;
