import { type SharedName, SharedNames } from '../resolve/shared-names.ts';
import type { RememberedServices } from './remembered-services.ts';

/**
 * The services whose findings may be others when some services change: those themselves, who read one of them, whoever
 * asked something of shared instances that has another answer now, and who reads an instance of any of all these. What an
 * instance says to its readers is made of all that its owner reads.
 *
 * @param questions those with other answers
 */
export function dependentsOf(
  { reads, asks, shares }: RememberedServices,
  changed: ReadonlySet<string>,
  questions: ReadonlySet<string>,
): ReadonlySet<string> {
  const affected = new Set(changed);
  for (const [service, others] of reads) if (others.some((other) => changed.has(other))) affected.add(service);
  for (const [service, asked] of asks) if (asked.some((question) => questions.has(question))) affected.add(service);
  const owns = (service: string): boolean => shares.get(service)?.some((name) => name.owns) ?? false;
  for (let owners = [...affected].filter(owns); owners.length > 0; ) {
    const read = new Set(owners);
    const more = [...reads].filter(
      ([service, others]) => !affected.has(service) && others.some((one) => read.has(one)),
    );
    for (const [service] of more) affected.add(service);
    owners = more.map(([service]) => service).filter(owns);
  }
  return affected;
}

/** The questions that have another answer when some services name other shared instances than before. */
export function changedQuestions(
  { shares, asks }: RememberedServices,
  changed: ReadonlyMap<string, readonly SharedName[]>,
): ReadonlySet<string> {
  const differing = [...changed].filter(([service, now]) => textOf(shares.get(service)) !== textOf(now));
  if (differing.length === 0) return new Set();
  const before = namesOf(shares);
  const after = namesOf(new Map([...shares, ...differing]));
  const asked = new Set([...asks.values()].flat());
  return new Set([...asked].filter((question) => before.answer(question) !== after.answer(question)));
}

/** Who names which shared instances, by service. */
export function namesOf(shares: ReadonlyMap<string, readonly SharedName[]>): SharedNames {
  return SharedNames.of(() => [...shares.values()].flat());
}

function textOf(names: readonly SharedName[] = []): string {
  return JSON.stringify(names);
}
