import { quote } from '../finding/did-you-mean.ts';
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

/** A name that would be a folder or a file which some system cannot hold: said once, before any path is made of it. */
export function reservedName(name: string): Finding {
  return refusal(
    'name',
    `${quote(name)} is a name that Windows keeps for itself`,
    'choose another name',
    'option:name',
  );
}
