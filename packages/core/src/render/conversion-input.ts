import type { Finding } from '../finding/finding.ts';
import type { Traced } from '../provenance/traced.ts';
import type { Resolution } from '../resolve/resolution.ts';
import type { Instance } from '../schema/lock.schema.ts';
import type { Lookup } from './secret-value.ts';

/** What a conversion knows beside the Score document. */
export interface ConversionInput {
  readonly resolution: Resolution;
  readonly environment: string;
  readonly score: Traced;
  readonly lookup: Lookup;
  /** What `image: .` stands for in a container. */
  readonly builtImage: (container: string) => string;
  /** The volume behind a resource; `undefined` when it is none. */
  readonly volume: (resource: string) => VolumeInput | undefined;
}

/** A resource of the type `volume`. */
export interface VolumeInput {
  readonly params: Traced;
  /** Of one that is kept. */
  readonly instance: Instance | undefined;
}

/** The objects of a workload, before those of capabilities and patches. */
export interface Conversion {
  readonly objects: readonly Traced[];
  readonly findings: readonly Finding[];
}
