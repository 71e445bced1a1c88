import { quote } from '../finding/did-you-mean.ts';
import type { Finding } from '../finding/finding.ts';
import { isReservedName } from '../layout/path-gate.ts';

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

const namePattern = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;

/**
 * What is wrong with the name of something new: whatever it is, Kubernetes' names and folders are made of it.
 *
 * @param of.what as a message names it: `an environment`
 * @param of.longest in characters
 * @param of.option the option that it was given by
 */
export function refusedName(
  name: string,
  { what, longest, option = 'name' }: { readonly what: string; readonly longest: number; readonly option?: string },
): readonly Finding[] {
  const subject = `option:${option}`;
  if (isReservedName(name))
    return [refusal('name', `${quote(name)} is a name that Windows keeps for itself`, 'choose another name', subject)];
  if (namePattern.test(name) && name.length <= longest) return [];
  const hint = `lower-case letters, digits and \`-\`, beginning with a letter, at most ${longest} characters`;
  return [refusal('name', `${quote(name)} cannot be the name of ${what}`, hint, subject)];
}
