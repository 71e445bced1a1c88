import { policyOwner } from '../layout/paths.ts';

/**
 * The pack of a policy: the folder below `policies/` that it lies in (`pods`, `pods/linux`), or the capability whose policy it
 * is. A file directly in `policies/` belongs to none.
 */
export function policyPack(path: string): string | undefined {
  const capability = policyOwner(path);
  if (capability !== undefined) return capability;
  const pack = path.split('/').slice(1, -1).join('/');
  return path.startsWith('policies/') && pack !== '' ? pack : undefined;
}

/**
 * What people call a policy: `pods/resource-limits`, its pack and its name. The name alone, which is what a cluster and a
 * finding's code say (`policy/resource-limits`), is unique in the repository, so either can be given to a verb.
 */
export function policyId(name: string, path: string): string {
  const pack = policyPack(path);
  return pack === undefined ? name : `${pack}/${name}`;
}
