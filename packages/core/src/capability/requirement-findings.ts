import { satisfies, validRange } from 'semver';
import { didYouMean, quote } from '../finding/did-you-mean.ts';
import type { Finding } from '../finding/finding.ts';
import type { Pointer } from '../json/pointer.ts';
import type { NodePart } from '../source/source.ts';
import { type Capability, versioned } from './capability.ts';

type Requirement = NonNullable<Capability['document']['spec']['requires']>[number];
/** What is wrong with a requirement, and which part of it to show. */
interface Problem {
  readonly message: string;
  readonly hint: string;
  readonly at: Pointer;
  readonly part?: NodePart;
}

/**
 * What is wrong between capabilities: each one's `requires` against what it names. A capability that requires a
 * broken one is broken too, so that the producer hears of it and not only each consumer.
 *
 * @param capabilities those without errors of their own
 * @param broken the folders of the others
 * @returns findings by capability, for those that cannot be used; the order of the packages does not matter
 */
export function requirementFindings(
  capabilities: ReadonlyMap<string, Capability>,
  broken: ReadonlySet<string>,
): ReadonlyMap<string, readonly Finding[]> {
  const found = new Map<string, readonly Finding[]>();
  for (const [name, capability] of capabilities) {
    const findings = findingsOf(capability, (requirement) => problems(capability, requirement, capabilities, broken));
    if (findings.length > 0) found.set(name, findings);
  }
  // What a broken one breaks: a fixed point, in rounds, so that no round sees what another of its own found.
  for (;;) {
    const unusable = new Set(found.keys());
    const more = [...capabilities.values()].flatMap((capability) => {
      if (unusable.has(capability.name)) return [];
      const findings = findingsOf(capability, (requirement) =>
        unusable.has(requirement.capability) ? [ownErrors(requirement.capability)] : [],
      );
      return findings.length > 0 ? [[capability.name, findings] as const] : [];
    });
    if (more.length === 0) return found;
    for (const [name, findings] of more) found.set(name, findings);
  }
}

function findingsOf(
  { source, document }: Capability,
  problemsOf: (requirement: Requirement) => readonly Problem[],
): readonly Finding[] {
  return (document.spec.requires ?? []).flatMap((requirement, index) =>
    problemsOf(requirement).map(
      ({ message, hint, at, part }): Finding => ({
        code: 'capability/requirement',
        severity: 'error',
        message,
        hint,
        ...source.locate(['spec', 'requires', index, ...at], part),
      }),
    ),
  );
}

function ownErrors(name: string): Problem {
  return {
    message: `capability ${quote(name)} has errors of its own`,
    hint: `mend capabilities/${name} first`,
    at: ['capability'],
  };
}

function problems(
  capability: Capability,
  requirement: Requirement,
  capabilities: ReadonlyMap<string, Capability>,
  broken: ReadonlySet<string>,
): readonly Problem[] {
  const { capability: name } = requirement;
  const required = capabilities.get(name);
  if (required === undefined) {
    if (broken.has(name)) return [ownErrors(name)];
    const others = [...capabilities.values()].filter(
      (other) => other !== capability && other.document.spec.provides === 'resource',
    );
    const nearest = didYouMean(name, others.map((other) => other.name).sort());
    const hint = nearest ?? 'mend the name, or add the capability';
    return [{ message: `capability ${quote(name)} does not exist`, hint, at: ['capability'] }];
  }
  const cycle = wayBack(required, capability.name, capabilities);
  if (cycle !== undefined) {
    const message = `capabilities require each other: ${[capability.name, ...cycle].join(' → ')}`;
    return [{ message, hint: 'remove one of the requirements', at: ['capability'] }];
  }
  return [
    ...rangeProblems(required, requirement),
    ...outputProblems(required, requirement),
    ...sharingProblems(requirement),
  ];
}

/** The one instance for all services is set up by its owner: a requirement only says which one. */
function sharingProblems({ instance, params, id }: Requirement): readonly Problem[] {
  if (instance === 'environment') {
    if (params === undefined) return [];
    const message = 'the owner of the instance sets its parameters, and not who requires it';
    return [{ message, hint: 'leave `params` out', at: ['params'], part: 'key' }];
  }
  if (id === undefined) return [];
  const hint = 'leave it out, or write `instance: environment`';
  return [{ message: '`id` names an instance that is one for all services', hint, at: ['id'], part: 'key' }];
}

function rangeProblems(required: Capability, { version }: Requirement): readonly Problem[] {
  if (validRange(version) === null) {
    const hint = `write one as npm has them, for example "^${required.version}"`;
    return [{ message: `${quote(version)} is not a range of versions`, hint, at: ['version'] }];
  }
  if (satisfies(required.version, version)) return [];
  const message = `${required.name} ${version} is required, but the workspace has ${required.version}`;
  return [{ message, hint: `widen the range, or change capabilities/${required.name}`, at: ['version'] }];
}

function outputProblems(required: Capability, { outputs }: Requirement): readonly Problem[] {
  const usable = [...required.outputs].filter(([, { kind }]) => kind === 'value').map(([name]) => name);
  return Object.keys(outputs ?? {}).flatMap((name): readonly Problem[] => {
    const output = required.outputs.get(name);
    if (output?.kind === 'value') return [];
    const at = { at: ['outputs', name], part: 'key' } as const;
    if (output?.kind === 'secret') {
      const message = `the output ${quote(name)} of ${versioned(required)} is a secret, which no template sees`;
      return [{ message, hint: 'leave it out; consumers refer to the Secret themselves', ...at }];
    }
    const message = `${versioned(required)} has no output ${quote(name)}`;
    return [{ message, hint: didYouMean(name, usable) ?? 'leave it out', ...at }];
  });
}

/** The way by which a capability leads to the one of that name, with both ends; `undefined` when it does not. */
function wayBack(
  from: Capability,
  to: string,
  capabilities: ReadonlyMap<string, Capability>,
): readonly string[] | undefined {
  const ways: string[][] = [[from.name]];
  const seen = new Set([from.name]);
  for (const way of ways) {
    const last = way.at(-1) ?? '';
    if (last === to) return way;
    for (const { capability } of capabilities.get(last)?.document.spec.requires ?? []) {
      if (seen.has(capability)) continue;
      seen.add(capability);
      ways.push([...way, capability]);
    }
  }
  return undefined;
}
