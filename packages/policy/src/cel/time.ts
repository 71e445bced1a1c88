import { type CelType, DURATION, TIMESTAMP } from './type.ts';

/** A point in time, in nanoseconds since 1970-01-01T00:00:00Z; from year 1 to 9999. */
export class CelTimestamp {
  readonly nanos: bigint;

  constructor(nanos: bigint) {
    this.nanos = nanos;
  }

  get type(): CelType {
    return TIMESTAMP;
  }
}

/** A length of time in nanoseconds; at most what 64 bits hold, as in cel-go (about 292 years). */
export class CelDuration {
  readonly nanos: bigint;

  constructor(nanos: bigint) {
    this.nanos = nanos;
  }

  get type(): CelType {
    return DURATION;
  }
}
