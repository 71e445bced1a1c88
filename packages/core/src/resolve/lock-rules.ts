import { exampleComponent, exampleScore } from '../finding/example-files.ts';
import type { ExampleFiles, Rule } from '../finding/rule.ts';
import { documentRules } from '../schema/document-rules.ts';

const lock = (lines: string): ExampleFiles => ({
  'services/checkout/.idp/lock.yaml': `apiVersion: idp.internal/v1alpha1
kind: Lock
namespace: checkout
${lines}capabilities: {}
instances: {}
images: {}
`,
});
const longPort = 'service: { ports: { a-name-of-16-abc: { port: 80 } } }';
const portOf = (lines: string): ExampleFiles => ({
  ...exampleScore({ variable: 'A: b', resources: '{}', end: longPort }),
  ...lock(lines),
});
/** A platform without a default workload, and a service beside checkout that claims its namespace. */
const loyalty = (namespace: string): ExampleFiles => ({
  'idp.yaml': 'apiVersion: idp.internal/v1alpha1\nkind: Platform\nmetadata: { name: example }\nspec: {}\n',
  ...exampleComponent('loyalty'),
  'services/loyalty/score.yaml': `apiVersion: score.dev/v1b1
metadata: { name: loyalty }
containers: { main: { image: registry.example.com/loyalty:1.0.0 } }
`,
  'services/loyalty/.idp/lock.yaml': `apiVersion: idp.internal/v1alpha1
kind: Lock
namespace: ${namespace}
renderer: "1"
capabilities: {}
instances: {}
images: {}
`,
});

/** services/*\/.idp/lock.yaml: its form. */
export const lockFormRules: readonly Rule[] = documentRules('lock', 'a lock', {
  unknownField: { fails: lock('renderer: "1"\nimage: {}\n'), passes: {} },
  missingField: { fails: lock(''), passes: {} },
  wrongValue: { fails: lock('renderer: one\n'), passes: {} },
});

/** A lock beside its service, and beside the locks of others. */
export const lockRules: readonly Rule[] = [
  {
    code: 'resolve/lock-missing',
    severity: 'error',
    title: 'Every service has a lock',
    why: 'The lock holds the identities of its instances. Without it a database would get another name on every run.',
    mend: "Run `npx idp lock <service>` and commit what it writes. Take a lost lock back from git's history: a new one has new identities.",
    examples: { fails: { 'services/checkout/.idp/lock.yaml': null }, passes: {} },
  },
  {
    code: 'resolve/lock-outdated',
    severity: 'error',
    title: 'A lock fits its service and the capabilities of the workspace',
    why: 'What is reviewed is what the lock says; a lock that says something else was not reviewed.',
    mend: 'Run `npx idp lock <service>` and commit what it writes.',
    examples: { fails: lock('renderer: "1"\n'), passes: {} },
  },
  {
    code: 'resolve/unknown-renderer',
    severity: 'error',
    title: 'A lock names a renderer that this tool has',
    why: 'A service is rendered with the version that its lock names, so that a newer tool never changes what runs.',
    mend: 'Use a tool that knows it.',
    examples: { fails: lock('renderer: "999"\n'), passes: {} },
  },
  {
    code: 'resolve/renderer-too-old',
    severity: 'error',
    title: 'A lock names a renderer that renders all of its Score file',
    why: 'An older renderer would leave out what it does not know: a file, a volume, the order of containers.',
    mend: 'Run `npx idp lock <service>`: it moves the service on to the newest renderer. Look at `npx idp plan` before you merge.',
    examples: { fails: portOf('renderer: "1"\n'), passes: exampleScore({ end: longPort }) },
  },
  {
    code: 'resolve/reserved-namespace',
    severity: 'error',
    title: 'The namespace of a service is not one of Kubernetes itself',
    why: "A lock is a file like any other: one that says `kube-system` would put a service's objects beside the control plane's.",
    mend: 'Take the namespace back that the lock had. A new service whose name is reserved (`default`, `kube-…`) needs another name.',
    examples: {
      fails: {
        'services/checkout/.idp/lock.yaml': String(lock('renderer: "1"\n')['services/checkout/.idp/lock.yaml']).replace(
          'namespace: checkout',
          'namespace: kube-system',
        ),
      },
      passes: {},
    },
  },
  {
    code: 'resolve/duplicate-identity',
    severity: 'error',
    title: 'No two services share a namespace, an instance id or an instance name',
    why: "They would own the same objects in the cluster: one would change or delete what the other needs. It happens when a service's folder is copied with its lock.",
    mend: 'Remove the lock of the service that is new, and run `npx idp lock <service>`.',
    examples: { fails: loyalty('checkout'), passes: loyalty('loyalty') },
  },
];
