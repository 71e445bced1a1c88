import { capabilitySchema, environmentSchema, lockSchema, platformSchema, recordSchema, waiverSchema } from '@idp/core';

/** An own format, with the one schema that its types, its checks, its page and its JSON Schema come from. */
export interface Format {
  /** The name of its schema and of its page. */
  readonly name: string;
  /** Where its files are. */
  readonly files: string;
  readonly about: string;
  readonly schema: object;
}

export const formats: readonly Format[] = [
  {
    name: 'platform',
    files: '`idp.yaml`, which is optional',
    about: 'The settings of a platform. Everything has a default.',
    schema: platformSchema,
  },
  {
    name: 'environment',
    files: '`environments/<name>.yaml`',
    about: 'A place where releases run, and how they come there.',
    schema: environmentSchema,
  },
  {
    name: 'capability',
    files: '`capabilities/<name>/capability.yaml`',
    about: 'What a producer offers: the parameters that go in, the outputs that come out, and what it needs itself.',
    schema: capabilitySchema,
  },
  {
    name: 'lock',
    files: '`services/<name>/.idp/lock.yaml`',
    about: 'Identities and exact versions of a service. `idp lock` writes it; nobody edits it.',
    schema: lockSchema,
  },
  {
    name: 'record',
    files: '`.idp/services/<service>.json` on an environment branch',
    about: 'What a promotion wrote of a service. `idp promote` writes it; nobody edits it.',
    schema: recordSchema,
  },
  {
    name: 'waiver',
    files: '`policies/waivers/<name>.yaml`',
    about: 'An exception from a policy for one subject, for a while, that somebody answers for.',
    schema: waiverSchema,
  },
];
