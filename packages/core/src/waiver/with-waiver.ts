import type { Finding, Waived } from '../finding/finding.ts';

/** A finding that a waiver covers: it is still there to be seen, and fails nothing. */
export function withWaiver(finding: Finding, waived: Waived | undefined): Finding {
  return waived === undefined ? finding : { ...finding, severity: 'info', waived };
}
