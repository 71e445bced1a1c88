import { exampleUse } from '../finding/example-files.ts';
import type { ExampleFiles, Rule } from '../finding/rule.ts';

const rendering = (kind: string, lines: string): ExampleFiles =>
  exampleUse({
    spec: `objects: { kinds: [${kind}] }`,
    files: {
      'templates/deploy/object.yaml': `apiVersion: ${kind.slice(0, kind.lastIndexOf('/'))}\nkind: ${kind.slice(kind.lastIndexOf('/') + 1)}\nmetadata: { name: {{yaml instance.name}} }\n${lines}\n`,
    },
  });
const configMap = (lines: string): ExampleFiles => rendering('v1/ConfigMap', lines);
const service = (port: string, more = ''): ExampleFiles =>
  rendering('v1/Service', `spec:\n  ports:\n    - ${port}${more === '' ? '' : `\n    - ${more}`}`);

/** What the API server would say to what was rendered. */
export const kubernetesRules: readonly Rule[] = [
  {
    code: 'kubernetes/unknown-field',
    severity: 'error',
    title: 'A rendered object has only fields that its kind has',
    why: 'The API server refuses a field that it does not know, or drops it without a word: then what it asks for never happens.',
    mend: 'Look the field up; the nearest name is in the hint.',
    examples: { fails: configMap('dta: { level: info }'), passes: configMap('data: { level: info }') },
  },
  {
    code: 'kubernetes/wrong-type',
    severity: 'error',
    title: 'A value of a rendered object has the type of its field',
    why: 'The API server refuses the whole object: a port in quotes is text, a number below `data` is no text.',
    mend: 'Write it as the hint says. In a template `{{yaml x}}` keeps the type of a value, and quotes around it make it text.',
    examples: { fails: service('port: "80"'), passes: service('port: 80') },
  },
  {
    code: 'kubernetes/missing-field',
    severity: 'error',
    title: 'A rendered object has the fields that its kind requires',
    why: 'The API server refuses an object without them.',
    mend: 'Add the field, in the template or where its value comes from.',
    examples: { fails: service('name: http'), passes: service('port: 80') },
  },
  {
    code: 'kubernetes/wrong-value',
    severity: 'error',
    title: 'A value of a rendered object is one that its field can have',
    why: 'Enumerations, quantities, ports, names and labels are checked by the API server, which refuses the whole object.',
    mend: 'Write a value that the message allows.',
    examples: {
      fails: rendering('v1/Service', 'spec: { ports: [{ port: 80 }], sessionAffinity: ClientIp }'),
      passes: rendering('v1/Service', 'spec: { ports: [{ port: 80 }], sessionAffinity: ClientIP }'),
    },
  },
  {
    code: 'kubernetes/duplicate-key',
    severity: 'error',
    title: 'A list of a rendered object has no item twice',
    why: 'Kubernetes merges such a list by a key of its items, for example the name of a variable or the number of a port. Server-side apply, by which Flux writes and Argo CD can, refuses an item that is there twice.',
    mend: 'Keep one of them.',
    examples: {
      fails: service('{ name: http, port: 80 }', '{ name: web, port: 80 }'),
      passes: service('{ name: http, port: 80 }', '{ name: web, port: 81 }'),
    },
  },
  {
    code: 'kubernetes/unknown-kind',
    severity: 'error',
    title: 'A rendered object is of a kind that Kubernetes has',
    why: 'In a group of Kubernetes itself nobody can add a kind: the object could not be applied.',
    mend: 'Mend `apiVersion` or `kind`; a version that is gone has a successor.',
    examples: {
      fails: rendering('policy/v1beta1/PodDisruptionBudget', 'spec: { maxUnavailable: 1 }'),
      passes: rendering('policy/v1/PodDisruptionBudget', 'spec: { maxUnavailable: 1 }'),
    },
  },
  {
    code: 'kubernetes/invalid-schemas',
    severity: 'error',
    title: 'schemas/kubernetes.json has the types of a cluster',
    why: 'What is rendered is checked by them; nothing is deployed unchecked because a file is broken.',
    mend: 'Make it again: `npx idp schemas --from=<address of the cluster>/openapi/v3`. Without the file, the types of the tool hold.',
    examples: { fails: { 'schemas/kubernetes.json': '{ "openapi": "3.0.0" }\n' }, passes: {} },
  },
];
