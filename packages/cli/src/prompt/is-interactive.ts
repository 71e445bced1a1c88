import type { Format } from '@idp/verbs/door';

/** What tells a person at a terminal from a pipe, a script or CI. */
export interface Surroundings {
  readonly stdin: { readonly isTTY?: boolean };
  readonly stderr: { readonly isTTY?: boolean };
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Whether questions may be asked: only where somebody can read and answer them. CI services set `CI`; a terminal that cannot
 * move its cursor says `TERM=dumb`.
 */
export function isInteractive({ stdin, stderr, environment }: Surroundings, format: Format): boolean {
  const { CI, TERM } = environment;
  const inCi = CI !== undefined && CI !== '' && CI !== 'false' && CI !== '0';
  return stdin.isTTY === true && stderr.isTTY === true && !inCi && TERM !== 'dumb' && format === 'pretty';
}
