import Type, { type Static } from 'typebox';
import { apiVersion, dnsLabel, groupOf, kindOf } from './primitives.ts';

const strict = { additionalProperties: false } as const;
const day = (description: string) => Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$', description });

const subject = Type.Object(
  {
    entity: Type.String({
      pattern: '^[A-Za-z]+:([A-Za-z0-9._-]+/)?[A-Za-z0-9._-]+$',
      maxLength: 200,
      description:
        'What is excused: `component:checkout`, `group:team-payments`, `capability:postgres`, `environment:dev`; `workflow:release` for `.github/workflows/release.yaml`, `platform:<name>` for idp.yaml.',
    }),
    resource: Type.Optional(
      Type.String({
        pattern: '^[A-Z][A-Za-z0-9]*/[^/\\s]+$',
        maxLength: 300,
        description: 'Only this object of it, by kind and name: `Deployment/checkout`. Without it, all of them.',
      }),
    ),
    container: Type.Optional(
      dnsLabel(63, 'Only what a policy says of this container, of every pod that has one of this name.'),
    ),
    path: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 500,
        description:
          'Only this field and what is below it: `spec.template.spec.hostNetwork`. An element of a list is named in brackets, by its index or its `name`: `spec.ports[http]`; a key that has a dot in quotes: `metadata.labels["app.kubernetes.io/name"]`.',
      }),
    ),
    environments: Type.Optional(
      Type.Array(Type.String(), {
        minItems: 1,
        maxItems: 50,
        description: 'Only in these environments. Without it, in all.',
      }),
    ),
  },
  { ...strict, description: 'Where it applies: exactly there, and nowhere else.' },
);

/** kind Waiver: an exception from a policy, for a while, that somebody answers for (issue "Guardrails", Waivers). */
export const waiverSchema = Type.Object(
  {
    apiVersion,
    kind: kindOf('Waiver'),
    metadata: Type.Object(
      {
        name: dnsLabel(100, 'The name of the waiver; also the name of the file.'),
        title: Type.Optional(Type.String({ description: 'For people.' })),
      },
      { ...strict, description: 'What people call it.' },
    ),
    spec: Type.Object(
      {
        policy: Type.String({
          minLength: 1,
          maxLength: 200,
          description: 'The policy, as its findings name it; `idp explain <policy>` shows it.',
        }),
        subject,
        reason: Type.String({
          pattern: '\\S',
          maxLength: 2000,
          description: 'Why this is right for now, for who reads it in half a year.',
        }),
        owner: groupOf('The group that mends it before the waiver expires: `group:default/team-payments`.'),
        approver: groupOf(
          'The group that has to approve the file. That its members did is seen to by CODEOWNERS and by branch protection, not by `idp check`.',
        ),
        issued: day('The day from which it holds, in UTC: `2026-11-21`.'),
        expires: day(
          'The last day on which it holds, in UTC: `2027-01-31`. At most 180 days after `issued`, unless the policy says otherwise (annotation `idp.internal/waiver-days`).',
        ),
      },
      { ...strict, description: 'What is excused, why, by whom, and until when.' },
    ),
  },
  { ...strict, $id: 'https://idp.internal/schemas/waiver.schema.json', title: 'Waiver' },
);

/** What stands in a file of `policies/waivers/` that its schema accepts. */
export type WaiverDocument = Static<typeof waiverSchema>;
