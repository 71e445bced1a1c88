import { exampleScore } from '../finding/example-files.ts';
import type { Rule } from '../finding/rule.ts';
import { documentRules } from '../schema/document-rules.ts';

const passes = exampleScore();
const migrating = {
  'services/checkout/score.yaml': `apiVersion: score.dev/v1b1
metadata: { name: checkout }
containers:
  main: { image: "registry.example.com/checkout:1.0.0" }
  migrate:
    image: registry.example.com/checkout:1.0.0
    args: [migrate]
    before: { main: { ready: complete } }
resources: { db: { type: database } }
`,
};
const image = 'registry.example.com/checkout:1.0.0';

/** services/*: what consumers write. */
export const workloadRules: readonly Rule[] = [
  ...documentRules('workload', 'a Score file', {
    unknownField: {
      fails: exampleScore({ container: 'comand: [node, main.js]' }),
      passes: exampleScore({ container: 'command: [node, main.js]' }),
    },
    missingField: {
      fails: {
        'services/checkout/score.yaml': String(passes['services/checkout/score.yaml']).replace(
          `    image: ${image}\n`,
          '',
        ),
      },
      passes,
    },
    wrongValue: {
      fails: exampleScore({ variable: 'PORT: 8080' }),
      passes: exampleScore({ variable: 'PORT: "8080"' }),
    },
  }),
  {
    code: 'workload/missing-score',
    severity: 'warning',
    title: 'A folder of services/ has a Score file',
    why: 'Without one nothing of the folder is deployed, and its overrides and its lock mean nothing.',
    mend: 'Add `score.yaml`, or move what is there elsewhere. A folder with only a `catalog-info.yaml` is fine: it is a component that runs elsewhere.',
    examples: {
      fails: { 'services/loyalty/environments/dev.yaml': 'containers: { main: { args: [--verbose] } }\n' },
      passes,
    },
  },
  {
    code: 'workload/name',
    severity: 'error',
    title: 'A service has one name: its folder and its Score file agree, and Kubernetes takes it',
    why: 'Namespaces, labels and addresses are made of it; two names for one service are two places to look for everything.',
    mend: 'Give both the same name: lower-case letters, digits and `-`, beginning with a letter, at most 50 characters.',
    examples: { fails: exampleScore({ metadata: 'name: chekout' }), passes },
  },
  {
    code: 'workload/no-component',
    severity: 'error',
    title: 'Every service is a component of the catalog',
    why: 'A service without a component has no owner: nobody approves its changes, nobody is paged for it.',
    mend: 'Add `catalog-info.yaml` to the folder of the service.',
    examples: { fails: { 'services/checkout/catalog-info.yaml': null }, passes },
  },
  {
    code: 'workload/unknown-environment',
    severity: 'error',
    title: 'An override is for an environment that exists',
    why: 'An override of a misspelt environment changes nothing, and nobody notices.',
    mend: 'Rename the file; the hint names the nearest environment.',
    examples: {
      fails: { 'services/checkout/environments/dve.yaml': 'containers: { main: { args: [--verbose] } }\n' },
      passes: { 'services/checkout/environments/dev.yaml': 'containers: { main: { args: [--verbose] } }\n' },
    },
  },
  {
    code: 'workload/duplicate-override',
    severity: 'error',
    title: 'A service has one override for an environment',
    why: 'Of `dev.yaml` and `dev.yml` nobody knows which one counts.',
    mend: 'Keep one of them.',
    examples: {
      fails: {
        'services/checkout/environments/dev.yaml': 'containers: { main: { args: [--verbose] } }\n',
        'services/checkout/environments/dev.yml': 'containers: { main: { args: [--quiet] } }\n',
      },
      passes: { 'services/checkout/environments/dev.yaml': 'containers: { main: { args: [--verbose] } }\n' },
    },
  },
  {
    code: 'workload/placeholder-not-here',
    severity: 'error',
    title: 'A placeholder stands where it is replaced',
    why: 'Anywhere else it would be deployed as it is written: an image or a probe with the name of an output in it.',
    mend: 'Write the value out, or use the placeholder in `variables`, `command`, `args`, the `content` of `files` or the `source` of `volumes` of a container, or in `params`.',
    examples: { fails: exampleScore({ image: 'registry.example.com/${metadata.name}:1.0.0' }), passes },
  },
  {
    code: 'workload/file-content',
    severity: 'error',
    title: 'A file of a container has one content',
    why: 'Of two contents nobody knows which one counts, and what is not base64 has no bytes.',
    mend: 'Say one of `content`, `source` and `binaryContent`; the last one is written as `base64 -w0 <file>` prints it.',
    examples: {
      fails: exampleScore({ container: 'files: { /etc/motd: {} }' }),
      passes: exampleScore({ container: 'files: { /etc/motd: { content: Hi } }' }),
    },
  },
  {
    code: 'workload/file-source',
    severity: 'error',
    title: "The source of a file is a file of the service's folder",
    why: "It is read out of the repository. A file of somebody else's folder is not the team's to hand out, and what git does not have is nowhere but on one laptop.",
    mend: "Put the file into the service's folder and name it relative to that. It has to be committed, no symbolic link, and smaller than 1 MiB.",
    examples: {
      fails: exampleScore({ container: 'files: { /etc/motd: { source: ../../motd.txt } }' }),
      passes: {
        'services/checkout/motd.txt': 'Hi\n',
        ...exampleScore({ container: 'files: { /etc/motd: { source: motd.txt } }' }),
      },
    },
  },
  {
    code: 'workload/mount-path',
    severity: 'error',
    title: 'Each file and volume has a place of its own in its container',
    why: 'Kubernetes refuses two mounts at one path, and paths that are not absolute mean something else in every image.',
    mend: 'Write an absolute path, once each.',
    examples: {
      fails: exampleScore({ container: 'files: { etc/motd: { content: Hi } }' }),
      passes: exampleScore({ container: 'files: { /etc/motd: { content: Hi } }' }),
    },
  },
  {
    code: 'workload/container-order',
    severity: 'error',
    title: 'Containers can start in the order that `before` asks for',
    why: 'Containers that wait for each other never start. One that runs to its end before others is probed by nobody, and one that others wait for until it is healthy has to say when that is.',
    mend: 'Let one of them start first; name containers of the file; give a `readinessProbe` to what has to be `healthy`, and none to what has to be `complete`.',
    examples: {
      fails: exampleScore({ container: 'before: { migrate: { ready: started } }' }),
      passes: migrating,
    },
  },
];
