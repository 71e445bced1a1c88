import Type, { type Static } from 'typebox';
import { apiVersion, digestText, dnsLabel, kindOf, mapOf } from './primitives.ts';

const strict = { additionalProperties: false } as const;

/** kind Record: `.idp/services/<service>.json` on an environment branch (design, section 9). */
export const recordSchema = Type.Object(
  {
    apiVersion,
    kind: kindOf('Record'),
    service: dnsLabel(50, 'The service.'),
    environment: dnsLabel(30, 'The environment.'),
    namespace: dnsLabel(63, 'Its namespace.'),
    release: Type.String({
      ...digestText,
      description: "The digest of the service's content, without any environment.",
    }),
    tree: Type.String({ ...digestText, description: 'The digest of what it renders to here, over all targets.' }),
    targets: mapOf(digestText, { description: "The digest of each target's part of the tree." }),
    source: Type.Object(
      { commit: Type.String({ pattern: '^[0-9a-f]{40,64}$', description: "git's id of it." }) },
      { ...strict, description: 'The commit of the main branch that was rendered.' },
    ),
    renderer: Type.String({ pattern: '^[0-9]+$', description: 'The version that rendered it.' }),
    capabilities: mapOf(Type.String(), { description: 'Versions by capability.' }),
    instances: mapOf(
      Type.Object(
        {
          capability: Type.String({ description: 'What it is an instance of.' }),
          id: Type.String({ description: 'Its immutable id.' }),
          name: Type.String({ description: 'Its name.' }),
        },
        strict,
      ),
      { description: 'The instances of capabilities, by path.' },
    ),
    shared: Type.Optional(
      mapOf(digestText, {
        description: 'What instances that others read say here, by resource: the digest of their outputs.',
      }),
    ),
    manifests: Type.Array(Type.String(), { description: 'The paths of the tree, sorted.' }),
    retained: Type.Array(Type.String(), {
      description: 'Manifests on the branch that are no longer rendered and were not deleted.',
    }),
    detached: Type.Array(
      Type.Object(
        {
          capability: Type.String({ description: 'What it is an instance of.' }),
          id: Type.String({ description: 'Its immutable id.' }),
          name: Type.String({ description: 'Its name.' }),
        },
        strict,
      ),
      { description: 'Instances that the service no longer has and whose objects stay on the branch.' },
    ),
    soakStart: Type.String({ description: 'When this release arrived, in UTC: `2026-11-21T09:00:00.000Z`.' }),
  },
  { ...strict, $id: 'https://idp.internal/schemas/record.schema.json', title: 'Record' },
);

/** What a promotion wrote of one service on the branch of an environment. */
export type ReleaseRecord = Static<typeof recordSchema>;
