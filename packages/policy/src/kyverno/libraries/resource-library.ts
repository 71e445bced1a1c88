import { library } from '../../cel/function-declaration.ts';
import { fromJson } from '../../cel/json-value.ts';
import { opaqueType } from '../../cel/type.ts';
import { ArrayList, CelError, type CelMap, CelOpaque, CelUnknown, EntryMap } from '../../cel/value.ts';
import { type JsonObject, stringAt } from '../../json.ts';
import { isNamespaced, resourceName } from '../../match/resource-name.ts';

/** The type of the variable `resource`. */
export const RESOURCES = opaqueType('kyverno.Resources');
const RESOURCE = opaqueType('kyverno.GroupVersionResource');

/** All manifests of an `apiVersion` in the same environment. */
export type ListManifests = (apiVersion: string) => readonly JsonObject[];

/**
 * The variable `resource`: the manifests beside the one that is judged.
 *
 * They are a part of a cluster, not all of it: an object that is not among them may exist all the same, so that `Get` of it
 * is unknown. `List` gives those that are there.
 */
export class CelResources extends CelOpaque {
  readonly type = RESOURCES;
  readonly list: ListManifests;

  constructor(list: ListManifests) {
    super();
    this.list = list;
  }

  equals(other: CelOpaque): boolean {
    return other === this;
  }
}

class CelGroupVersionResource extends CelOpaque {
  readonly type = RESOURCE;
  readonly apiVersion: string;
  readonly resource: string;

  constructor(apiVersion: string, resource: string) {
    super();
    this.apiVersion = apiVersion;
    this.resource = resource;
  }

  equals(other: CelOpaque): boolean {
    return (
      other instanceof CelGroupVersionResource &&
      other.apiVersion === this.apiVersion &&
      other.resource === this.resource
    );
  }
}

function manifestsOf({ list }: CelResources, apiVersion: string, resource: string): readonly JsonObject[] {
  return list(apiVersion).filter((manifest) => resourceName(stringAt(manifest, 'kind') ?? '') === resource);
}

function namespaceOf(manifest: JsonObject): string {
  return stringAt(manifest, 'metadata', 'namespace') ?? '';
}

/** A namespaced object that does not say where it is will be in `default`, as `kubectl apply` has it. */
function isIn(manifest: JsonObject, namespace: string): boolean {
  const written = namespaceOf(manifest);
  if (written !== '' || namespace === '') return written === namespace || namespace === '';
  const apiVersion = stringAt(manifest, 'apiVersion') ?? '';
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return isNamespaced(group, stringAt(manifest, 'kind') ?? '') === false || namespace === 'default';
}

function get(resources: CelResources, apiVersion: string, resource: string, namespace: string, name: string) {
  const found = manifestsOf(resources, apiVersion, resource).find(
    (manifest) => stringAt(manifest, 'metadata', 'name') === name && isIn(manifest, namespace),
  );
  if (found) return fromJson(found) as CelMap;
  const what = `${apiVersion} ${resource} ${namespace === '' ? '' : `${namespace}/`}${name}`;
  return new CelUnknown([`${what} is not among these manifests; the cluster may have it`]);
}

function list(
  resources: CelResources,
  apiVersion: string,
  resource: string,
  namespace: string,
  labels?: CelMap,
): CelMap | CelError {
  const wanted = labels && labelsOf(labels);
  if (wanted instanceof CelError) return wanted;
  const items = manifestsOf(resources, apiVersion, resource)
    .filter((manifest) => isIn(manifest, namespace))
    .filter((manifest) => [...(wanted ?? [])].every(([key, value]) => labelOf(manifest, key) === value));
  return new EntryMap([
    ['apiVersion', apiVersion],
    ['kind', 'List'],
    ['items', new ArrayList(items.map(fromJson))],
  ]);
}

function labelsOf(labels: CelMap): ReadonlyMap<string, string> | CelError {
  const wanted = new Map<string, string>();
  for (const key of labels.keys()) {
    const value = labels.get(key);
    if (typeof key !== 'string' || typeof value !== 'string') return new CelError('labels are strings');
    wanted.set(key, value);
  }
  return wanted;
}

function labelOf(manifest: JsonObject, key: string): string | undefined {
  return stringAt(manifest, 'metadata', 'labels', key);
}

const post = (): CelUnknown => new CelUnknown(['what a cluster answers to a request is known to the cluster only']);
const gvr = (_: CelResources, apiVersion: string, resource: string) =>
  new CelGroupVersionResource(apiVersion, resource);

const byName = (
  resources: CelResources,
  { apiVersion, resource }: CelGroupVersionResource,
  namespace: string,
  name: string,
) => get(resources, apiVersion, resource, namespace, name);
const byGroup = (
  resources: CelResources,
  { apiVersion, resource }: CelGroupVersionResource,
  namespace: string,
  labels?: CelMap,
) => list(resources, apiVersion, resource, namespace, labels);

/** Kyverno's library of other resources (kyverno/sdk, cel/libs/resource). */
export const resourceLibrary = library('kyverno.resource', {
  types: {
    Resources: { type: RESOURCES, class: CelResources },
    Gvr: { type: RESOURCE, class: CelGroupVersionResource },
  },
  functions: {
    'Resources.Get(string, string, string, string): map<string,dyn>': get,
    'Resources.get(string, string, string, string): map<string,dyn>': get,
    'Resources.Get(Gvr, string, string): map<string,dyn>': byName,
    'Resources.get(Gvr, string, string): map<string,dyn>': byName,
    'Resources.List(string, string, string): map<string,dyn>': list,
    'Resources.list(string, string, string): map<string,dyn>': list,
    'Resources.List(string, string, string, map<string,string>): map<string,dyn>': list,
    'Resources.list(string, string, string, map<string,string>): map<string,dyn>': list,
    'Resources.List(Gvr, string): map<string,dyn>': byGroup,
    'Resources.list(Gvr, string): map<string,dyn>': byGroup,
    'Resources.List(Gvr, string, map<string,string>): map<string,dyn>': byGroup,
    'Resources.list(Gvr, string, map<string,string>): map<string,dyn>': byGroup,
    'Resources.Post(string, string, dyn): map<string,dyn>': post,
    'Resources.post(string, string, dyn): map<string,dyn>': post,
    'Resources.Post(string, string, string, dyn): map<string,dyn>': post,
    'Resources.post(string, string, string, dyn): map<string,dyn>': post,
    'Resources.ToGVR(string, string): Gvr': gvr,
    'Resources.toGVR(string, string): Gvr': gvr,
  },
});
