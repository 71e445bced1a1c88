import type { RenderedTree } from '../render/rendered-tree.ts';
import type { Resolution } from '../resolve/resolution.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { readRecord, recordedServices } from './record.ts';

/** Something on an environment branch that belongs to another service. */
export interface Claim {
  /** `the namespace "payments"`, `the instance payments-db-x7k2q`, `manifests/eu/…`. */
  readonly what: string;
  readonly owner: string;
}

/** Who holds which namespaces, identities and objects on one environment branch. */
export interface BranchClaims {
  /** What a service would take from another one; also from a service that is gone or cannot be read. */
  taken(resolution: Resolution, tree: RenderedTree): Claim | undefined;
}

/**
 * Reads the owners from the branch itself: namespaces and objects from the manifests' paths, identities from the
 * records. Nothing stateful is ever adopted because of a name (design, section 5).
 */
export function branchClaims(branch: Snapshot, environment: string): BranchClaims {
  const namespaces = new Map<string, Set<string>>();
  const objects = new Map<string, string>();
  for (const { path } of branch.list()) {
    const place = placeOf(path);
    if (place === undefined) continue;
    objects.set(place.object, place.service);
    if (place.namespace === undefined) continue;
    const services = namespaces.get(place.namespace) ?? new Set<string>();
    namespaces.set(place.namespace, services.add(place.service));
  }
  const instances = instanceOwners(branch, environment);
  return {
    taken(resolution, tree) {
      const { service, namespace } = resolution;
      const others = [...(namespaces.get(namespace) ?? [])].filter((owner) => owner !== service);
      const [owner] = others;
      if (owner !== undefined) return { what: `the namespace ${JSON.stringify(namespace)}`, owner };
      for (const { instance } of resolution.uses.values()) {
        const holder = [instance.id, instance.name].map((key) => instances.get(key)).find((key) => key !== undefined);
        if (holder !== undefined && holder !== service) return { what: `the instance ${instance.name}`, owner: holder };
      }
      for (const path of tree.files.keys()) {
        const holder = objects.get(placeOf(path)?.object ?? '');
        if (holder !== undefined && holder !== service) return { what: `the object of ${path}`, owner: holder };
      }
      return undefined;
    },
  };
}

function instanceOwners(branch: Snapshot, environment: string): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const service of recordedServices(branch)) {
    const found = readRecord(branch, service, environment);
    if (found.kind !== 'record') continue;
    for (const { id, name } of [...Object.values(found.record.instances), ...found.record.detached]) {
      owners.set(id, service);
      owners.set(name, service);
    }
  }
  return owners;
}

interface ManifestPlace {
  readonly service: string;
  readonly namespace: string | undefined;
  /** The same for the same object, whichever service renders it. */
  readonly object: string;
}

/** `manifests/<target>/<namespace>/<service>/<file>`, or `_cluster` in the place of the namespace. */
function placeOf(path: string): ManifestPlace | undefined {
  const [root, target, scope, service, file, ...rest] = path.split('/');
  if (root !== 'manifests' || service === undefined || file === undefined || rest.length > 0) return undefined;
  return { service, namespace: scope === '_cluster' ? undefined : scope, object: `${target}/${scope}/${file}` };
}

/** Whether a manifest lies where a service of this namespace may write. */
export function isOwnManifest(path: string, service: string, namespace: string): boolean {
  const place = placeOf(path);
  return place?.service === service && (place.namespace === undefined || place.namespace === namespace);
}
