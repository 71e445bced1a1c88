import type { Finding } from '../finding/finding.ts';

/** A finding on what a person asked for, not on a file. */
export function refusal(code: string, message: string, hint: string | undefined, subject?: string): Finding {
  return {
    code: `scaffold/${code}`,
    severity: 'error',
    message,
    ...(hint !== undefined && { hint }),
    ...(subject !== undefined && { subject }),
  };
}
