import type { Rule } from '../finding/rule.ts';

/** What stops a promotion, or part of it. They need a branch, so that no files alone are an example. */
export const promoteRules: readonly Rule[] = [
  {
    code: 'promote/gated',
    severity: 'error',
    title: 'This version promotes only to environments without `gates` and `after`, with `promotion: automatic`',
    why: 'Nobody judges gates or opens pull requests of promotions yet; a push past them would be worse than none.',
    mend: 'Promote to an environment without `gates` and `after`, and with `promotion: automatic`.',
    when: '`npx idp promote --to=prod`, where environments/prod.yaml has `gates`, `after` or `promotion: pull-request`.',
  },
  {
    code: 'promote/blocked',
    severity: 'error',
    title: 'A service is promoted when nothing in it is an error',
    why: 'What is known to be wrong does not reach an environment; other services are promoted all the same.',
    mend: 'Mend the finding that the message repeats; `npx idp check` shows all of them.',
    when: 'A service of the commit that is promoted has a finding of severity error, or a policy denies it.',
  },
  {
    code: 'promote/closure',
    severity: 'error',
    title: 'A service goes to an environment that runs the shared instances it reads',
    why: 'Its manifests hold what a shared instance says here; where another version of it runs, or none, they would point at nothing.',
    mend: 'Promote the owner of the instance first, or with it; the hint has the command. Where the owner is blocked, mend it.',
    when: '`npx idp promote --to=dev --service=checkout`, while the platform service whose instance checkout reads is not on env/dev, or there is an older version of it.',
  },
  {
    code: 'promote/retained',
    severity: 'warning',
    title: 'A manifest that is no longer rendered stays on the branch',
    why: 'Deleting is planned with its data loss and approved; this version deletes no manifest but that of a Deployment whose place a StatefulSet takes.',
    mend: 'Remove the object by hand when you are sure, or wait for the version that plans deletions.',
    when: 'A release renders fewer objects than the one before it in the environment.',
  },
  {
    code: 'promote/service-gone',
    severity: 'warning',
    title: 'A service that is gone from the repository stays on the branch',
    why: 'It keeps running: deleting is planned with its data loss and approved; this version never deletes.',
    mend: 'Wait for the version that plans deletions.',
    when: 'A folder of services/ was removed after its service had been promoted.',
  },
  {
    code: 'promote/identity-changed',
    severity: 'error',
    title: 'A promoted instance keeps its identity',
    why: 'In Kubernetes the name is the identity: under another name runs another, empty database, and nobody notices before the first question for the data.',
    mend: 'Restore the lock from its history. To start anew on purpose, remove the resource, promote, and add it again.',
    when: "The lock names another namespace, id or name than the record on the environment's branch.",
  },
  {
    code: 'promote/identity-taken',
    severity: 'error',
    title: 'What belongs to one service on a branch is not taken by another',
    why: 'Two owners of one object fight over it, and the secrets of an instance would be readable by the new one.',
    mend: 'Give the service a namespace and instances of its own: delete what was copied from its lock and run `npx idp lock`.',
    when: 'A service claims a namespace, an instance or an object that the branch holds for another one, also for one that is gone from the repository; a renamed service does so too.',
  },
  {
    code: 'promote/invalid-record',
    severity: 'error',
    title: 'The record of a service on an environment branch can be read',
    why: 'Without it nobody knows what was promoted; the service is left as it is.',
    mend: "Restore the record from the branch's history.",
    when: '`.idp/services/<service>.json` on the branch was changed by hand.',
  },
];
