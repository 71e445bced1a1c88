import { didYouMean, quote } from '../finding/did-you-mean.ts';
import type { Pointer } from '../json/pointer.ts';
import { type Grant, isGranted } from '../platform/grant.ts';
import type { Resolution, Use } from '../resolve/resolution.ts';
import type { Only } from './capability-objects.ts';
import { isClusterScoped } from './cluster-scoped-kinds.ts';
import type { ObjectIdentity } from './manifest-path.ts';

/** Why a capability may not render an object, and which part of it to show. */
export interface OwnershipProblem {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly at: Pointer;
}

/** A kind as contracts write it: `apps/v1/Deployment`, `v1/ConfigMap`. */
export function kindText({ group, version, kind }: Pick<ObjectIdentity, 'group' | 'version' | 'kind'>): string {
  return `${group === '' ? '' : `${group}/`}${version}/${kind}`;
}

/** Whether the object is in no namespace: because its capability says so. */
export function isDeclaredClusterScoped(identity: ObjectIdentity, { capability }: Use): boolean {
  return capability.document.spec.objects?.clusterScoped?.includes(kindText(identity)) ?? false;
}

/** A folder such as `alerts/` is itself the declaration of the one kind that is in it, and of no other. */
export function otherThan(
  only: Only | undefined,
  identity: ObjectIdentity,
  { capability }: Use,
): OwnershipProblem | undefined {
  const kind = kindText(identity);
  if (only === undefined || kind === only.kind) return undefined;
  return {
    code: 'render/undeclared-kind',
    message: `the ${only.what} of ${capability.name} are of the kind ${quote(only.kind)}, and not ${quote(kind)}`,
    hint: 'other objects go to `templates/deploy/`',
    at: ['kind'],
  };
}

/**
 * What a capability may render (design, section 5, "Ownership of objects"): kinds that it declared, in the namespace of
 * the service; what is the whole cluster's only with a grant of the platform.
 */
export function ownershipProblem(
  identity: ObjectIdentity,
  by: Use,
  { namespace, service }: Resolution,
  grants: readonly Grant[],
  only?: Only,
): OwnershipProblem | undefined {
  const { capability } = by;
  const kind = kindText(identity);
  const what = `${identity.kind} ${quote(identity.name)}`;
  const { kinds = [], clusterScoped = [] } = capability.document.spec.objects ?? {};
  const cluster = clusterScoped.includes(kind);
  if (!cluster && only === undefined && !kinds.includes(kind))
    return {
      code: 'render/undeclared-kind',
      message: `${capability.name} does not declare that it renders ${quote(kind)}`,
      hint: didYouMean(kind, kinds) ?? `add it to \`spec.objects.kinds\` of capabilities/${capability.name}`,
      at: ['kind'],
    };
  if (!cluster && isClusterScoped(identity))
    return {
      code: 'render/cluster-scoped',
      message: `${capability.name} renders the ${what}, which is the whole cluster's`,
      hint: 'render what is in the namespace of the service; or declare it in `spec.objects.clusterScoped`, which needs a grant of the platform',
      at: ['kind'],
    };
  if (cluster && !isGranted(grants, capability.name, kind))
    return {
      code: 'render/cluster-scoped',
      message: `${capability.name} renders the ${what}, which the platform does not grant`,
      hint: `the platform team adds it to \`spec.grants\` in idp.yaml`,
      at: ['kind'],
    };
  const held = cluster ? undefined : namespace;
  if (identity.namespace === undefined || identity.namespace === held) return undefined;
  return {
    code: 'render/foreign-namespace',
    message: cluster
      ? `${what} would be in the namespace ${quote(identity.namespace)}, and is declared as the whole cluster's`
      : `${what} would be in the namespace ${quote(identity.namespace)}, which ${service} does not hold`,
    hint: 'leave `metadata.namespace` out',
    at: ['metadata', 'namespace'],
  };
}
