import {
  type CheckedPart,
  type CheckMemory,
  type CheckParts,
  checkedFiles,
  checkedInputs,
  dockerfileService,
  evaluateService,
  type Finding,
  hasErrors,
  Listing,
  type Platform,
  readMemory,
  resumeValidation,
  type Snapshot,
  type SnapshotEntry,
  type Store,
  snapshotOf,
  storeKey,
  type ValidationMemory,
  validateWhole,
  type Wanted,
} from '@idp/core';
import type { LoadedPolicies } from '../context/policies.ts';
import { validationEntry } from '../context/remembered-validation.ts';
import { type CheckScope, type PartedCheck, ServiceChecks } from './check-platform.ts';
import { parseDockerfile } from './parse-dockerfile.ts';

/** How a check is resumed. */
export interface Resuming {
  readonly policiesOf: (platform: Platform, known: Pick<CheckMemory, 'sound'>) => LoadedPolicies;
  readonly scope: CheckScope;
  /** Has what earlier runs parsed. */
  readonly parsed: Store;
}

/** Beyond so many services it is quicker to judge everything; and a policy that as many are about is one that concerns something. */
const mostServices = 50;

/**
 * A check of everything, by what an earlier run over other content found: only the services that differ are read, rendered
 * and judged again. It says what a run says that remembers nothing.
 *
 * @param listing of what is checked
 * @param load reads those entries that are wanted
 * @returns `undefined` where only a run over everything can tell: something that services have in common differs, or a
 * policy reads the catalog or the branches of environments to judge one of these services
 */
export async function resumedCheck(
  memory: CheckMemory,
  listing: Listing,
  load: (wanted: Wanted, entries: readonly SnapshotEntry[]) => Promise<Snapshot>,
  resuming: Resuming,
): Promise<CheckParts | undefined> {
  if (memory.day !== dayOf(resuming.scope.now) || memory.inputs !== checkedInputs(listing.startingWith('.github/')))
    return undefined;
  const resumption = resumeValidation(memory.validation, listing);
  if (resumption.kind === 'unchanged') return memory;
  if (resumption.kind === 'everything') return undefined;
  const { part } = resumption;
  const isDockerfile = ({ path }: SnapshotEntry): boolean => part.services.has(dockerfileService(path) ?? '');
  for (;;) {
    if (part.size > mostServices) return undefined;
    const { entries } = part;
    const snapshot = await load((entry) => part.wanted(entry) || isDockerfile(entry), entries);
    const dockerfiles = snapshotOf(entries.filter(isDockerfile), ({ path }) => snapshot.read(path));
    const judging = new ChangedServices(memory, dockerfiles, resuming);
    const answer = part.validate(snapshot, (service, platform) => judging.judge(service, platform), resuming.parsed);
    if (answer === 'everything') return undefined;
    if (answer !== 'more') return judging.result(answer.memory);
  }
}

class ChangedServices {
  private readonly memory: CheckMemory;
  private readonly dockerfiles: Snapshot;
  private readonly resuming: Resuming;
  private run: { readonly checks: ServiceChecks; readonly policies: LoadedPolicies } | undefined;

  constructor(memory: CheckMemory, dockerfiles: Snapshot, resuming: Resuming) {
    this.memory = memory;
    this.dockerfiles = dockerfiles;
    this.resuming = resuming;
  }

  judge(service: string, platform: Platform): void {
    this.run ??= this.begin(platform);
    const evaluated = evaluateService(service, platform, [...platform.environments.values()], []);
    this.run.checks.service(evaluated, this.memory.services.get(service)?.entities);
  }

  result(validation: ValidationMemory): CheckParts | undefined {
    if (this.run === undefined) return this.memory;
    const { checks, policies } = this.run;
    const { findings, unmatched, audit } = policies.engine.report();
    // That they ask for no branches is known: else nothing would be remembered.
    if (audit.length > 0 || findings.length > 0 || this.changesWhatIsConcerned(unmatched)) return undefined;
    const services = new Map(this.memory.services);
    for (const [service, part] of checks.parts) services.set(service, withValidation(part, service, validation));
    return { ...this.memory, services };
  }

  private begin(platform: Platform) {
    const policies = this.resuming.policiesOf(platform, this.memory);
    const files = checkedFiles(this.dockerfiles, parseDockerfile);
    return { checks: new ServiceChecks(platform, policies, files, this.resuming.scope), policies };
  }

  /** Whether a policy concerns something now and did not before, or the other way round. */
  private changesWhatIsConcerned(unmatched: readonly Finding[]): boolean {
    const { concerned, parts } = this.run?.checks ?? { concerned: new Map(), parts: new Map() };
    const said = ({ message }: Finding, policy: string): boolean => message.includes(JSON.stringify(policy));
    return [...this.memory.rare].some(([policy, services]) => {
      const now = concerned.has(policy) || services.some((service) => !parts.has(service));
      if (now !== services.length > 0) return true;
      return (
        !now &&
        unmatched.some((finding) => said(finding, policy)) &&
        !this.memory.general.some((one) => said(one, policy))
      );
    });
  }
}

function withValidation(part: CheckedPart, service: string, { services }: ValidationMemory): CheckedPart {
  const errors = (services.get(service)?.findings ?? []).filter(({ severity }) => severity === 'error');
  return { ...part, errors: [...part.errors, ...errors] };
}

/**
 * What a check of everything leaves for the next one.
 *
 * @returns `undefined` when nothing of it could be used: a policy asks for the branches of environments, or for something
 * that came out about a policy it matters which services were judged
 */
export function memoryOf(
  { parts, others, concerned, audit }: PartedCheck,
  snapshot: Snapshot,
  { engine, findings }: LoadedPolicies,
  { now }: Pick<CheckScope, 'now'>,
  validation: ValidationMemory | undefined,
): CheckMemory | undefined {
  if (validation === undefined || engine.needs.operation) return undefined;
  if (audit.length > 0 || engine.report().findings.length > 0) return undefined;
  const common = [...validation.contextFindings, ...validation.catalogFindings];
  const services = new Map(
    [...parts.services].map(([service, part]) => [service, withValidation(part, service, validation)]),
  );
  return {
    ...parts,
    services,
    general: [...others, ...common.filter(({ severity }) => severity === 'error')],
    day: dayOf(now),
    validation,
    sound: !hasErrors(findings),
    inputs: checkedInputs(snapshot.list()),
    rare: new Map(
      [...engine.matched.keys()].flatMap((policy) => {
        const those = concerned.get(policy) ?? [];
        return those.length > mostServices ? [] : [[policy, those] as const];
      }),
    ),
  };
}

/** What a validation of the same content left, or a new one. */
export function validationMemory(store: Store, build: string, snapshot: Snapshot): ValidationMemory | undefined {
  const stored = store.get(storeKey('validate', build, ['platform']));
  const known = stored === undefined ? undefined : readMemory(validationEntry(stored).memory);
  if (known !== undefined && resumeValidation(known, Listing.of(snapshot.list())).kind === 'unchanged') return known;
  return validateWhole(snapshot).memory;
}

function dayOf(now: string): string {
  return now.slice(0, 10);
}
