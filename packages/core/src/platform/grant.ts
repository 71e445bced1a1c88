import type { PlatformDocument } from '../schema/platform.schema.ts';

/** What one capability may render for a whole cluster: the platform team says so in idp.yaml. */
export type Grant = NonNullable<PlatformDocument['spec']['grants']>[number];

export function isGranted(grants: readonly Grant[], capability: string, kind: string): boolean {
  return grants.some((grant) => grant.capability === capability && grant.kinds.includes(kind));
}
