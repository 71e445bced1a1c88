import type { Traced } from '../provenance/traced.ts';

/** A piece of a template's output, with the range of the template's text that it came from. */
export type Segment = TextSegment | ValueSegment;

export interface TextSegment {
  readonly kind: 'text';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

interface ValueSegment {
  readonly kind: 'value';
  readonly value: Traced;
  /** The helper that printed it; absent for a bare `{{x}}`. */
  readonly helper: string | undefined;
  readonly start: number;
  readonly end: number;
}
