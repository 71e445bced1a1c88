import { type Digest, digestOfJson, digestOfText } from '../digest/digest.ts';
import { compareStrings } from '../json/compare.ts';
import { once } from '../json/once.ts';
import { child, stringIn, type Traced, toJson } from '../provenance/traced.ts';
import { writeYaml } from '../yaml/write-yaml.ts';

/** One Kubernetes object of a rendered tree. */
export interface RenderedObject {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** `undefined` for a cluster-scoped object. */
  readonly namespace: string | undefined;
  readonly name: string;
  readonly node: Traced;
  /** In the environment branch. */
  readonly path: string;
}

/** The objects of one service in one target of one environment. */
export interface RenderedTarget {
  readonly target: string;
  readonly objects: readonly RenderedObject[];
  readonly digest: Digest;
}

/** The files of one service in one environment, over all its targets. */
export interface RenderedTree {
  readonly service: string;
  readonly environment: string;
  readonly release: Digest;
  readonly targets: readonly RenderedTarget[];
  /** By path, sorted. */
  readonly files: ReadonlyMap<string, string>;
  readonly digest: Digest;
}

/** The tree's digest: over sorted paths and the digests of contents; no commit, no time, nothing else. */
export function treeDigest(files: ReadonlyMap<string, string>): Digest {
  return digestOfFiles([...files].map(([path, content]) => [path, digestOfText(content)]));
}

function digestOfFiles(digests: readonly (readonly [string, Digest])[]): Digest {
  return digestOfJson({ schema: 'idp.internal/tree/v1', files: Object.fromEntries(digests) });
}

/** A tree of rendered targets. Texts and digests are made when first asked for: `validate` needs neither. */
export function treeOf(
  service: string,
  environment: string,
  release: Digest,
  targets: readonly Pick<RenderedTarget, 'target' | 'objects'>[],
): RenderedTree {
  const written = targets.map(({ target, objects }) => {
    const sorted = [...objects].sort((a, b) => compareStrings(a.path, b.path));
    const files = once(() => sorted.map(({ path, node }) => [path, writeYaml(toJson(node))] as const));
    const digests = once(() => files().map(([path, content]) => [path, digestOfText(content)] as const));
    return { target, objects: sorted, files, digests, digest: once(() => digestOfFiles(digests())) };
  });
  const files = once(
    () => new Map(written.flatMap((target) => target.files()).sort(([a], [b]) => compareStrings(a, b))),
  );
  const digest = once(() => digestOfFiles(written.flatMap((target) => target.digests())));
  return {
    service,
    environment,
    release,
    targets: written.map(({ target, objects, digest: own }) => ({
      target,
      objects,
      get digest() {
        return own();
      },
    })),
    get files() {
      return files();
    },
    get digest() {
      return digest();
    },
  };
}

export type ObjectIdentity = Pick<RenderedObject, 'group' | 'version' | 'kind' | 'namespace' | 'name'>;

/** What an object is, read from its own fields; `undefined` when it is no Kubernetes object. */
export function identify(node: Traced): ObjectIdentity | undefined {
  const apiVersion = stringIn(child(node, 'apiVersion'));
  const kind = stringIn(child(node, 'kind'));
  const name = stringIn(child(child(node, 'metadata'), 'name'));
  if (apiVersion === undefined || kind === undefined || name === undefined || name === '') return undefined;
  const slash = apiVersion.indexOf('/');
  return {
    group: slash < 0 ? '' : apiVersion.slice(0, slash),
    version: apiVersion.slice(slash + 1),
    kind,
    namespace: stringIn(child(child(node, 'metadata'), 'namespace')),
    name,
  };
}

/**
 * Where an object lies in the environment branch (design, section 9). Characters that file systems treat in
 * ways of their own are written as `%` and two hex digits, beyond those as `%u` and four.
 */
export function manifestPath(
  target: string,
  service: string,
  object: Pick<RenderedObject, 'group' | 'kind' | 'namespace' | 'name'>,
): string {
  const kind = object.group === '' ? object.kind : `${object.kind}.${object.group}`;
  const file = `${kind.toLowerCase()}-${fileName(object.name)}.yaml`;
  const folder = object.namespace === undefined ? `_cluster/${service}` : `${object.namespace}/${service}`;
  return `manifests/${target}/${folder}/${file}`;
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
