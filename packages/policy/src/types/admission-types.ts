import {
  BOOL,
  type CelType,
  DYN,
  INT,
  listType,
  mapType,
  objectType,
  STRING,
  TIMESTAMP,
  type TypeProvider,
} from '../cel/type.ts';

const LABELS = mapType(STRING, STRING);
const STRINGS = listType(STRING);

/** As the API server declares them (apiserver, admission/plugin/cel, BuildRequestType and BuildNamespaceType). */
const TYPES: ReadonlyMap<string, Readonly<Record<string, CelType>>> = new Map([
  [
    'kubernetes.AdmissionRequest',
    {
      kind: objectType('kubernetes.GroupVersionKind'),
      resource: objectType('kubernetes.GroupVersionResource'),
      subResource: STRING,
      requestKind: objectType('kubernetes.GroupVersionKind'),
      requestResource: objectType('kubernetes.GroupVersionResource'),
      requestSubResource: STRING,
      name: STRING,
      namespace: STRING,
      operation: STRING,
      userInfo: objectType('kubernetes.UserInfo'),
      dryRun: BOOL,
      options: DYN,
    },
  ],
  ['kubernetes.GroupVersionKind', { group: STRING, version: STRING, kind: STRING }],
  ['kubernetes.GroupVersionResource', { group: STRING, version: STRING, resource: STRING }],
  ['kubernetes.UserInfo', { username: STRING, uid: STRING, groups: STRINGS, extra: mapType(STRING, STRINGS) }],
  [
    'kubernetes.Namespace',
    {
      metadata: objectType('kubernetes.NamespaceMetadata'),
      spec: objectType('kubernetes.NamespaceSpec'),
      status: objectType('kubernetes.NamespaceStatus'),
    },
  ],
  [
    'kubernetes.NamespaceMetadata',
    {
      name: STRING,
      generateName: STRING,
      namespace: STRING,
      labels: LABELS,
      annotations: LABELS,
      UID: STRING,
      creationTimestamp: TIMESTAMP,
      deletionGracePeriodSeconds: INT,
      deletionTimestamp: TIMESTAMP,
      generation: INT,
      resourceVersion: STRING,
      finalizers: STRINGS,
    },
  ],
  ['kubernetes.NamespaceSpec', { finalizers: STRINGS }],
  ['kubernetes.NamespaceStatus', { conditions: listType(objectType('kubernetes.NamespaceCondition')), phase: STRING }],
  [
    'kubernetes.NamespaceCondition',
    { status: STRING, type: STRING, lastTransitionTime: TIMESTAMP, message: STRING, reason: STRING },
  ],
]);

/** The variables that have a type in every cluster: there, another field does not compile. */
export const ADMISSION_VARIABLES: ReadonlyMap<string, CelType> = new Map([
  ['request', objectType('kubernetes.AdmissionRequest')],
  ['namespaceObject', objectType('kubernetes.Namespace')],
]);

/** Types of admission, and behind them those of another provider. */
export function withAdmissionTypes(other?: TypeProvider): TypeProvider {
  return {
    field(type, name) {
      const fields = TYPES.get(type);
      if (!fields) return other?.field(type, name);
      return Object.hasOwn(fields, name) ? fields[name] : undefined;
    },
    fieldNames(type) {
      const fields = TYPES.get(type);
      return fields ? Object.keys(fields) : other?.fieldNames(type);
    },
    join: (a, b) => other?.join?.(a, b),
  };
}
