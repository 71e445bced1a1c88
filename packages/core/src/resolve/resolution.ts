import type { Capability } from '../capability/capability.ts';
import { type Digest, digestOfBytes } from '../digest/digest.ts';
import type { Json } from '../json/json.ts';
import type { Instance } from '../schema/lock.schema.ts';
import type { Workload } from '../workload/workload.ts';
import type { BuiltImage } from './built-images.ts';
import { volumeCapability } from './volume-capability.ts';

/** One instance of a capability in a service. */
export interface Use {
  /** The resource's name, or for what a capability requires the path to it: `db/store`. */
  readonly path: string;
  readonly capability: Capability;
  readonly instance: Instance;
}

/** An instance that another service set up and owns, and that this one reads. It is not in this one's lock. */
export interface SharedUse {
  /** The resource's name, or for what a capability requires the path to it. */
  readonly path: string;
  readonly capability: Capability;
  readonly instance: Instance;
  readonly id: string;
  /** The versions that this service can do with: checked against what an environment runs. */
  readonly ranges: readonly string[];
  readonly owner: { readonly service: string; readonly namespace: string; readonly resource: string };
}

/** What another service shows to those that call it: the only thing of it that their rendering reads. */
export interface ServiceInterface {
  readonly service: string;
  readonly namespace: string;
  /** `service.ports` of the Score document in each environment that overrides it, and of the base under ``. */
  readonly ports: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Facts of the catalog that rendering uses. */
export interface ServiceFacts {
  readonly owner: string;
  readonly lifecycle: string;
  readonly system: string | undefined;
  readonly title: string | undefined;
}

/** A service with everything that it needs chosen: what `render` turns into manifests. */
export interface Resolution {
  readonly service: string;
  readonly workload: Workload;
  readonly facts: ServiceFacts;
  readonly namespace: string;
  readonly renderer: string;
  /** What `image: .` stands for, by container. */
  readonly images: ReadonlyMap<string, BuiltImage>;
  /** What runs the workload; `undefined` for core's plain conversion. */
  readonly runs: Use | undefined;
  /** Resources and what they require, by path. */
  readonly uses: ReadonlyMap<string, Use>;
  /** Instances of others that it reads, by path. */
  readonly shared: ReadonlyMap<string, SharedUse>;
  /** The services that resources of type `service` name, by service. */
  readonly services: ReadonlyMap<string, ServiceInterface>;
  readonly release: Digest;
}

/** The capabilities of the workspace that a service uses, what runs it among them; each as often as it is used. */
export function capabilitiesOf({ uses, runs }: Pick<Resolution, 'uses' | 'runs'>): readonly Capability[] {
  return [...uses.values(), ...(runs === undefined ? [] : [runs])]
    .map(({ capability }) => capability)
    .filter((capability) => capability !== volumeCapability);
}

/** The canonical value behind a release's digest (docs/decisions.md, "The release digest"). */
export function releaseValue(resolution: Omit<Resolution, 'release'>): Json {
  const { workload, facts, uses, runs, services, shared } = resolution;
  return {
    schema: 'idp.internal/release/v1',
    service: resolution.service,
    score: workload.score.documents[0] ?? null,
    overrides: Object.fromEntries([...workload.overrides].map(([name, source]) => [name, source.documents[0] ?? null])),
    ...(workload.files.size > 0 && {
      files: Object.fromEntries([...workload.files].map(([path, { bytes }]) => [path, digestOfBytes(bytes)])),
    }),
    namespace: resolution.namespace,
    renderer: resolution.renderer,
    images: Object.fromEntries([...resolution.images].map(([container, { image }]) => [container, image])),
    workload: runs === undefined ? null : { ...runs.instance },
    instances: Object.fromEntries([...uses].map(([path, use]) => [path, { ...use.instance }])),
    capabilities: Object.fromEntries(
      capabilitiesOf(resolution).map(({ name, version, integrity }) => [name, { version, integrity }]),
    ),
    services: Object.fromEntries([...services].map(([name, { namespace, ports }]) => [name, { namespace, ports }])),
    // Whose instance it is. What it says is read in each environment, as the environment's values are.
    ...(shared.size > 0 && {
      shared: Object.fromEntries(
        [...shared].map(([path, { instance, owner }]) => [path, { ...owner, instance: { ...instance } }]),
      ),
    }),
    catalog: {
      owner: facts.owner,
      lifecycle: facts.lifecycle,
      system: facts.system ?? null,
      title: facts.title ?? null,
    },
  };
}
