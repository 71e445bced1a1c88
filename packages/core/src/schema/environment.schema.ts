import Type, { type Static } from 'typebox';
import { apiVersion, dnsLabel, freeValues, groupReference, kindOf } from './primitives.ts';

const strict = { additionalProperties: false } as const;
const time = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$', description: 'Hours and minutes: `09:00`.' });
const day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$', description: 'A day: `2026-12-20`.' });
const weekday = Type.Enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);

const gates = Type.Object(
  {
    soak: Type.Optional(
      Type.String({
        pattern: '^[0-9]+(m|h|d)$',
        description: 'This very release in every environment of `after` for so long: `24h`.',
      }),
    ),
    checks: Type.Optional(Type.Array(Type.String(), { description: 'Check runs on the upstream environment.' })),
    approvals: Type.Optional(
      Type.Object(
        {
          count: Type.Integer({ minimum: 1, description: 'How many people have to approve.' }),
          from: Type.Array(groupReference, { minItems: 1, description: 'The groups whose members count.' }),
          notAuthor: Type.Optional(Type.Boolean({ description: 'Whether authors of the change do not count.' })),
        },
        { ...strict, description: 'Who has to approve.' },
      ),
    ),
    windows: Type.Optional(
      Type.Array(
        Type.Object(
          {
            days: Type.Array(weekday, { minItems: 1, description: 'Days of the week.' }),
            from: time,
            to: time,
            timeZone: Type.String({ description: 'A zone of the IANA database: `Europe/Berlin`.' }),
          },
          strict,
        ),
        { description: 'When releases may enter; without any, always.' },
      ),
    ),
    freezes: Type.Optional(
      Type.Array(
        Type.Object({ from: day, to: day, reason: Type.String({ description: 'Why, for people.' }) }, strict),
        { description: 'When no release may enter, both days included.' },
      ),
    ),
  },
  { ...strict, description: 'What has to hold before a release enters.' },
);

/** kind Environment (design, section 8). */
export const environmentSchema = Type.Object(
  {
    apiVersion,
    kind: kindOf('Environment'),
    metadata: Type.Object(
      {
        name: dnsLabel(30, 'The name of the environment; also the name of the file.'),
        title: Type.Optional(Type.String({ description: 'For people.' })),
        description: Type.Optional(Type.String({ description: 'What it is for.' })),
      },
      { ...strict, description: 'What people call it.' },
    ),
    spec: Type.Object(
      {
        after: Type.Optional(
          Type.Array(Type.String(), { maxItems: 50, description: 'The environments that a release passes first.' }),
        ),
        branch: Type.Optional(Type.String({ description: 'Default: `env/<name>`.' })),
        promotion: Type.Optional(
          Type.Union([Type.Literal('automatic'), Type.Literal('pull-request')], {
            description:
              'Whether a merge promotes at once, or opens a pull request. Without it, at once where there are neither `gates` nor `after`.',
          }),
        ),
        targets: Type.Array(
          Type.Object(
            {
              name: dnsLabel(30, 'The name of the target: a folder below `manifests/`.'),
              cluster: Type.String({ description: 'The cluster that follows this folder.' }),
              values: Type.Optional(freeValues),
            },
            strict,
          ),
          { minItems: 1, maxItems: 100, description: 'Where the environment runs; each gets manifests of its own.' },
        ),
        values: Type.Optional(freeValues),
        gates: Type.Optional(gates),
      },
      { ...strict, description: 'How releases come here, and where it runs.' },
    ),
  },
  { ...strict, $id: 'https://idp.internal/schemas/environment.schema.json', title: 'Environment' },
);

/** What stands in a file of `environments/` that its schema accepts. */
export type EnvironmentDocument = Static<typeof environmentSchema>;
