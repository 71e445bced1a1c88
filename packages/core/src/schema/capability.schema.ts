import Type, { type Static } from 'typebox';
import {
  anyJsonSchema,
  apiVersion,
  dnsLabel,
  globs,
  groupReference,
  kindOf,
  mapOf,
  objectKind,
  semverRange,
} from './primitives.ts';

const strict = { additionalProperties: false } as const;

/** A parameter, also one inside another. */
const parameterPath = '^[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*$';

const output = Type.Object(
  {
    schema: anyJsonSchema,
    value: Type.Optional(Type.String({ description: 'A string template over the same names as templates see.' })),
    secret: Type.Optional(
      Type.Object(
        {
          name: Type.String({ description: 'The Secret, as a string template.' }),
          key: Type.String({ description: 'The key in the Secret, as a string template.' }),
          reach: Type.Optional(
            Type.Union([Type.Literal('namespace'), Type.Literal('cluster')], {
              description:
                'Where the Secret is: in the `namespace` of the service that owns the instance, or, because the capability copies it, under the same name in every namespace of the `cluster`.',
              default: 'namespace',
            }),
          ),
        },
        {
          ...strict,
          description: 'The output is a key of a Secret in the namespace of the service; never clear text.',
        },
      ),
    ),
  },
  { ...strict, description: 'What a consumer may write as `${resources.<name>.<output>}`: `value` or `secret`.' },
);

const requirement = Type.Object(
  {
    capability: dnsLabel(50, 'The capability that this one needs.'),
    version: semverRange,
    as: dnsLabel(30, 'The name under which templates see its outputs: `requires.<as>.<output>`.'),
    instance: Type.Optional(
      Type.Union([Type.Literal('own'), Type.Literal('service'), Type.Literal('environment')], {
        description:
          'One for this instance, one for the service, or the one that a service shares with all (a resource of this type with an `id`).',
        default: 'own',
      }),
    ),
    id: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'With `instance: environment`: which one, where several are shared: the `id` of the resource.',
      }),
    ),
    params: Type.Optional(mapOf(Type.Unknown(), { description: 'The parameters that it gets.' })),
    outputs: Type.Optional(mapOf(anyJsonSchema, { description: 'The outputs that templates use of it, by name.' })),
  },
  { ...strict, description: 'Another capability that each instance of this one needs.' },
);

/** kind Capability: the producer's contract (design, section 5). */
export const capabilitySchema = Type.Object(
  {
    apiVersion,
    kind: kindOf('Capability'),
    metadata: Type.Object(
      {
        name: dnsLabel(50, 'The name that consumers write as a resource `type`; also the name of the folder.'),
        title: Type.Optional(Type.String({ maxLength: 100, description: 'For people.' })),
        description: Type.Optional(Type.String({ maxLength: 1000, description: 'What it offers, in a sentence.' })),
        tags: Type.Optional(Type.Array(Type.String(), { description: 'Words to find it by.' })),
      },
      { ...strict, description: 'What people call it.' },
    ),
    spec: Type.Object(
      {
        owner: groupReference,
        lifecycle: Type.Union([Type.Literal('experimental'), Type.Literal('production'), Type.Literal('deprecated')], {
          description: 'How far one can rely on it.',
        }),
        replacedBy: Type.Optional(Type.String({ description: 'For a deprecated capability: the one to move to.' })),
        sunset: Type.Optional(
          Type.String({ description: 'For a deprecated capability: the day it ends, `2027-01-31`.' }),
        ),
        provides: Type.Union([Type.Literal('resource'), Type.Literal('workload')], {
          description: 'A `resource` of a workload, or what runs the `workload` itself.',
        }),
        parameters: Type.Optional(
          Type.Unsafe<Readonly<Record<string, unknown>>>({
            type: 'object',
            description: 'What a consumer may say in `params`, as a JSON Schema (2020-12).',
          }),
        ),
        classes: Type.Optional(
          mapOf(mapOf(Type.Unknown(), { description: 'Parameters by name.' }), {
            description: 'Presets of parameters that a resource picks by `class`.',
          }),
        ),
        fromEnvironment: Type.Optional(
          mapOf(Type.String({ pattern: '^values\\.[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*$' }), {
            description:
              'The only way in which environment values reach a parameter: `replicas: values.databaseReplicas`.',
          }),
        ),
        immutable: Type.Optional(
          Type.Array(Type.String({ pattern: parameterPath }), {
            description: 'Parameters that an instance keeps for ever: `database`, `storage.class`.',
          }),
        ),
        growOnly: Type.Optional(
          Type.Array(Type.String({ pattern: parameterPath }), {
            description: 'Parameters that never get smaller, numbers or quantities: `storage.size`.',
          }),
        ),
        outputs: Type.Optional(
          mapOf(output, { description: 'What consumers may write as `${resources.<name>.<output>}`, by name.' }),
        ),
        variables: Type.Optional(
          mapOf(Type.String(), {
            description: 'The variables that `idp g add` writes: `HOST: host` becomes `DB_HOST: ${resources.db.host}`.',
          }),
        ),
        requires: Type.Optional(Type.Array(requirement, { description: 'Other capabilities that it needs.' })),
        onDelete: Type.Optional(
          Type.Union([Type.Literal('retain'), Type.Literal('delete')], {
            description: '`retain` wherever there is data.',
            default: 'retain',
          }),
        ),
        objects: Type.Optional(
          Type.Object(
            {
              kinds: Type.Array(objectKind, {
                description: 'What templates may render: `postgresql.cnpg.io/v1/Cluster`, `v1/ConfigMap`.',
              }),
              clusterScoped: Type.Optional(
                Type.Array(objectKind, {
                  description:
                    "What templates may render that is the whole cluster's; idp.yaml has to grant it (`spec.grants`).",
                }),
              ),
            },
            { ...strict, description: 'The Kubernetes objects that it may render.' },
          ),
        ),
        environments: Type.Optional(
          Type.Object(
            { exclude: Type.Array(Type.String(), { description: 'Environments in which it is not offered.' }) },
            { ...strict, description: 'Where it is offered: everywhere, but for these.' },
          ),
        ),
        scaffold: Type.Optional(
          Type.Object(
            {
              managed: Type.Optional(
                globs('Scaffolded files of which the platform owns every byte. All others are seeded.'),
              ),
            },
            { ...strict, description: "What happens to the files that it writes into a service's folder." },
          ),
        ),
      },
      { ...strict, description: 'The contract.' },
    ),
  },
  { ...strict, $id: 'https://idp.internal/schemas/capability.schema.json', title: 'Capability' },
);

/** What stands in a `capability.yaml` that its schema accepts. */
export type CapabilityDocument = Static<typeof capabilitySchema>;
