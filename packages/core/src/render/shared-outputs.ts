import { type Finding, hasErrors } from '../finding/finding.ts';
import type { Platform } from '../platform/platform.ts';
import type { SharedUse, Use } from '../resolve/resolution.ts';
import { resolveToRead } from '../resolve/resolve.ts';
import type { Outputs, TargetInput, TargetInstance } from './target-instance.ts';

/** What an instance of another service says here, or why nobody can know. */
export type SharedOutputs =
  | { readonly kind: 'outputs'; readonly outputs: Outputs }
  | { readonly kind: 'problem'; readonly message: string; readonly hint: string };

/** The instances of the service that owns the shared one. */
interface OwnersInstances {
  readonly findings: readonly Finding[];
  offered(path: string): Use | undefined;
  instance(use: Use): Pick<TargetInstance, 'outputs' | 'unresolved'>;
}

const sharedByPlatform = new WeakMap<Platform, Map<string, SharedOutputs | 'pending'>>();

/**
 * What an instance of another service says here: the same for all who read it, and made once for all of them.
 *
 * @param instancesOf those of its owner, which may read instances of others themselves
 */
export function outputsOfShared(
  shared: SharedUse,
  input: TargetInput,
  instancesOf: (owner: TargetInput) => OwnersInstances,
): SharedOutputs {
  const { platform, environment, target } = input;
  const { service, resource } = shared.owner;
  const known = sharedByPlatform.get(platform) ?? new Map<string, SharedOutputs | 'pending'>();
  sharedByPlatform.set(platform, known);
  const key = JSON.stringify([service, resource, environment.name, target]);
  const before = known.get(key);
  if (before === 'pending')
    return { kind: 'problem', message: 'needs itself, through other services', hint: 'write one of the values out' };
  if (before !== undefined) return before;
  known.set(key, 'pending');
  const made = readShared(shared, input, instancesOf);
  known.set(key, made);
  return made;
}

function readShared(
  { owner }: SharedUse,
  input: TargetInput,
  instancesOf: (owner: TargetInput) => OwnersInstances,
): SharedOutputs {
  const { service, resource } = owner;
  const { value: resolution, findings } = resolveToRead(service, input.platform);
  if (resolution === undefined) return ownerProblem(service, findings);
  const instances = instancesOf({ ...input, resolution });
  // What else is wrong with the service is not this instance's.
  const before = instances.findings.length;
  const use = instances.offered(resource);
  if (use === undefined) {
    const hint = `leave it out there, or have it set up there: services/${service}/score.yaml`;
    return { kind: 'problem', message: `is not in ${input.environment.name}`, hint };
  }
  const { outputs, unresolved } = instances.instance(use);
  const own = instances.findings.slice(before);
  if (hasErrors(own)) return ownerProblem(service, own);
  return unresolved ? ownerProblem(service, [...findings, ...instances.findings]) : { kind: 'outputs', outputs };
}

/** Names the file to mend first: what hinders the owner may be in another service. */
function ownerProblem(service: string, findings: readonly Finding[]): SharedOutputs {
  const error = findings.find(({ severity }) => severity === 'error');
  const passedOn = error?.code === 'render/shared-instance' || error?.code === 'resolve/unknown-service';
  return {
    kind: 'problem',
    message: `cannot be read: ${service} has errors of its own${error === undefined ? '' : `: ${error.message}`}`,
    hint: (passedOn ? error?.hint : undefined) ?? `mend ${error?.path ?? `services/${service}`} first`,
  };
}
