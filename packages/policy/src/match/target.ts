import { isObject, type JsonObject, property, stringAt } from '../json.ts';
import { isNamespaced, resourceName } from './resource-name.ts';

export type Operation = 'CREATE' | 'UPDATE';

/** The request that creating or updating an object would be. */
export interface Target {
  readonly operation: Operation;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly resource: string;
  readonly name: string;
  readonly namespace: string;
  readonly namespaced: boolean;
  /** Labels of the object, and of the old one when there is one. */
  readonly objectLabels: readonly ReadonlyMap<string, string>[];
  /** Labels of the namespace; `undefined` when it is not known. Cluster-scoped objects have none. */
  readonly namespaceLabels: ReadonlyMap<string, string> | undefined;
}

export interface TargetInput {
  readonly object: JsonObject;
  readonly oldObject?: JsonObject;
  readonly namespaceObject?: JsonObject;
  readonly operation: Operation;
}

export function targetOf({ object, oldObject, namespaceObject, operation }: TargetInput): Target {
  const apiVersion = stringAt(object, 'apiVersion') ?? '';
  const slash = apiVersion.indexOf('/');
  const group = slash < 0 ? '' : apiVersion.slice(0, slash);
  const kind = stringAt(object, 'kind') ?? '';
  const namespace = stringAt(object, 'metadata', 'namespace') ?? '';
  const isNamespace = group === '' && kind === 'Namespace';
  return {
    operation,
    group,
    version: apiVersion.slice(slash + 1),
    kind,
    resource: resourceName(kind),
    name: stringAt(object, 'metadata', 'name') ?? '',
    namespace,
    namespaced: isNamespaced(group, kind) ?? (namespace !== '' || namespaceObject !== undefined),
    objectLabels: [object, ...(oldObject ? [oldObject] : [])].map(labelsOf),
    namespaceLabels: isNamespace ? namespaceLabels(object) : namespaceObject && namespaceLabels(namespaceObject),
  };
}

/** The API server labels every namespace with its name; a manifest does not show it. */
function namespaceLabels(namespace: JsonObject): ReadonlyMap<string, string> {
  const name = stringAt(namespace, 'metadata', 'name') ?? '';
  return new Map([...labelsOf(namespace), ['kubernetes.io/metadata.name', name]]);
}

function labelsOf(object: JsonObject): ReadonlyMap<string, string> {
  const labels = property(property(object, 'metadata'), 'labels');
  if (!isObject(labels)) return new Map();
  return new Map(Object.entries(labels).map(([key, value]) => [key, String(value)]));
}
