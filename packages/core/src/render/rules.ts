import { exampleScore, exampleShared, exampleUse } from '../finding/example-files.ts';
import type { ExampleFiles, Rule } from '../finding/rule.ts';

const objects = 'objects: { kinds: [v1/ConfigMap] }';
const object = (lines: string, file = 'config'): ExampleFiles => ({ [`templates/deploy/${file}.yaml`]: lines });
const configMap = (metadata = '{ name: {{yaml instance.name}} }') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: ${metadata}\n`;
const rendering = (lines: string, spec = objects): ExampleFiles => exampleUse({ spec, files: object(lines) });
const patching = (text: string): ExampleFiles => exampleUse({ files: { 'patches/deployment.yaml': text } });
const patch = (target: string) => `target: ${target}\npatch: { spec: { minReadySeconds: 5 } }\n`;
const passes = rendering(configMap());
const port = (value: string) => `outputs:\n  port: { schema: { type: integer }, value: "${value}" }`;
const labelled = 'parameters: { type: object, properties: { label: { type: string } } }';

/** What a service becomes in one environment. */
export const renderRules: readonly Rule[] = [
  {
    code: 'render/not-an-object',
    severity: 'error',
    title: 'A deploy template renders Kubernetes objects',
    why: 'Without `apiVersion`, `kind` and `metadata.name` nothing can own it.',
    mend: 'Mend the template.',
    examples: { fails: rendering('apiVersion: v1\nkind: ConfigMap\n'), passes },
  },
  {
    code: 'render/undeclared-kind',
    severity: 'error',
    title: 'A capability renders only the kinds that it declares',
    why: 'Reviewers of a capability judge it by `spec.objects.kinds`; a Role or a webhook must not slip in.',
    mend: 'Add the kind to `spec.objects.kinds`, or mend the template.',
    examples: { fails: rendering(configMap(), 'objects: { kinds: [v1/Secret] }'), passes },
  },
  {
    code: 'render/not-a-dashboard',
    severity: 'error',
    title: 'A dashboard is one JSON object',
    why: 'Grafana would not show it, and say so only in its log.',
    mend: "Save it as Grafana's JSON model: the file is that object and nothing else.",
    examples: {
      fails: exampleUse({ files: { 'dashboards/latency.json': '[]\n' } }),
      passes: exampleUse({ files: { 'dashboards/latency.json': '{ "title": "{{json service.name}}" }\n' } }),
    },
  },
  {
    code: 'render/foreign-namespace',
    severity: 'error',
    title: 'An object is in the namespace of its service',
    why: 'An object elsewhere could change what another team runs.',
    mend: 'Leave `metadata.namespace` out: the platform fills it in.',
    examples: { fails: rendering(configMap('{ name: {{yaml instance.name}}, namespace: kube-system }')), passes },
  },
  {
    code: 'render/cluster-scoped',
    severity: 'error',
    title: 'A capability renders what is the whole cluster’s only with a grant',
    why: 'One service’s pull request must not give rights, or take away classes, in a cluster that many share.',
    mend: 'Render what is in the namespace of the service: a Role instead of a ClusterRole. Or declare the kind in `spec.objects.clusterScoped`, and have the platform team grant it in idp.yaml.',
    examples: {
      fails: rendering(
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: all }\n',
        'objects: { kinds: [rbac.authorization.k8s.io/v1/ClusterRole] }',
      ),
      passes,
    },
  },
  {
    code: 'render/list-object',
    severity: 'error',
    title: 'An object has no others inside',
    why: 'What applies manifests takes every item of a list, and of anything with `items`, for an object of its own: ClusterRoles and Namespaces would come in unseen.',
    mend: 'Write each object as a document of its own, separated by `---`.',
    examples: {
      fails: rendering(
        'apiVersion: v1\nkind: List\nmetadata: { name: all }\nitems: []\n',
        'objects: { kinds: [v1/List] }',
      ),
      passes,
    },
  },
  {
    code: 'render/invalid-name',
    severity: 'error',
    title: 'An object has a name that Kubernetes and file systems take',
    why: 'The API server would refuse it only after the merge, and the environment branch with a file name that is too long cannot be checked out.',
    mend: 'Make the name of `instance.name`: lower-case letters, digits, `-` and `.`, at most 253 characters, and 255 bytes with the kind in front.',
    examples: { fails: rendering(configMap('{ name: Cache_Config }')), passes },
  },
  {
    code: 'render/duplicate-object',
    severity: 'error',
    title: 'An object is rendered once',
    why: 'Of two of one name one would overwrite the other.',
    mend: 'Make the name depend on `instance.name`.',
    examples: {
      fails: exampleUse(
        { spec: objects, files: object(configMap('{ name: cache }')) },
        'cache: { type: cache }\nother: { type: cache }',
      ),
      passes: exampleUse(
        { spec: objects, files: object(configMap()) },
        'cache: { type: cache }\nother: { type: cache }',
      ),
    },
  },
  {
    code: 'render/invalid-patch',
    severity: 'error',
    title: 'A patch has a `target` and a strategic merge patch that can be applied',
    why: 'A patch that is half applied is a manifest that nobody meant.',
    mend: 'Write `target: {group, kind, name}` and `patch`.',
    examples: {
      fails: patching('patch: { spec: { minReadySeconds: 5 } }\n'),
      passes: patching(patch('{ group: apps, kind: Deployment, name: {{yaml service.name}} }')),
    },
  },
  {
    code: 'render/patch-without-target',
    severity: 'error',
    title: 'The target of a patch exists',
    why: 'A patch that silently does nothing is a guardrail that is not there.',
    mend: 'Mend the target; the hint names what there is.',
    examples: {
      fails: patching(patch('{ group: apps, kind: StatefulSet, name: {{yaml service.name}} }')),
      passes: patching(patch('{ group: apps, kind: Deployment, name: {{yaml service.name}} }')),
    },
  },
  {
    code: 'render/patch-conflict',
    severity: 'error',
    title: 'Two resources do not want different things of one field',
    why: 'The outcome would depend on the order of their names, which nobody chose. What runs the workload sets defaults, which a resource may change.',
    mend: 'Use one of them, or have one of the capabilities leave the field alone.',
    examples: {
      fails: exampleUse(
        {
          spec: 'parameters: { type: object, properties: { seconds: { type: integer, default: 5 } } }',
          files: {
            'patches/deployment.yaml':
              'target: { group: apps, kind: Deployment, name: {{yaml service.name}} }\npatch: { spec: { minReadySeconds: {{yaml params.seconds}} } }\n',
          },
        },
        'a: { type: cache }\nb: { type: cache, params: { seconds: 6 } }',
      ),
      passes: patching(patch('{ group: apps, kind: Deployment, name: {{yaml service.name}} }')),
    },
  },
  {
    code: 'render/excluded-environment',
    severity: 'error',
    title: 'A capability is used only in environments that it is offered in',
    why: 'Its producer does not run it there.',
    mend: "Delete the resource in that environment's override by `null`.",
    examples: {
      fails: exampleUse({ spec: 'environments: { exclude: [dev] }' }),
      passes: exampleUse({ spec: 'environments: { exclude: [prod] }' }),
    },
  },
  {
    code: 'render/shared-instance',
    severity: 'error',
    title: 'A shared instance is there in every environment of those who read it',
    why: 'What it says is written into the manifests of its readers; where it is not, there is nothing to write.',
    mend: 'Leave the resource out in that environment by an override, or have its owner set it up there.',
    examples: {
      fails: exampleShared({
        files: { 'services/loyalty/environments/dev.yaml': 'resources: { points: null }\n' },
      }),
      passes: exampleShared(),
    },
  },
  {
    code: 'render/output-value',
    severity: 'error',
    title: 'An output has a value as its schema says',
    why: 'Consumers rely on the type.',
    mend: 'Mend the `value` or the `schema` of the output.',
    examples: { fails: exampleUse({ spec: port('many') }), passes: exampleUse({ spec: port('6379') }) },
  },
  {
    code: 'render/image-not-pinned',
    severity: 'warning',
    title: '`image: .` stands for an image that the lock pins by its digest',
    why: 'Before the first build there is none: the workload would not start.',
    mend: 'Build the image, then run `npx idp lock <service> --image=<container>=<repository>@sha256:<digest>`.',
    examples: { fails: exampleScore({ image: '.' }), passes: exampleScore() },
  },
  {
    code: 'render/unknown-value',
    severity: 'error',
    title: 'A value that a resource of the type `environment` names is one of the environment',
    why: 'It could not be known there. Other environments may have it: the service stops in this one alone.',
    mend: 'Mend the name; the hint names the nearest value. Or add it to `values` of the environment.',
    examples: {
      fails: exampleScore({ variable: 'DOMAIN: ${resources.env.domian}', resources: 'env: { type: environment }' }),
      passes: exampleScore({ variable: 'DOMAIN: ${resources.env.domain}', resources: 'env: { type: environment }' }),
    },
  },
  {
    code: 'render/files-too-large',
    severity: 'error',
    title: 'The files of a service fit into a ConfigMap',
    why: 'Kubernetes takes no ConfigMap with more than 1 MiB.',
    mend: 'Put large files into the image, or let the container fetch them.',
    when: 'The files of a service are more than a megabyte together.',
  },
  {
    code: 'render/secret-not-expressible',
    severity: 'error',
    title: 'A secret is used only where Kubernetes can refer to it',
    why: 'Anywhere else it would stand in a manifest in clear text.',
    mend: 'Use it in a variable, a command or an argument of a container.',
    examples: {
      fails: exampleUse({ spec: labelled }, 'cache: { type: cache, params: { label: "${resources.db.password}" } }'),
      passes: exampleUse({ spec: labelled }, 'cache: { type: cache, params: { label: "${resources.db.host}" } }'),
    },
  },
];
