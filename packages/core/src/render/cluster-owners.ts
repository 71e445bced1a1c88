import type { Environment } from '../environment/environment.ts';
import { quote } from '../finding/did-you-mean.ts';
import type { Finding } from '../finding/finding.ts';
import { isObject, type Json, property } from '../json/json.ts';
import type { Platform } from '../platform/platform.ts';
import { passedThrough, positionOf } from '../provenance/origin.ts';
import { resolve } from '../resolve/resolve.ts';
import type { Workload } from '../workload/workload.ts';
import { renderTarget } from './render-target.ts';
import type { RenderedObject, RenderedTarget } from './rendered-tree.ts';

/** What a cluster-scoped object is, whichever service renders it. */
function keyOf(target: string, { group, kind, name }: RenderedObject): string {
  return JSON.stringify([target, group, kind, name]);
}

/**
 * Cluster-scoped objects that another service renders as well: an object has one owner (design, section 5). Those of
 * namespaces cannot meet, because no two services hold one namespace.
 */
export function clusterConflicts(
  service: string,
  targets: readonly Pick<RenderedTarget, 'target' | 'objects'>[],
  environment: Environment,
  platform: Platform,
): readonly Finding[] {
  return targets.flatMap(({ target, objects }) =>
    objects.flatMap((object): readonly Finding[] => {
      if (object.namespace !== undefined || object.kind === 'Namespace') return [];
      const owners = clusterOwners(platform, environment).get(keyOf(target, object)) ?? [];
      const other = owners.find((owner) => owner !== service);
      if (other === undefined) return [];
      const related = passedThrough(object.node.origin);
      return [
        {
          code: 'render/duplicate-object',
          severity: 'error',
          message: `the whole cluster's ${object.kind} ${quote(object.name)} is rendered by ${other} as well`,
          hint: 'make its name depend on `instance.name`, or have one service share the instance',
          subject: `service:${service}`,
          ...(related.length > 0 && { related }),
          ...positionOf(object.node.origin),
        },
      ];
    }),
  );
}

type Owners = ReadonlyMap<string, readonly string[]>;
const known = new WeakMap<Platform, Map<string, Owners>>();

/** Who renders which cluster-scoped object in an environment; rendered once, and only the services that can. */
function clusterOwners(platform: Platform, environment: Environment): Owners {
  const byEnvironment = known.get(platform) ?? new Map<string, Owners>();
  known.set(platform, byEnvironment);
  const before = byEnvironment.get(environment.name);
  if (before !== undefined) return before;
  const owners = new Map<string, string[]>();
  const types = clusterTypes(platform);
  for (const [service, { workload }] of platform.workloads) {
    if (!usesOneOf(types, workload, platform)) continue;
    const { value: resolution } = resolve(service, platform);
    if (resolution === undefined) continue;
    environment.document.spec.targets.forEach(({ name }, target) => {
      for (const object of renderTarget({ resolution, platform, environment, target }).objects) {
        if (object.namespace !== undefined || object.kind === 'Namespace') continue;
        const key = keyOf(name, object);
        owners.set(key, [...(owners.get(key) ?? []), service]);
      }
    });
  }
  byEnvironment.set(environment.name, owners);
  return owners;
}

/** The capabilities that render for a whole cluster, themselves or by what they require. */
function clusterTypes({ capabilities }: Platform): ReadonlySet<string> {
  const types = new Set<string>();
  for (const { name, document } of capabilities.values())
    if ((document.spec.objects?.clusterScoped ?? []).length > 0) types.add(name);
  for (let size = -1; size !== types.size; ) {
    size = types.size;
    for (const { name, document } of capabilities.values())
      if (document.spec.requires?.some(({ capability }) => types.has(capability))) types.add(name);
  }
  return types;
}

/** Asked of the plain documents: of ten thousand services few are resolved for it. */
function usesOneOf(types: ReadonlySet<string>, { score, overrides }: Workload, { settings }: Platform): boolean {
  if (types.has(settings.defaultWorkload ?? '')) return true;
  return [score, ...overrides.values()].some(({ documents: [document] }) => {
    const resources = property(document, 'resources');
    const named: readonly (Json | undefined)[] = [
      property(property(property(document, 'metadata'), 'workload'), 'type'),
      ...(isObject(resources) ? Object.values(resources).map((resource) => property(resource, 'type')) : []),
    ];
    return named.some((type) => typeof type === 'string' && types.has(type));
  });
}
