import type { Environment } from '../environment/environment.ts';
import type { Finding } from '../finding/finding.ts';
import { hasErrors } from '../finding/finding.ts';
import { sortFindings } from '../finding/sort-findings.ts';
import { render } from '../render/render.ts';
import type { RenderedTree } from '../render/rendered-tree.ts';
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
  readonly findings: readonly Finding[];
}

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

/** Resolves and renders services and keeps them all: for what compares or looks at a few. */
export function evaluatePlatform(platform: Platform, selection: Selection = {}): Evaluation {
  const services = [...evaluateServices(platform, selection)];
  const findings = [...platform.findings, ...services.flatMap((evaluated) => evaluated.findings)];
  const environments = selectedEnvironments(platform, selection).map(({ name }) => name);
  return { environments, services, findings: sortFindings(findings) };
}

/**
 * Resolves and renders services one by one, by name, each on its own: one bad service never blocks another.
 * Who looks at each and lets it go needs the memory of one, not of all.
 */
export function* evaluateServices(platform: Platform, selection: Selection = {}): Generator<EvaluatedService> {
  const environments = selectedEnvironments(platform, selection);
  const names = [...platform.workloads.keys()].filter((name) => selection.services?.includes(name) ?? true).sort();
  const identities = identityFindings(platform);
  for (const service of names) yield evaluateService(service, platform, environments, identities.get(service) ?? []);
}

function selectedEnvironments(platform: Platform, selection: Selection): readonly Environment[] {
  return [...platform.environments.values()].filter(({ name }) => selection.environments?.includes(name) ?? true);
}

function evaluateService(
  service: string,
  platform: Platform,
  environments: readonly Environment[],
  identities: readonly Finding[],
): EvaluatedService {
  const { value: resolution, findings: resolved } = resolve(service, platform);
  const findings: Finding[] = [...(platform.workloads.get(service)?.findings ?? []), ...identities, ...resolved];
  const trees = new Map<string, RenderedTree>();
  if (resolution !== undefined && !hasErrors(identities)) {
    for (const environment of environments) {
      const rendered = render(resolution, environment, platform);
      findings.push(...rendered.findings);
      if (rendered.value !== undefined) trees.set(environment.name, rendered.value);
    }
  }
  return { service, resolution, trees, findings };
}
