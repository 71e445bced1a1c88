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
  /** That of the request: a Namespace is in itself, as the API server sees it. Empty for other cluster-scoped objects. */
  readonly namespace: string;
  /** Whether the object lives in a namespace; a Namespace does not. */
  readonly namespaced: boolean;
  /** Labels of the object, and of the old one when there is one. */
  readonly objectLabels: readonly ReadonlyMap<string, string>[];
  /** Labels of the namespace; `undefined` when it is not known. Cluster-scoped objects have none. */
  readonly namespaceLabels: ReadonlyMap<string, string> | undefined;
}

export interface TargetInput {
  readonly object: JsonObject;
  readonly oldObject: JsonObject | undefined;
  /** `null`: the object is in no namespace, whatever its fields say. */
  readonly namespaceObject: JsonObject | null | undefined;
  readonly operation: Operation;
}

export function targetOf({ object, oldObject, namespaceObject, operation }: TargetInput): Target {
  const apiVersion = stringAt(object, 'apiVersion') ?? '';
  const slash = apiVersion.indexOf('/');
  const group = slash < 0 ? '' : apiVersion.slice(0, slash);
  const kind = stringAt(object, 'kind') ?? '';
  const name = stringAt(object, 'metadata', 'name') ?? '';
  const written = stringAt(object, 'metadata', 'namespace') ?? '';
  const isNamespace = group === '' && kind === 'Namespace';
  const namespaced =
    namespaceObject !== null && (isNamespaced(group, kind) ?? (written !== '' || namespaceObject !== undefined));
  const label = isNamespace ? namespaceLabels : labelsOf;
  return {
    operation,
    group,
    version: apiVersion.slice(slash + 1),
    kind,
    resource: resourceName(kind),
    name,
    namespace: isNamespace ? name : namespaced ? written : '',
    namespaced,
    objectLabels: [object, ...(oldObject ? [oldObject] : [])].map(label),
    namespaceLabels: isNamespace
      ? namespaceLabels(object)
      : namespaceObject
        ? namespaceLabels(namespaceObject)
        : undefined,
  };
}

/** The API server labels every namespace with its name; a manifest does not show it. */
function namespaceLabels(namespace: JsonObject): ReadonlyMap<string, string> {
  const name = stringAt(namespace, 'metadata', 'name') ?? '';
  return new Map([...labelsOf(namespace), ['kubernetes.io/metadata.name', name]]);
}

export function labelsOf(object: JsonObject): ReadonlyMap<string, string> {
  const labels = property(property(object, 'metadata'), 'labels');
  if (!isObject(labels)) return new Map();
  return new Map(Object.entries(labels).map(([key, value]) => [key, String(value)]));
}
