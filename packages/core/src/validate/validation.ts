import type { Finding } from '../finding/finding.ts';

/** What `validate` says of a whole platform. */
export interface Validation {
  /** Sorted, each once. */
  readonly findings: readonly Finding[];
  readonly counts: ValidationCounts;
}

/** How much was looked at. */
export interface ValidationCounts {
  readonly entities: number;
  readonly services: number;
  readonly capabilities: number;
  readonly environments: number;
}
