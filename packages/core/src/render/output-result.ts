import type { Finding } from '../finding/finding.ts';
import type { PlaceholderValue } from './secret-value.ts';

/** What one output comes to, or why it comes to nothing. */
export interface OutputResult {
  readonly value?: PlaceholderValue;
  readonly findings: readonly Finding[];
}
