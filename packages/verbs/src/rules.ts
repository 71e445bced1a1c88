import { docsOf, type Rule, ruleBook } from '@idp/core';

/**
 * What codes mean that need more than a snapshot to come about: policies, branches, a remote, a disk. Codes of
 * `usage/…` and `internal/…` have no page: their messages say what to type instead.
 */
export const verbRules: readonly Rule[] = [
  {
    code: 'policy/invalid',
    severity: 'error',
    title: 'A policy is what the Kubernetes API accepts',
    why: 'A cluster would refuse it, and a guardrail that is not there guards nothing.',
    mend: 'Mend the field that is shown; see the ValidatingAdmissionPolicy of the Kubernetes API reference.',
    when: 'A file of policies/ has an unknown field, a value of another type, or lacks one that is required.',
  },
  {
    code: 'policy/annotation',
    severity: 'error',
    title: 'The annotations of a policy are those that are read',
    why: 'A misspelt owner is nobody, and a policy whose `waivable` is misspelt can be waived.',
    mend: 'Mend the name; the hint has the nearest one. `waivable` is "true" or "false", `waiver-days` a number.',
    when: 'A policy has the annotation `idp.internal/ownr`.',
  },
  {
    code: 'policy/cel-error',
    severity: 'error',
    title: 'The expressions of a policy parse and type-check',
    why: 'An expression that cannot be evaluated decides nothing.',
    mend: 'Mend the expression at the column that is shown.',
    when: 'A `validations[].expression` is not CEL.',
  },
  {
    code: 'policy/unknown-field',
    severity: 'error',
    title: 'A policy names fields that exist',
    why: 'A rule over a field that nothing has protects nobody, or denies everything. Kubernetes only warns, and only in the status of the policy.',
    mend: 'Write the field that the hint names; its place is the very column.',
    when: 'An expression names `object.spec.replcas`, and none of the kinds that the policy matches has such a field. Kinds whose schema is not known have any field.',
  },
  {
    code: 'policy/not-supported-yet',
    severity: 'error',
    title: 'A policy uses what this version of the tool evaluates',
    why: 'It is valid in a cluster, but not decided here: ignoring it would be a pass that nobody gave.',
    mend: 'Leave it out until this version of the tool knows it.',
    when: 'A policy uses a field, a kind or a function that is valid in a cluster and not evaluated here yet.',
  },
  {
    code: 'policy/not-exported',
    severity: 'info',
    title: 'A policy that no cluster can enforce is named',
    why: 'Who exports the guardrails has to know which of them hold in pull requests only.',
    mend: 'Nothing has to be mended. To have the cluster enforce it too, judge objects of Kubernetes without `catalog`.',
    when: '`npx idp export policies`, for a policy that judges files of the repository, reads `catalog`, belongs to a capability, or says `idp.internal/not-exported`.',
  },
  {
    code: 'policy/export-left-over',
    severity: 'warning',
    title: 'A folder of exported policies has nothing else',
    why: 'A policy that was removed here stays in force in every cluster that applies the folder.',
    mend: 'Delete the file if an earlier export wrote it.',
    when: '`npx idp export policies --output=<folder>`, where the folder has a YAML file that this export did not write.',
  },
  {
    code: 'policy/unbound',
    severity: 'warning',
    title: 'A policy has a binding',
    why: 'Without one a policy is never in force.',
    mend: 'Add a ValidatingAdmissionPolicyBinding that names it.',
    when: 'No binding of policies/ has the name of the policy as its `policyName`.',
  },
  {
    code: 'policy/unknown-policy',
    severity: 'error',
    title: 'A binding names a policy that is there',
    why: 'A binding of nothing puts nothing in force.',
    mend: 'Mend `policyName`; the hint names the nearest one.',
    when: 'The `policyName` of a binding is misspelt.',
  },
  {
    code: 'policy/duplicate-name',
    severity: 'error',
    title: 'Policies, and bindings, have different names',
    why: 'In a cluster the second would replace the first.',
    mend: 'Rename one of them.',
    when: 'Two files of policies/ have the same kind and `metadata.name`.',
  },
  {
    code: 'policy/unknown-branch',
    severity: 'info',
    title: 'The branches of environments are there when policies speak of updates',
    why: 'A rule about what an update may change needs what is there now; without it nobody can say, and that is never a pass.',
    mend: 'Fetch the branch. Before the first promotion into an environment there is none, and nothing to do.',
    when: 'A policy reads `oldObject`, or matches updates alone, and the remote-tracking branch of an environment is not here.',
  },
  {
    code: 'policy/not-evaluated',
    severity: 'warning',
    title: 'Every policy is of a kind that is evaluated',
    why: 'A policy that decided nothing must not look like one that was passed.',
    mend: 'Check it with the tool that it was written for, or write it as a ValidatingAdmissionPolicy.',
    when: '`idp check --policies=<folder>` finds a ClusterPolicy of Kyverno, a ConstraintTemplate, or a policy that changes objects.',
  },
  {
    code: 'policy/old-version',
    severity: 'warning',
    title: 'A policy has a version that clusters serve',
    why: 'v1alpha1 and v1beta1 are gone since Kubernetes 1.34: what is judged here, a cluster of today refuses.',
    mend: 'Write `admissionregistration.k8s.io/v1`; nothing else changes.',
    when: 'A policy or binding of policies/ is `admissionregistration.k8s.io/v1beta1`. It is read as v1.',
  },
  {
    code: 'policy/unused-param',
    severity: 'warning',
    title: 'A binding gives params to a policy that takes some',
    why: 'Kubernetes passes over the `paramRef` of such a binding, and so does this tool; its author thinks otherwise.',
    mend: 'Add `paramKind` to the policy, or take `paramRef` off the binding.',
    when: 'A binding has a `paramRef`, and its policy no `paramKind`.',
  },
  {
    code: 'policy/missing-param',
    severity: 'warning',
    title: 'The params that a binding names exist',
    why: 'Without them the policy says nothing, or denies everything: what `parameterNotFoundAction` says.',
    mend: 'Put the object below policies/, or mend the `paramRef`.',
    when: 'No object that a binding concerned found what its `paramRef` names, neither below policies/ nor among what its service renders.',
  },
  {
    code: 'policy/no-message',
    severity: 'warning',
    title: 'A messageExpression makes a message',
    why: 'Who is denied something reads the general message instead of the exact one, here and in a cluster.',
    mend: 'Guard what may be absent, with `.?` and `orValue` for example; one line of at most 5 KiB.',
    when: 'A `messageExpression` fails, or is empty, too long, of several lines or no text, for an object that is denied.',
  },
  {
    code: 'policy/too-many-steps',
    severity: 'error',
    title: 'A policy stays within its budget of steps',
    why: 'A policy that takes too long holds up everybody. Steps are counted, not time, so that the verdict is the same everywhere; a cluster has a budget as well.',
    mend: 'Loop over less: a loop inside a loop multiplies. A variable is evaluated once, however often it is read.',
    when: 'An expression takes a million steps on an object, a policy ten million on one, or two thousand million in a run.',
  },
  {
    code: 'policy/excepts-nothing',
    severity: 'warning',
    title: 'A PolicyException is for a policy that is there',
    why: 'An exception of nothing excuses nothing, and somebody believes that it does.',
    mend: 'Mend the name in `spec.policyRefs`; the hint has the nearest one.',
    when: 'A PolicyException of Kyverno names a policy that does not exist.',
  },
  {
    code: 'policy/expired-exception',
    severity: 'warning',
    title: 'A PolicyException holds until it expires',
    why: 'What it excepted is found again.',
    mend: 'Mend what it excepted, or ask for another one.',
    when: 'The `spec.expiresAt` of a PolicyException of Kyverno is in the past.',
  },
  {
    code: 'policy/matches-nothing',
    severity: 'warning',
    title: 'A policy is about something',
    why: 'A guardrail that matches nothing protects nobody, and looks as if it did. Often a resource is misspelt.',
    mend: 'Mend `resourceRules` and the selectors, or remove the policy.',
    when: 'A run over the whole platform has no object that a policy and one of its bindings match.',
  },
  {
    code: 'promote/not-merged',
    severity: 'error',
    title: 'What is promoted is on the main branch',
    why: 'A commit that nobody merged was approved by nobody.',
    mend: 'Merge it first.',
    when: '`npx idp promote --to=dev --source=<commit>` with a commit that is not an ancestor of the main branch.',
  },
  {
    code: 'promote/no-policies',
    severity: 'warning',
    title: 'What is promoted was checked by policies',
    why: 'A platform without policies promotes whatever renders.',
    mend: 'Add a policy below policies/.',
    when: 'policies/ has no policy that can be read.',
  },
  {
    code: 'promote/other-settings',
    severity: 'error',
    title: 'The working tree and the main branch agree on where the main branch is',
    why: 'idp.yaml of the working tree says which branch and remote are fetched; by an old one, manifests could be written to the branch that is promoted.',
    mend: 'Bring the working tree up to date.',
    when: '`spec.branch` or `spec.remote` of idp.yaml differ between the working tree and the commit that is promoted.',
  },
  {
    code: 'promote/backwards',
    severity: 'error',
    title: 'A promotion does not go back',
    why: 'Rolling back is a decision with a hold, so that automation does not undo it; this version has none.',
    mend: 'Promote a newer commit, or revert the change on the main branch and promote that.',
    when: '`npx idp promote --source=<commit>` names an ancestor of what the environment has.',
  },
  {
    code: 'promote/lost-race',
    severity: 'error',
    title: 'A promotion that lost its race can be run again',
    why: 'Somebody else moved the environment branch in between, several times in a row. Nothing was changed.',
    mend: 'Run it again: it starts from what the branch says now.',
    when: 'Several promotions write to one branch at once. The exit code is 4.',
  },
  {
    code: 'remote/refused',
    severity: 'error',
    title: 'The remote takes what is pushed',
    why: 'Nothing was changed.',
    mend: 'Look at the branch protection, and at your rights there.',
    when: 'The remote, or a hook of it, refuses the push. The exit code is 5.',
  },
  {
    code: 'remote/unreachable',
    severity: 'error',
    title: 'The remote can be reached',
    why: 'Nothing was changed.',
    mend: 'Look at `git remote -v` and at your connection, then run it again.',
    when: 'The remote does not answer, or is not there. The exit code is 5.',
  },
  {
    code: 'write/failed',
    severity: 'error',
    title: 'A generator can write its files',
    why: 'What was written before the failure was taken back.',
    mend: 'Look at the rights of the folder and at the room on the disk, then run it again.',
    when: 'The file system refuses a file.',
  },
];

const own = new Set<string>(verbRules.map(({ code }) => code));

/** The page that explains a code, relative to the tool's repository. */
export function pageOf(code: string): string | undefined {
  return own.has(code) ? `docs/rules/${code}.md` : docsOf(code);
}

/** What a code means; `undefined` for codes of policies, and of usage: their findings say it themselves. */
export function ruleOf(code: string): Rule | undefined {
  return verbRules.find((rule) => rule.code === code) ?? ruleBook.find((rule) => rule.code === code);
}
