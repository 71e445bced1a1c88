import Type, { type Static } from 'typebox';
import { apiVersion, digestText, dnsLabel } from './primitives.ts';

const strict = { additionalProperties: false } as const;

/** kind Record: `.idp/services/<service>.json` on an environment branch (design, section 9). */
export const recordSchema = Type.Object(
  {
    apiVersion,
    kind: Type.Literal('Record'),
    service: dnsLabel(50, 'The service.'),
    environment: dnsLabel(30, 'The environment.'),
    namespace: dnsLabel(63, 'Its namespace.'),
    release: digestText,
    tree: digestText,
    targets: Type.Record(Type.String(), digestText, { description: "The digest of each target's part of the tree." }),
    source: Type.Object(
      { commit: Type.String({ pattern: '^[0-9a-f]{40,64}$' }) },
      { ...strict, description: 'The commit of the main branch that was rendered.' },
    ),
    renderer: Type.String({ pattern: '^[0-9]+$' }),
    capabilities: Type.Record(Type.String(), Type.String(), { description: 'Versions by capability.' }),
    instances: Type.Record(
      Type.String(),
      Type.Object({ capability: Type.String(), id: Type.String(), name: Type.String() }, strict),
    ),
    manifests: Type.Array(Type.String(), { description: 'The paths of the tree, sorted.' }),
    retained: Type.Array(Type.String(), {
      description: 'Manifests on the branch that are no longer rendered and were not deleted.',
    }),
    soakStart: Type.String({ description: 'When this release arrived, in UTC: `2026-11-21T09:00:00.000Z`.' }),
  },
  { ...strict, $id: 'https://idp.internal/schemas/record.schema.json', title: 'Record' },
);

export type ReleaseRecord = Static<typeof recordSchema>;
