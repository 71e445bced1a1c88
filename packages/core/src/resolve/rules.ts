import { exampleCapability, exampleScore, exampleShared, exampleUse } from '../finding/example-files.ts';
import type { ExampleFiles, Rule } from '../finding/rule.ts';

const passes = exampleScore();
const db = (fields: string): ExampleFiles => exampleScore({ resources: `db: { ${fields} }` });
const dbHost = (text: string): ExampleFiles => exampleScore({ variable: `DB_HOST: ${text}` });
const requiringTwice = (name: string, other: string): ExampleFiles =>
  exampleCapability({
    name,
    spec: `requires:
  - { capability: ${other}, version: ^1.0.0, as: left }
  - { capability: ${other}, version: ^1.0.0, as: right }`,
  });
const volumes = 'db: { type: database }\ndata: { type: volume }';
/** What a service needs, brought together. */
export const resolveRules: readonly Rule[] = [
  {
    code: 'resolve/unknown-capability',
    severity: 'error',
    title: 'A type is a capability that is there',
    why: 'Nothing would be rendered for it.',
    mend: 'Mend the name; the hint names the nearest one. `npx idp g add` lists what there is.',
    examples: { fails: db('type: databse'), passes },
  },
  {
    code: 'resolve/not-a-resource',
    severity: 'error',
    title: 'A resource is a capability that provides resources',
    why: 'What runs workloads cannot belong to one.',
    mend: 'Name it in `metadata.workload.type`.',
    examples: { fails: db('type: web'), passes },
  },
  {
    code: 'resolve/not-a-workload',
    severity: 'error',
    title: '`metadata.workload.type` is a capability that runs workloads',
    why: 'A resource cannot run one.',
    mend: 'Name it in `resources`.',
    examples: {
      fails: exampleScore({ metadata: 'name: checkout, workload: { type: database }' }),
      passes: exampleScore({ metadata: 'name: checkout, workload: { type: web }' }),
    },
  },
  {
    code: 'resolve/shared-instance',
    severity: 'error',
    title: 'A shared instance has one owner, who sets its parameters',
    why: 'Resources of one type and `id` are one instance. With nobody to set it up there is none; with two, each would undo what the other one wants.',
    mend: 'One service, its owner, writes `params` (`params: {}` as well); all others name the same `type` and `id` and nothing else. A misspelt `id` has its nearest name in the hint.',
    examples: {
      fails: exampleShared({ consumer: '{ type: cache, id: pionts }' }),
      passes: exampleShared(),
    },
  },
  {
    code: 'resolve/secret-elsewhere',
    severity: 'error',
    title: 'A secret of a shared instance is used where it is',
    why: 'Kubernetes reads a Secret only in the namespace of the pod: the service would never start.',
    mend: 'Have an instance of your own. Or let the capability copy its Secret to all namespaces, and say `reach: cluster` at the output.',
    examples: {
      fails: exampleShared({ variable: 'KEY: ${resources.cache.key}' }),
      passes: exampleShared({ variable: 'KEY: ${resources.cache.key}', secret: ', reach: cluster' }),
    },
  },
  {
    code: 'resolve/invalid-range',
    severity: 'error',
    title: 'A version that is asked for is a range of semantic versions',
    why: 'What cannot be read as a range would allow everything or nothing.',
    mend: 'Write a range as npm has them, for example `^1.0.0`.',
    examples: {
      fails: db('type: database, metadata: { annotations: { idp.internal/version: latest-one } }'),
      passes: db('type: database, metadata: { annotations: { idp.internal/version: ^1.0.0 } }'),
    },
  },
  {
    code: 'resolve/version-conflict',
    severity: 'error',
    title: "The workspace's version of a capability is in every range that is asked for",
    why: 'There is one version of a capability in the repository; who asked for another one relies on something else.',
    mend: 'The message has the chain of who asked for what: widen the range, or change the capability.',
    examples: {
      fails: db('type: database, metadata: { annotations: { idp.internal/version: ^2.0.0 } }'),
      passes: db('type: database, metadata: { annotations: { idp.internal/version: ^1.1.0 } }'),
    },
  },
  {
    code: 'resolve/requirement-cycle',
    severity: 'error',
    title: 'Capabilities do not require each other',
    why: 'There would be no end to the instances.',
    mend: 'Remove one of the requirements.',
    when: 'Capabilities reach a service that were not checked together; in one repository it is `capability/requirement` at each of them.',
  },
  {
    code: 'resolve/too-many-instances',
    severity: 'error',
    title: 'A service has at most a hundred instances of capabilities',
    why: 'Capabilities that require others more than once multiply: seven of them, each requiring the next twice, make 128 databases of one line in a Score file.',
    mend: 'Require what is needed once, or split the service.',
    examples: {
      fails: {
        ...Object.assign(
          {},
          ...[1, 2, 3, 4, 5, 6].map((level) => requiringTwice(`level-${level}`, `level-${level + 1}`)),
        ),
        ...exampleCapability({ name: 'level-7' }),
        ...exampleScore({ resources: 'db: { type: database }\nleft: { type: level-1 }\nright: { type: level-1 }' }),
      },
      passes: {
        ...requiringTwice('level-1', 'level-2'),
        ...exampleCapability({ name: 'level-2' }),
        ...exampleScore({ resources: 'db: { type: database }\nleft: { type: level-1 }' }),
      },
    },
  },
  {
    code: 'resolve/resource-cycle',
    severity: 'error',
    title: "Parameters of resources do not need each other's outputs",
    why: 'Neither could be known first.',
    mend: 'Write one of the values out.',
    examples: {
      fails: exampleScore({
        resources:
          'db: { type: database, params: { size: "${resources.copy.host}" } }\ncopy: { type: database, params: { size: "${resources.db.host}" } }',
      }),
      passes: exampleScore({ resources: 'db: { type: database }\ncopy: { type: database, params: { size: large } }' }),
    },
  },
  {
    code: 'resolve/invalid-placeholder',
    severity: 'error',
    title: 'A placeholder has the form `${resources.<name>.<output>}`',
    why: 'A half-written one would reach the container as text.',
    mend: 'Close it by `}`; write `$$` for a `$` that is meant.',
    examples: { fails: dbHost('${resources.db.host'), passes },
  },
  {
    code: 'resolve/unknown-placeholder',
    severity: 'error',
    title: 'A placeholder begins with `metadata.` or `resources.`',
    why: 'There is nothing else that it could mean.',
    mend: 'Write `${metadata.name}` or `${resources.<name>.<output>}`.',
    examples: { fails: dbHost('${resource.db.host}'), passes },
  },
  {
    code: 'resolve/unknown-resource',
    severity: 'error',
    title: 'A placeholder names a resource of the same Score file',
    why: 'It could not be resolved.',
    mend: 'Mend the name; the hint names the nearest one. Or add the resource.',
    examples: { fails: dbHost('${resources.bd.host}'), passes },
  },
  {
    code: 'resolve/unknown-output',
    severity: 'error',
    title: 'A placeholder names an output that the capability has',
    why: 'It could not be resolved.',
    mend: 'Mend the name; the hint names the nearest one.',
    examples: { fails: dbHost('${resources.db.hots}'), passes },
  },
  {
    code: 'resolve/unknown-volume',
    severity: 'error',
    title: 'A container mounts a volume that is there',
    why: 'Nothing could be mounted: the pod would never start.',
    mend: 'Name a resource of the type `volume`: `source: ${resources.<name>}`; the hint names the nearest one.',
    examples: {
      fails: exampleScore({ container: 'volumes: { /data: { source: dta } }', resources: volumes }),
      passes: exampleScore({ container: 'volumes: { /data: { source: "${resources.data}" } }', resources: volumes }),
    },
  },
  {
    code: 'resolve/type-differs',
    severity: 'error',
    title: 'A resource has the same type in every environment',
    why: "The identity of an instance goes by the resource's name in all environments: of another type it would be another thing under the same name.",
    mend: 'Add a resource of another name in the override, and delete this one there by `null`.',
    examples: {
      fails: {
        ...exampleCapability(),
        'services/checkout/environments/dev.yaml': 'resources: { db: { type: cache } }\n',
      },
      passes: { 'services/checkout/environments/dev.yaml': 'resources: { db: { params: { size: large } } }\n' },
    },
  },
  {
    code: 'resolve/unknown-service',
    severity: 'error',
    title: 'A resource of type `service` names a service that is there',
    why: 'Its address could not be known.',
    mend: 'Mend the name, or give it as `id` when the resource is named otherwise.',
    examples: {
      fails: exampleScore({ resources: 'db: { type: database }\nloyalty: { type: service }' }),
      passes: exampleScore({ resources: 'db: { type: database }\nself: { type: service, id: checkout }' }),
    },
  },
  {
    code: 'resolve/parameter-unknown-field',
    severity: 'error',
    title: '`params` names parameters that the capability has',
    why: 'A misspelt parameter that is silently ignored is a setting that somebody believes in.',
    mend: 'Mend the name; the hint names the nearest one.',
    examples: {
      fails: db('type: database, params: { siez: large }'),
      passes: db('type: database, params: { size: large }'),
    },
  },
  {
    code: 'resolve/parameter-missing-field',
    severity: 'error',
    title: 'The parameters that a capability requires are there',
    why: 'The capability cannot guess them.',
    mend: 'Add the parameter to `params`.',
    examples: {
      fails: exampleUse({
        spec: 'parameters: { type: object, required: [size], properties: { size: { type: string } } }',
      }),
      passes: exampleUse(
        { spec: 'parameters: { type: object, required: [size], properties: { size: { type: string } } }' },
        'cache: { type: cache, params: { size: small } }',
      ),
    },
  },
  {
    code: 'resolve/parameter-wrong-value',
    severity: 'error',
    title: 'A parameter has a value that the capability allows',
    why: 'The capability is only tested with what its schema allows.',
    mend: 'Write one of the values that the hint names. The value may come from a class, an override or an environment: the place that is shown is the one that counts.',
    examples: {
      fails: db('type: database, params: { size: huge }'),
      passes: db('type: database, params: { size: large }'),
    },
  },
  {
    code: 'resolve/unknown-class',
    severity: 'error',
    title: '`class` names a preset that the capability has',
    why: 'Without it the defaults would be taken, which is not what was asked for.',
    mend: 'Mend the name; the hint names what there is.',
    examples: { fails: db('type: database, class: roomie'), passes: db('type: database, class: roomy') },
  },
];
