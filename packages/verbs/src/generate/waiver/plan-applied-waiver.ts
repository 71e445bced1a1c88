import {
  isObject,
  loadPlatform,
  nameOf,
  nothingToWaive,
  notInEnvironments,
  type Outcome,
  overlaySnapshot,
  planWaiver,
  policyCalled,
  policyFacts,
  type ScaffoldPlan,
  type Snapshot,
  type WaiverOptions,
} from '@idp/core';

/**
 * A waiver that covers something: with the file in its place the platform is checked, as far as the waiver is about it. A
 * service that cannot be judged, because of errors of its own, is nobody's reason to refuse.
 */
export async function planAppliedWaiver(
  snapshot: Snapshot,
  options: WaiverOptions,
  now: string,
): Promise<Outcome<ScaffoldPlan>> {
  const outcome = planWaiver(snapshot, options, now);
  const [change] = outcome.value?.changes ?? [];
  if (change === undefined) return outcome;
  const after = overlaySnapshot(snapshot, [change]);
  const platform = loadPlatform(after);
  const waiver = platform.waivers.find(({ source }) => source.path === change.path);
  if (waiver === undefined) return outcome;
  const service = nameOf(waiver.subject);
  const services = waiver.subject.startsWith('component:') && platform.workloads.has(service) ? [service] : [];
  // Loaded here, so that no other generator waits for the policies.
  const { checkPlatform } = await import('../../check/check-platform.ts');
  const { loadPolicies } = await import('../../context/policies.ts');
  const { policyReach } = await import('../../bindings/policy-reach.ts');
  const scope = { services, environments: [], now };
  const { findings } = checkPlatform(platform, after, loadPolicies(platform), scope);
  if (!findings.some(({ code, path }) => code === 'waiver/matches-nothing' && path === change.path)) return outcome;
  const { policy, subject } = waiver.document.spec;
  const found = findings.filter(
    (finding) => finding.code === `policy/${waiver.policy}` && finding.subject === waiver.subject,
  );
  const facts = policyCalled(policy, policyFacts(platform.policies));
  const document = facts?.source.documents[facts.document];
  const named = subject.environments?.join(', ');
  if (named !== undefined && isObject(document) && !policyReach(document, platform.types).inEnvironments)
    return { findings: [notInEnvironments(policy, named)] };
  return { findings: [nothingToWaive(policy, subject.entity, found)] };
}
