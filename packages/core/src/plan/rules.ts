import type { Rule } from '../finding/rule.ts';

/** What a plan says of identities. They need two sides, so that no files alone are an example. */
export const planRules: readonly Rule[] = [
  {
    code: 'plan/instance-removed',
    severity: 'warning',
    title: 'An instance that goes is named, with what becomes of its data',
    why: 'One line less in a Score file can be a database less. Adding the resource again later makes another, empty instance.',
    mend: "Nothing, when it is meant. Else restore the resource and its identity in the lock from git's history.",
    when: 'A resource, or a whole service, was removed since the base, and with it an instance that the lock had.',
  },
  {
    code: 'plan/identity-changed',
    severity: 'error',
    title: 'An identity never changes',
    why: 'In Kubernetes the name is the identity: under another name runs another, empty database, while the old one with the data belongs to nobody.',
    mend: 'Restore the lock from its history: `git checkout <base> -- services/<service>/.idp/lock.yaml`. To start anew on purpose, remove the resource in one change and add it in a later one.',
    when: 'The lock names another namespace than at the base, or another id or name for the same resource: it was deleted and written anew, or the resource was removed and added again in one change.',
  },
  {
    code: 'plan/parameter-fixed',
    severity: 'error',
    title: 'A parameter that an instance cannot change stays as it is',
    why: 'The operator refuses it after the merge, or makes the instance anew without its data. The capability says which these are (`immutable`, `growOnly`).',
    mend: 'Leave the value. For another one, add a resource of another name, move the data, and remove the old one later.',
    when: 'A change renames `database` or shrinks `storage` of an instance that was there at the base.',
  },
];
