import type { Environment } from '../environment/environment.ts';
import { type Finding, hasErrors, type Outcome } from '../finding/finding.ts';
import { sortFindings } from '../finding/sort-findings.ts';
import { onceForAll } from '../kubernetes/once.ts';
import { schemaFindings } from '../kubernetes/schema-findings.ts';
import { serviceFile } from '../layout/paths.ts';
import { render } from '../render/render.ts';
import type { RenderedTree } from '../render/rendered-tree.ts';
import { type Sharing, sharingOf } from '../render/shared-readings.ts';
import { identityFindings } from '../resolve/identity-findings.ts';
import type { Resolution } from '../resolve/resolution.ts';
import { resolve } from '../resolve/resolve.ts';
import type { Platform } from './platform.ts';

/** One service, resolved and rendered. */
export interface EvaluatedService {
  readonly service: string;
  readonly resolution: Resolution | undefined;
  /** By environment; an environment in which it could not be rendered is missing. */
  readonly trees: ReadonlyMap<string, RenderedTree>;
  /** What it reads of shared instances, and what others read of its own, by environment that was rendered. */
  readonly sharing: ReadonlyMap<string, Sharing>;
  readonly findings: readonly Finding[];
}

/** A platform, resolved and rendered. */
export interface Evaluation {
  /** The environments that were rendered. */
  readonly environments: readonly string[];
  readonly services: readonly EvaluatedService[];
  /** Of the platform's files and of all services, sorted, each once. */
  readonly findings: readonly Finding[];
}

/** Which part of a platform a run is about; without one, all of it. */
export interface Selection {
  readonly services?: readonly string[];
  readonly environments?: readonly string[];
}

/** Resolves and renders services and keeps them all: for what looks at a few. */
export function evaluatePlatform(platform: Platform, selection: Selection = {}): Evaluation {
  const services: EvaluatedService[] = [];
  const { environments, findings } = surveyPlatform(platform, selection, (evaluated) => void services.push(evaluated));
  return { environments, services, findings };
}

/** What a run over all services found, when none of them is kept. */
export interface Survey {
  readonly environments: readonly string[];
  /** How many services were looked at. */
  readonly services: number;
  /** Of the services alone. */
  readonly serviceFindings: readonly Finding[];
  /** Of the platform's files and of all services, sorted, each once. */
  readonly findings: readonly Finding[];
}

/**
 * Resolves and renders services one after the other and lets each go after `visit` has looked at it: the memory
 * of one service, not of all (docs/decisions.md, "Every rendered value knows its origin").
 */
export function surveyPlatform(
  platform: Platform,
  selection: Selection,
  visit: (evaluated: EvaluatedService) => void,
): Survey {
  const found: Finding[] = [];
  let services = 0;
  for (const evaluated of evaluateServices(platform, selection)) {
    services += 1;
    found.push(...evaluated.findings);
    visit(evaluated);
  }
  const environments = selectedEnvironments(platform, selection).map(({ name }) => name);
  const once = onceForAll(found);
  const findings = sortFindings([...platform.findings, ...schemaFindings(platform, selection), ...once]);
  return { environments, services, serviceFindings: sortFindings(once), findings };
}

/**
 * Resolves and renders services one by one, by name, each on its own: one bad service never blocks another.
 * Who looks at each and lets it go needs the memory of one, not of all.
 */
export function* evaluateServices(platform: Platform, selection: Selection = {}): Generator<EvaluatedService> {
  const environments = selectedEnvironments(platform, selection);
  const names = selectedServices(platform, selection);
  const identities = identityFindings(platform);
  for (const service of names) yield evaluateService(service, platform, environments, identities.get(service) ?? []);
}

export function selectedServices(platform: Platform, selection: Selection): readonly string[] {
  return [...platform.workloads.keys()].filter((name) => selection.services?.includes(name) ?? true).sort();
}

export function selectedEnvironments(platform: Platform, selection: Selection): readonly Environment[] {
  return [...platform.environments.values()].filter(({ name }) => selection.environments?.includes(name) ?? true);
}

/** One service, when what `identityFindings` says of it is known. */
export function evaluateService(
  service: string,
  platform: Platform,
  environments: readonly Environment[],
  identities: readonly Finding[],
): EvaluatedService {
  const resolved = resolveService(service, platform, identities);
  const findings: Finding[] = [...resolved.findings];
  const trees = new Map<string, RenderedTree>();
  const sharing = new Map<string, Sharing>();
  const { value: resolution } = resolved;
  for (const environment of environments) {
    if (resolution === undefined) break;
    const rendered = render(resolution, environment, platform);
    findings.push(...rendered.findings);
    if (rendered.value === undefined) continue;
    trees.set(environment.name, rendered.value);
    sharing.set(environment.name, sharingOf(resolution, environment, platform));
  }
  return { service, resolution, trees, sharing, findings: onceForAll(findings) };
}

/**
 * A service with all that is known of it before it is rendered.
 *
 * @param identities what `identityFindings` says of it: who shares an identity is not rendered
 */
export function resolveService(
  service: string,
  platform: Platform,
  identities: readonly Finding[],
): Outcome<Resolution> {
  const { value, findings: resolved } = resolve(service, platform);
  const findings = [...ownFindings(service, platform), ...identities, ...resolved];
  return value === undefined || hasErrors(findings) ? { findings } : { value, findings };
}

/** About its source, not about what it would run: the other findings of its folder keep it from being promoted. */
const ofSourceOnly = ['scaffold/managed-file-changed'];

/** What is wrong with its files, its entity in the catalog among them, and in its folder. */
function ownFindings(service: string, platform: Platform): readonly Finding[] {
  const loaded = platform.workloads.get(service)?.findings ?? [];
  const known = new Set(loaded.map((finding) => JSON.stringify(finding)));
  const inFolder = (byService.get(platform) ?? indexed(platform)).get(service) ?? [];
  return [...loaded, ...inFolder.filter((finding) => !known.has(JSON.stringify(finding)))];
}

const byService = new WeakMap<Platform, ReadonlyMap<string, readonly Finding[]>>();

function indexed(platform: Platform): ReadonlyMap<string, readonly Finding[]> {
  const findings = new Map<string, Finding[]>();
  for (const finding of platform.findings) {
    const service = serviceFile(finding.path ?? '')?.folder;
    if (service === undefined || ofSourceOnly.includes(finding.code)) continue;
    findings.set(service, [...(findings.get(service) ?? []), finding]);
  }
  byService.set(platform, findings);
  return findings;
}
