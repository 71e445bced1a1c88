import { type Digest, digestOfJson, digestOfText } from '../digest/digest.ts';
import { compareStrings } from '../json/compare.ts';
import type { Json } from '../json/json.ts';
import type { Traced } from '../provenance/traced.ts';
import type { Resolution } from '../resolve/resolution.ts';
import { manifestPath } from './manifest-path.ts';
import type { OwnedObject } from './owned-object.ts';

/** One Kubernetes object of a rendered tree. */
export class RenderedObject {
  readonly owned: OwnedObject;
  /** In the environment branch. */
  readonly path: string;

  constructor(owned: OwnedObject, target: string) {
    this.owned = owned;
    this.path = manifestPath(target, owned.file);
  }

  get group(): string {
    return this.owned.identity.group;
  }

  get version(): string {
    return this.owned.identity.version;
  }

  get kind(): string {
    return this.owned.identity.kind;
  }

  /** `undefined` for a cluster-scoped object. */
  get namespace(): string | undefined {
    return this.owned.identity.namespace;
  }

  get name(): string {
    return this.owned.identity.name;
  }

  get node(): Traced {
    return this.owned.node;
  }

  /** The object as an ordinary value. */
  get json(): Json {
    return this.owned.json;
  }
}

/** The objects of one service in one target of one environment. */
export interface RenderedTarget {
  readonly target: string;
  /** By path. */
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
  resolution: Resolution,
  environment: string,
  targets: readonly Pick<RenderedTarget, 'target' | 'objects'>[],
): RenderedTree {
  return new LazyTree(resolution, environment, targets);
}

/** Classes: V8 makes each object literal with a getter a shape of its own, and keeps it until a full collection. */
class LazyTarget implements RenderedTarget {
  readonly target: string;
  readonly objects: readonly RenderedObject[];
  private ownDigest: Digest | undefined;

  constructor({ target, objects }: Pick<RenderedTarget, 'target' | 'objects'>) {
    this.target = target;
    this.objects = [...objects].sort((a, b) => compareStrings(a.path, b.path));
  }

  get digest(): Digest {
    this.ownDigest ??= digestOfFiles(this.digests());
    return this.ownDigest;
  }

  digests(): readonly (readonly [string, Digest])[] {
    return this.objects.map(({ path, owned }) => [path, owned.digest]);
  }
}

class LazyTree implements RenderedTree {
  readonly environment: string;
  readonly targets: readonly LazyTarget[];
  private readonly resolution: Resolution;
  private ownFiles: ReadonlyMap<string, string> | undefined;
  private ownDigest: Digest | undefined;

  constructor(
    resolution: Resolution,
    environment: string,
    targets: readonly Pick<RenderedTarget, 'target' | 'objects'>[],
  ) {
    this.resolution = resolution;
    this.environment = environment;
    this.targets = targets.map((target) => new LazyTarget(target));
  }

  get service(): string {
    return this.resolution.service;
  }

  get release(): Digest {
    return this.resolution.release;
  }

  get files(): ReadonlyMap<string, string> {
    this.ownFiles ??= new Map(
      this.targets
        .flatMap(({ objects }) => objects.map(({ path, owned }) => [path, owned.text] as const))
        .sort(([a], [b]) => compareStrings(a, b)),
    );
    return this.ownFiles;
  }

  get digest(): Digest {
    this.ownDigest ??= digestOfFiles(this.targets.flatMap((target) => target.digests()));
    return this.ownDigest;
  }
}
