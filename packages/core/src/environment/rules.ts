import type { Rule } from '../finding/rule.ts';
import { documentRules } from '../schema/document-rules.ts';

const environment = (name: string, spec: string, metadata = `{ name: ${name} }`) => ({
  [`environments/${name}.yaml`]: `apiVersion: idp.internal/v1alpha1
kind: Environment
metadata: ${metadata}
spec:
  targets: [{ name: eu, cluster: ${name}-eu }]
${spec}`,
});
const passes = environment('prod', '  after: [dev]\n');

/** environments/*.yaml. */
export const environmentRules: readonly Rule[] = [
  ...documentRules('environment', 'an environment', {
    unknownField: { fails: environment('prod', '  afer: [dev]\n'), passes },
    missingField: { fails: environment('prod', '', '{ title: Production }'), passes },
    wrongValue: {
      fails: environment('prod', '  gates: { soak: a day }\n'),
      passes: environment('prod', '  gates: { soak: 24h }\n'),
    },
  }),
  {
    code: 'environment/name',
    severity: 'error',
    title: 'An environment has one name: its file and `metadata.name` agree',
    why: 'Branches, overrides and commands name environments; two names for one are two environments to somebody.',
    mend: 'Give the file and `metadata.name` the same name.',
    examples: { fails: environment('prod', '', '{ name: production }'), passes },
  },
  {
    code: 'environment/duplicate-environment',
    severity: 'error',
    title: 'An environment is there once',
    why: 'Of `prod.yaml` and `prod.yml` nobody knows which one counts.',
    mend: 'Keep one of them.',
    examples: {
      fails: {
        ...passes,
        'environments/prod.yml': String(passes['environments/prod.yaml']),
      },
      passes,
    },
  },
  {
    code: 'environment/branch',
    severity: 'error',
    title: 'The branch of an environment has a name that git takes',
    why: 'Nothing could be promoted there.',
    mend: 'Name it as git-check-ref-format allows, for example `env/prod`.',
    examples: {
      fails: environment('prod', '  branch: env..prod\n'),
      passes: environment('prod', '  branch: env/prod\n'),
    },
  },
  {
    code: 'environment/shared-branch',
    severity: 'error',
    title: 'Each environment has a branch of its own',
    why: 'Two environments on one branch would overwrite each other.',
    mend: 'Give each a branch of its own, or leave `branch` out: it is then `env/<name>`.',
    examples: { fails: environment('prod', '  branch: env/dev\n'), passes },
  },
  {
    code: 'environment/duplicate-target',
    severity: 'error',
    title: 'The targets of an environment have different names',
    why: 'A target is a folder of the branch; two of one name would overwrite each other.',
    mend: 'Rename or remove one of them.',
    examples: {
      fails: {
        'environments/prod.yaml': `apiVersion: idp.internal/v1alpha1
kind: Environment
metadata: { name: prod }
spec:
  targets:
    - { name: eu, cluster: prod-eu-1 }
    - { name: eu, cluster: prod-eu-2 }
`,
      },
      passes,
    },
  },
  {
    code: 'environment/values',
    severity: 'error',
    title: 'The values of an environment are as `spec.environmentValues` of idp.yaml says',
    why: 'Capabilities map them to parameters: a wrong value would reach every service of the environment at once.',
    mend: 'Write a value of the form that the hint describes, or change the schema in idp.yaml.',
    examples: {
      fails: environment('prod', '  values: { domain: [example.com] }\n'),
      passes: environment('prod', '  values: { domain: example.com }\n'),
    },
  },
  {
    code: 'environment/unknown-environment',
    severity: 'error',
    title: '`after` names environments that exist',
    why: 'A release would wait for ever for an environment that it never enters.',
    mend: 'Mend the name; the hint names the nearest one.',
    examples: { fails: environment('prod', '  after: [staging]\n'), passes },
  },
  {
    code: 'environment/cycle',
    severity: 'error',
    title: 'Environments do not wait for each other',
    why: 'No release could ever enter one of them.',
    mend: 'Remove one of the names from `after`.',
    examples: {
      fails: { ...environment('staging', '  after: [prod]\n'), ...environment('prod', '  after: [staging]\n') },
      passes: { ...environment('staging', '  after: [dev]\n'), ...environment('prod', '  after: [staging]\n') },
    },
  },
];
