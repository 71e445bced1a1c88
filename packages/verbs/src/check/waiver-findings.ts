import { type Finding, hasErrors, nameOf, type Platform, type Waiver, type WaiversInForce } from '@idp/core';

/** What a run looked at. */
export interface Judged {
  readonly platform: Platform;
  /** As they were selected; none means all. */
  readonly services: readonly string[];
  readonly environments: readonly string[];
  /** The services that could be judged whole. */
  readonly whole: ReadonlySet<string>;
  readonly policyProblems: readonly Finding[];
}

/**
 * What there is to say of the waivers that a run is about: of their days, and whether they cover anything. That one
 * covers nothing is only known where everything that it names was judged, by all policies.
 */
export function waiverFindings(
  waivers: WaiversInForce,
  { platform, services, environments, whole, policyProblems }: Judged,
): readonly Finding[] {
  const { workloads, unreadableServices } = platform;
  const isOfService = ({ subject }: Waiver): boolean =>
    subject.startsWith('component:') && (workloads.has(nameOf(subject)) || unreadableServices.has(nameOf(subject)));
  const isSelected = (waiver: Waiver): boolean =>
    services.length === 0 || (isOfService(waiver) && services.includes(nameOf(waiver.subject)));
  const wasJudged = (waiver: Waiver): boolean => {
    if (!isSelected(waiver) || hasErrors(policyProblems)) return false;
    if (isOfService(waiver) && !whole.has(nameOf(waiver.subject))) return false;
    const wanted = waiver.document.spec.subject.environments ?? [...platform.environments.keys()];
    return environments.length === 0 || wanted.every((name) => environments.includes(name));
  };
  return [...waivers.termFindings(isSelected), ...waivers.unusedFindings(wasJudged)];
}
