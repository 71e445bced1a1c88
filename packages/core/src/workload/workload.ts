import type { Entity } from '../catalog/entity.ts';
import { mergeTraced } from '../provenance/merge.ts';
import { traceSource } from '../provenance/trace-source.ts';
import type { Traced } from '../provenance/traced.ts';
import type { Lock } from '../schema/lock.schema.ts';
import type { Source } from '../source/source.ts';

/** A service as its people wrote it: Score, overrides, lock, and its component in the catalog. */
export interface Workload {
  readonly service: string;
  readonly score: Source;
  /** By environment. */
  readonly overrides: ReadonlyMap<string, Source>;
  readonly entity: Entity | undefined;
  readonly lock: { readonly document: Lock; readonly source: Source } | undefined;
}

/** The Score document of one environment: the base with the environment's override on top (design, section 4). */
export function effectiveScore(workload: Workload, environment: string | undefined): Traced {
  const base = traceSource(workload.score);
  const override = environment === undefined ? undefined : workload.overrides.get(environment);
  return override === undefined ? base : mergeTraced(base, traceSource(override));
}
