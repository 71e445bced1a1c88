import type { Finding } from '../finding/finding.ts';
import type { Traced } from '../provenance/traced.ts';
import type { Resolution } from '../resolve/resolution.ts';
import type { Instance } from '../schema/lock.schema.ts';
import type { Lookup } from './secret-value.ts';
import { convertScore as version1 } from './version-1/convert-score.ts';
import { convertScore as version2 } from './version-2/convert-score.ts';

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

/** Score to Kubernetes by the renderer that the lock names (`knownRenderers`; `resolve` refuses any other). */
export function convert(input: ConversionInput): Conversion {
  return input.resolution.renderer === '1' ? { objects: version1(input), findings: [] } : version2(input);
}
