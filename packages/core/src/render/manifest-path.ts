import { child, stringIn, type Traced } from '../provenance/traced.ts';

/** What tells a Kubernetes object from others. */
export interface ObjectIdentity {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** `undefined` for a cluster-scoped object. */
  readonly namespace: string | undefined;
  readonly name: string;
}

/** What an object is, read from its own fields; `undefined` when it is no Kubernetes object. */
export function identify(node: Traced): ObjectIdentity | undefined {
  const apiVersion = stringIn(child(node, 'apiVersion'));
  const kind = stringIn(child(node, 'kind'));
  const metadata = child(node, 'metadata');
  const name = stringIn(child(metadata, 'name'));
  if (apiVersion === undefined || kind === undefined || name === undefined || name === '') return undefined;
  const slash = apiVersion.indexOf('/');
  return {
    group: slash < 0 ? '' : apiVersion.slice(0, slash),
    version: apiVersion.slice(slash + 1),
    kind,
    namespace: stringIn(child(metadata, 'namespace')),
    name,
  };
}

/**
 * Where an object lies in the environment branch (design, section 9), below the folder of its target. Characters that file
 * systems treat in ways of their own are written as `%` and two hex digits, beyond those as `%u` and four.
 */
export function manifestFile(
  service: string,
  object: Pick<ObjectIdentity, 'group' | 'kind' | 'namespace' | 'name'>,
): string {
  const kind = object.group === '' ? object.kind : `${object.kind}.${object.group}`;
  const file = `${kind.toLowerCase()}-${fileName(object.name)}.yaml`;
  const folder = object.namespace === undefined ? `_cluster/${service}` : `${object.namespace}/${service}`;
  return `${folder}/${file}`;
}

/** The path of a manifest in the environment branch. @param file see `manifestFile` */
export function manifestPath(target: string, file: string): string {
  return `manifests/${target}/${file}`;
}

/** The target that a manifest is for, by its path. */
export function targetOfPath(path: string): string {
  return path.split('/')[1] ?? '';
}

function fileName(name: string): string {
  return name.replace(/[^a-z0-9.-]/g, (character) => {
    const code = character.charCodeAt(0);
    return code > 0xff ? `%u${code.toString(16).padStart(4, '0')}` : `%${code.toString(16).padStart(2, '0')}`;
  });
}
