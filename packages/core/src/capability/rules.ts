import { exampleCapability, exampleGranted } from '../finding/example-files.ts';
import type { Rule } from '../finding/rule.ts';
import { documentRules } from '../schema/document-rules.ts';

const passes = exampleCapability();
/** The capability `cache`, which requires the example platform's `database`. */
const requiring = (fields: string): ReturnType<typeof exampleCapability> =>
  exampleCapability({ spec: `requires:\n  - { ${fields}, as: db }` });
const host = 'outputs:\n  host: { schema: { type: string }, value: "{{instance.name}}" }';

/** A capability that renders an object of an operator, with or without its CustomResourceDefinition. */
const renderingPool = (crd?: string): ReturnType<typeof exampleCapability> =>
  exampleCapability({
    spec: 'objects: { kinds: [example.com/v1/Pool] }',
    files: crd === undefined ? {} : { 'crds/pool.yaml': crd },
  });
const definition = (properties: string): string => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: pools.example.com }
spec:
  group: example.com
  names: { kind: Pool, plural: pools }
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          ${properties}: { spec: { type: object, properties: { size: { type: integer } } } }
`;

/** capabilities/*: the producer's contract. */
export const capabilityFindingRules: readonly Rule[] = [
  ...documentRules('capability', 'a capability', {
    unknownField: {
      fails: exampleCapability({ spec: 'onDelet: retain' }),
      passes: exampleCapability({ spec: 'onDelete: retain' }),
    },
    missingField: {
      fails: exampleCapability({ spec: 'objects: {}' }),
      passes: exampleCapability({ spec: 'objects: { kinds: [v1/ConfigMap] }' }),
    },
    wrongValue: {
      fails: exampleCapability({ spec: 'onDelete: keep' }),
      passes: exampleCapability({ spec: 'onDelete: retain' }),
    },
  }),
  {
    code: 'capability/missing',
    severity: 'error',
    title: 'A folder of capabilities/ has a capability.yaml',
    why: 'A folder that is no capability is offered to nobody.',
    mend: 'Add `capability.yaml`, or remove the folder.',
    examples: {
      fails: { 'capabilities/cache/package.json': '{ "name": "capability-cache", "version": "1.0.0" }\n' },
      passes,
    },
  },
  {
    code: 'capability/version',
    severity: 'error',
    title: 'A capability has a package.json with its name and a semantic version',
    why: 'Locks pin versions, and resources ask for ranges of them.',
    mend: 'Write `"name": "capability-<folder>"` and `"version": "1.0.0"`.',
    examples: {
      fails: { ...passes, 'capabilities/cache/package.json': '{ "name": "capability-cache", "version": "1" }\n' },
      passes,
    },
  },
  {
    code: 'capability/name',
    severity: 'error',
    title: 'A capability has one name: its folder and `metadata.name` agree',
    why: "Consumers write the name as a resource's type and look into the folder for its docs.",
    mend: 'Give both the same name.',
    examples: {
      fails: {
        ...passes,
        'capabilities/cache/capability.yaml': String(passes['capabilities/cache/capability.yaml']).replace(
          'name: cache',
          'name: cash',
        ),
      },
      passes,
    },
  },
  {
    code: 'capability/invalid-schema',
    severity: 'error',
    title: '`parameters` and the `schema` of an output are JSON Schemas (2020-12)',
    why: 'A misspelt keyword would check nothing, and every value would pass. Patterns are in the syntax of RE2 and references stay inside the schema, so that no value can keep a check busy for ever.',
    mend: 'Mend the schema; see json-schema.org, version 2020-12.',
    examples: {
      fails: exampleCapability({ spec: 'parameters: { type: object, properties: { size: { type: strng } } }' }),
      passes: exampleCapability({ spec: 'parameters: { type: object, properties: { size: { type: string } } }' }),
    },
  },
  {
    code: 'capability/output',
    severity: 'error',
    title: 'An output is either a `value` or a `secret`',
    why: 'With both, nobody knows whether it is clear text.',
    mend: 'Keep one of them.',
    examples: {
      fails: exampleCapability({
        spec: 'outputs:\n  key: { schema: { type: string }, value: "k", secret: { name: "s", key: "k" } }',
      }),
      passes: exampleCapability({
        spec: 'outputs:\n  key: { schema: { type: string }, secret: { name: "s", key: "k" } }',
      }),
    },
  },
  {
    code: 'capability/variable',
    severity: 'error',
    title: '`variables` name outputs of the capability',
    why: '`idp g add` would write a placeholder that cannot be resolved into the Score file.',
    mend: 'Mend the name of the output; the hint names the nearest one.',
    examples: {
      fails: exampleCapability({ spec: `${host}\nvariables: { HOST: hots }` }),
      passes: exampleCapability({ spec: `${host}\nvariables: { HOST: host }` }),
    },
  },
  {
    code: 'capability/requirement',
    severity: 'error',
    title: '`requires` names capabilities that are there, in their versions, with outputs that templates may see',
    why: 'The capability could not be rendered, and each consumer would hear of it instead of its producer.',
    mend: 'Mend the name, the range or the output; the hint names the nearest one. A secret output is seen by no template, and capabilities cannot require each other in a circle.',
    examples: {
      fails: requiring('capability: database, version: ^2.0.0, outputs: { hots: { type: string } }'),
      passes: requiring('capability: database, version: ^1.0.0, outputs: { host: { type: string } }'),
    },
  },
  {
    code: 'capability/unknown-owner',
    severity: 'error',
    title: 'The owner of a capability is a group of the catalog',
    why: 'A capability whose owner is nobody has nobody to ask, and nobody who approves its changes.',
    mend: 'Mend the name; the hint names the nearest one. Or add the group to `catalog/`.',
    examples: {
      fails: {
        ...passes,
        'capabilities/cache/capability.yaml': String(passes['capabilities/cache/capability.yaml']).replace(
          'team-payments',
          'team-paymnets',
        ),
      },
      passes,
    },
  },
  {
    code: 'capability/cluster-scoped',
    severity: 'error',
    title: 'What is declared as cluster-scoped is in no namespace, and is not a Namespace',
    why: 'An object without its namespace lands in `default`, beside nobody’s. A Namespace says whose everything in it is: the platform alone renders it.',
    mend: 'Declare kinds of namespaces in `spec.objects.kinds`.',
    examples: {
      fails: exampleGranted('v1/ConfigMap'),
      passes: exampleGranted('rbac.authorization.k8s.io/v1/ClusterRole'),
    },
  },
  {
    code: 'capability/not-granted',
    severity: 'error',
    title: 'What a capability renders for a whole cluster is granted by the platform',
    why: 'One pull request must not give rights, or take away classes, in a cluster that many share: the platform team reviews idp.yaml.',
    mend: 'Have the platform team add the kind to `spec.grants` of idp.yaml; or render what is in the namespace of the service.',
    examples: {
      fails: exampleCapability({
        spec: 'objects: { kinds: [], clusterScoped: [rbac.authorization.k8s.io/v1/ClusterRole] }',
      }),
      passes: exampleGranted('rbac.authorization.k8s.io/v1/ClusterRole'),
    },
  },
  {
    code: 'capability/dashboard-name',
    severity: 'error',
    title: 'The name of a dashboard’s file is a part of an object’s name',
    why: 'Each instance has its own ConfigMap, called by the instance and the file.',
    mend: 'Rename the file: lower-case letters, digits and `-`, at most 20, directly in `dashboards/`.',
    examples: {
      fails: exampleCapability({ files: { 'dashboards/Latency (p99).json': '{}\n' } }),
      passes: exampleCapability({ files: { 'dashboards/latency-p99.json': '{}\n' } }),
    },
  },
  {
    code: 'capability/fixed-parameter',
    severity: 'error',
    title: '`immutable` and `growOnly` name parameters',
    why: 'A misspelt name would protect nothing: the database would be made anew, empty, by a pull request that looks harmless.',
    mend: 'Mend the name; the hint names the nearest one.',
    examples: {
      fails: exampleCapability({
        spec: 'parameters: { type: object, properties: { size: { type: integer } } }\ngrowOnly: [sise]',
      }),
      passes: exampleCapability({
        spec: 'parameters: { type: object, properties: { size: { type: integer } } }\ngrowOnly: [size]',
      }),
    },
  },
  {
    code: 'capability/symlink',
    severity: 'error',
    title: 'A template is not a symbolic link',
    why: 'A link can lead out of the capability, past its owners and past its integrity.',
    mend: 'Put the file itself at this place.',
    examples: {
      fails: exampleCapability({
        files: { 'templates/deploy/config.yaml': { mode: '120000', content: '../../../database/capability.yaml' } },
      }),
      passes,
    },
  },
  {
    code: 'capability/not-supported-yet',
    severity: 'error',
    title: 'A capability uses what this version of the tool can do',
    why: 'Migrations come later. Ignoring them today would be a promise that is not kept.',
    mend: 'Leave it out until this version of the tool knows it.',
    examples: {
      fails: exampleCapability({ files: { 'migrations/2.0.0.yaml': 'rename: {}\n' } }),
      passes: exampleCapability({ spec: 'objects: { kinds: [v1/ConfigMap] }' }),
    },
  },
  {
    code: 'capability/invalid-crd',
    severity: 'error',
    title: 'Files of `crds/` are CustomResourceDefinitions with structural schemas',
    why: 'What the capability renders is checked by them; a misspelt keyword would check nothing, and half a file would refuse what is right.',
    mend: 'Take the file that the project publishes (apiextensions.k8s.io/v1), or make a short one of it: `npx idp schemas --from=<file> --capability=<name>`.',
    examples: {
      fails: renderingPool(definition('propertis')),
      passes: renderingPool(definition('properties')),
    },
  },
  {
    code: 'capability/no-schema',
    severity: 'warning',
    title: 'There is a schema for every kind that a capability renders',
    why: 'Without one nobody sees before the merge that a field is misspelt or has the wrong type.',
    mend: 'Put the CustomResourceDefinition that the project publishes into `crds/` of the capability: `npx idp schemas --from=<file> --capability=<name>`.',
    examples: {
      fails: renderingPool(),
      passes: renderingPool(definition('properties')),
    },
  },
];
