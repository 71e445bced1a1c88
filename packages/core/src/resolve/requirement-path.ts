import type { Capability } from '../capability/capability.ts';

type Requirement = NonNullable<Capability['document']['spec']['requires']>[number];

/** No resource can have these names: they begin with a `/`. */
const ofTheService = '/service';
const ofTheWorkload = '/workload';

/**
 * The path of a required instance in a service: `db/store` for what `db` requires, `/workload/store` for what the
 * workload's capability requires, `/service/redis` for what is one for the service, whoever requires it.
 *
 * @param path the path of the instance that requires it; empty for what runs the workload
 */
export function requirementPath(path: string, { as, capability, instance }: Requirement): string {
  if (instance === 'service') return `${ofTheService}/${capability}`;
  return `${path === '' ? ofTheWorkload : path}/${as}`;
}

/** The resource of the Score document that a path begins with; `undefined` when no resource asked for it. */
export function resourceOfPath(path: string): string | undefined {
  const [resource = ''] = path.split('/');
  return resource === '' ? undefined : resource;
}

/** The words of a path that tell people what it is. */
export function readablePath(path: string): readonly string[] {
  const words = path.split('/').filter((word) => word !== '');
  return path.startsWith('/') ? words.slice(1) : words;
}
