import type { Position } from '../finding/finding.ts';
import { compareStrings } from '../json/compare.ts';
import { isObject, type Json, property } from '../json/json.ts';
import type { Platform } from '../platform/platform.ts';
import type { Traced } from '../provenance/traced.ts';
import { placeIn } from '../workload/score-findings.ts';
import type { Workload } from '../workload/workload.ts';
import { declaredResources } from './declared-resources.ts';

/** A resource with an `id`: one instance that several services name (Score specification, `resources.<n>.id`). */
export interface SharedDeclaration {
  readonly type: string;
  readonly id: string;
  readonly workload: Workload;
  /** The resource's name in its own service. */
  readonly resource: string;
  readonly class: string | undefined;
  /** Who writes `params`, `{}` as well, sets the instance up and owns it; the others only read its outputs. */
  readonly owns: boolean;
  /** The Score document that declares it first. */
  readonly score: Traced;
}

/** Every resource with an `id` of a platform, by type and id. */
export interface SharedInstances {
  named(type: string, id: string): readonly SharedDeclaration[];
  ofType(type: string): readonly SharedDeclaration[];
}

const indexes = new WeakMap<Platform, SharedInstances>();

/** Read once a platform, and only when a service asks for a shared instance. */
export function sharedInstances(platform: Platform): SharedInstances {
  const known = indexes.get(platform) ?? indexed(platform);
  indexes.set(platform, known);
  return known;
}

function indexed({ workloads, mayShare = () => workloads.values() }: Platform): SharedInstances {
  const byType = new Map<string, SharedDeclaration[]>();
  for (const { workload } of mayShare()) {
    for (const declaration of declaredBy(workload)) {
      const same = byType.get(declaration.type);
      if (same === undefined) byType.set(declaration.type, [declaration]);
      else same.push(declaration);
    }
  }
  for (const same of byType.values())
    same.sort(
      (a, b) => compareStrings(a.workload.service, b.workload.service) || compareStrings(a.resource, b.resource),
    );
  const ofType = (type: string) => byType.get(type) ?? [];
  return { ofType, named: (type, id) => ofType(type).filter((declaration) => declaration.id === id) };
}

function declaredBy(workload: Workload): readonly SharedDeclaration[] {
  if (!namesIds(workload)) return [];
  return declaredResources(workload).resources.flatMap((resource) =>
    resource.id === undefined || resource.type === 'service'
      ? []
      : [
          {
            type: resource.type,
            id: resource.id,
            workload,
            resource: resource.name,
            class: resource.class,
            owns: resource.hasParams,
            score: resource.score,
          },
        ],
  );
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
