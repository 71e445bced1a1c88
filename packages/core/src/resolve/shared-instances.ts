import type { Position } from '../finding/finding.ts';
import { isObject, type Json, property } from '../json/json.ts';
import type { Platform } from '../platform/platform.ts';
import type { Traced } from '../provenance/traced.ts';
import { placeIn } from '../workload/score-findings.ts';
import type { Workload } from '../workload/workload.ts';
import { type DeclaredResource, declaredResources } from './declared-resources.ts';
import { type SharedName, SharedNames } from './shared-names.ts';

/** A resource with an `id`: one instance that several services name (Score specification, `resources.<n>.id`). */
export interface SharedDeclaration {
  readonly type: string;
  readonly id: string;
  readonly workload: Workload;
  /** The resource's name in its own service. */
  readonly resource: string;
  readonly class: string | undefined;
  /** The Score document that declares it first. */
  readonly score: Traced;
}

const known = new WeakMap<Platform, SharedNames>();

/** Who names what on a platform; read once, and only when a service asks for a shared instance. */
export function sharedNames(platform: Platform): SharedNames {
  if (platform.sharedNames !== undefined) return platform.sharedNames;
  const before = known.get(platform);
  if (before !== undefined) return before;
  const names = sharedNamesAmong(platform.workloads);
  known.set(platform, names);
  return names;
}

export function sharedNamesAmong(workloads: Platform['workloads']): SharedNames {
  return SharedNames.of(() => [...workloads.values()].flatMap(({ workload }) => sharedNamesOf(workload)));
}

/** The shared instances that a service names. */
export function sharedNamesOf(workload: Workload): readonly SharedName[] {
  const { service } = workload;
  return declaredBy(workload).map(({ name, type, id, hasParams }) => ({
    service,
    resource: name,
    type,
    id,
    owns: hasParams,
  }));
}

/** All that a service says of a shared instance; of the service this is to ask for what is in its files. */
export function sharedDeclaration(name: SharedName, { workloads }: Platform): SharedDeclaration | undefined {
  const { type, id, resource } = name;
  const workload = workloads.get(name.service)?.workload;
  const declared = workload && declaredBy(workload).find((one) => one.name === resource && one.id === id);
  return declared && { type, id, workload, resource, class: declared.class, score: declared.score };
}

type Shared = DeclaredResource & { readonly id: string };
const nothing: readonly Shared[] = [];
const declared = new WeakMap<Workload, readonly Shared[]>();

/** Kept for each workload: an instance may be read by all services. */
function declaredBy(workload: Workload): readonly Shared[] {
  if (!namesIds(workload)) return nothing;
  const before = declared.get(workload);
  if (before !== undefined) return before;
  const shared = declaredResources(workload).resources.flatMap((resource): readonly Shared[] => {
    const { id, type } = resource;
    return id === undefined || type === 'service' ? [] : [{ ...resource, id }];
  });
  declared.set(workload, shared);
  return shared;
}

/** Most services share nothing: asked of the plain values, before documents are merged. */
export function namesIds({ score, overrides }: Workload): boolean {
  return [score, ...overrides.values()].some(({ documents: [document] }) => hasIds(document));
}

/** Whether a service names instances by an `id`, in any environment: those may be another's. */
export function sharesInstances(service: string, { workloads }: Platform): boolean {
  const loaded = workloads.get(service);
  return loaded !== undefined && namesIds(loaded.workload);
}

function hasIds(document: Json | undefined): boolean {
  const resources = property(document, 'resources');
  return isObject(resources) && Object.values(resources).some((resource) => property(resource, 'id') !== undefined);
}

/** Where a declaration stands. */
export function placeOfShared({ score, resource }: SharedDeclaration): Position {
  return placeIn(score, ['resources', resource, 'id']);
}
