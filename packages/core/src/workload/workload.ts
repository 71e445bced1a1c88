import type { Entity } from '../catalog/entity.ts';
import { mergeTraced } from '../provenance/merge.ts';
import { traceSource } from '../provenance/trace-source.ts';
import type { Traced } from '../provenance/traced.ts';
import type { Lock } from '../schema/lock.schema.ts';
import type { Source } from '../source/source.ts';
import type { ServiceFile } from './service-file.ts';

/** A service as its people wrote it: Score, overrides, lock, and its component in the catalog. */
export interface Workload {
  readonly service: string;
  readonly score: Source;
  /** By environment. */
  readonly overrides: ReadonlyMap<string, Source>;
  /** What the Score documents put into containers from the service's folder, by path in it. */
  readonly files: ReadonlyMap<string, ServiceFile>;
  readonly entity: Entity | undefined;
  readonly lock: { readonly document: Lock; readonly source: Source } | undefined;
}

/** The Score document of one environment: the base with the environment's override on top (design, section 4). */
export function effectiveScore(workload: Workload, environment: string | undefined): Traced {
  if (latest.workload !== workload) latest = { workload, scores: new Map() };
  const override = environment === undefined ? undefined : workload.overrides.get(environment);
  const key = override === undefined ? undefined : environment;
  const known = latest.scores.get(key);
  if (known !== undefined) return known;
  // What no override touches is the same node in all environments.
  const base = latest.scores.get(undefined) ?? traceSource(workload.score);
  latest.scores.set(undefined, base);
  if (override === undefined) return base;
  const score = mergeTraced(base, traceSource(override));
  latest.scores.set(key, score);
  return score;
}

/**
 * Every step of a service asks for its documents again, and services are looked at one after the other: those of the
 * last one are kept, not those of all.
 */
let latest: { readonly workload: Workload | undefined; readonly scores: Map<string | undefined, Traced> } = {
  workload: undefined,
  scores: new Map(),
};
