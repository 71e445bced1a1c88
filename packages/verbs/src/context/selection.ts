import { didYouMean, type Finding, type Platform, quote, refOf, type Survey, sortFindings } from '@idp/core';
import { usage } from '../output/usage.ts';
import type { VerbResult } from '../verb.ts';

/**
 * What a person selected; a name that matches nothing is refused: zero work is never success.
 *
 * @param platforms where the names may be: a plan has two, and what one of them removed can be asked for
 */
export function refuseUnknown(
  platforms: readonly Platform[],
  services: readonly string[],
  environments: readonly string[],
): VerbResult | undefined {
  const known = {
    service: platforms.flatMap(({ workloads, unreadableServices }) => [...workloads.keys(), ...unreadableServices]),
    environment: platforms.flatMap((platform) => [...platform.environments.keys()]),
  };
  return refuse('service', services, known.service) ?? refuse('environment', environments, known.environment);
}

function refuse(
  kind: 'service' | 'environment',
  written: readonly string[],
  known: readonly string[],
): VerbResult | undefined {
  const unknown = written.find((name) => !known.includes(name));
  if (unknown === undefined) return undefined;
  const names = [...new Set(known)];
  const where = kind === 'service' ? 'services/<name>' : 'environments/<name>.yaml';
  const hint = didYouMean(unknown, names) ?? `a ${kind} is in ${where}`;
  return usage(`unknown-${kind}`, `there is no ${kind} ${quote(unknown)}`, hint);
}

/** The selection as core takes it: no names mean all. */
export function selectionOf(services: readonly string[], environments: readonly string[]) {
  return { ...(services.length > 0 && { services }), ...(environments.length > 0 && { environments }) };
}

/** What is wrong with the selected services, in their folders and in what they render to; without names, with anything. */
export function selectedFindings(
  platform: Platform,
  survey: Pick<Survey, 'findings' | 'serviceFindings'>,
  services: readonly string[],
): readonly Finding[] {
  if (services.length === 0) return survey.findings;
  const folders = services.map((service) => `services/${service}/`);
  const inFolders = platform.findings.filter(({ path }) => folders.some((folder) => path?.startsWith(folder)));
  return sortFindings([...inFolders, ...survey.serviceFindings]);
}

/**
 * What is wrong with the waivers of the selected services, whose files lie elsewhere: who mends one of them wants to know. A
 * waiver whose subject is misspelt is nobody's, and is told of without a selection.
 */
export function selectedWaiverFindings({ findings }: Platform, services: readonly string[]): readonly Finding[] {
  const subjects = new Set<string | undefined>(services.map((service) => refOf('component', 'default', service)));
  return findings.filter(({ code, subject }) => code.startsWith('waiver/') && subjects.has(subject));
}
