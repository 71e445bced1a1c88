import { readFileSync } from 'node:fs';
import type { Json } from '../../../json.ts';

/** What Kubernetes 1.37 or cel-go 0.29 made of an expression; `bench/cel-oracle.mjs` says how it was recorded. */
export interface OracleCase {
  readonly env: 'kubernetes' | 'ext';
  readonly expression: string;
  /** It does not compile. */
  readonly refused?: true;
  /** It compiles and cannot be evaluated. */
  readonly error?: true;
  readonly type?: string;
  readonly value?: unknown;
}

/** The variable `object` of every expression. */
export function oracleObject(): Json {
  return JSON.parse(readFileSync(new URL('../__golden__/oracle-object.json', import.meta.url), 'utf8'));
}

/** What was recorded in a golden file, one case a line. */
export function oracleCases(file: URL): readonly OracleCase[] {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines.map((line): OracleCase => JSON.parse(line));
}

/** Where this engine differs on purpose, by a pattern of the expression, with the reason. */
export const differencesToOracle: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/\.sub\(-9223372036854775808\)/, 'the API server subtracts the least int as if it were its own negative'],
  [
    /^string\(timestamp\('.*\+02:00'\)\)$/,
    'cel-go keeps the offset that a timestamp was written with; here it is in UTC',
  ],
  [/^double\('0x1p3'\)$/, 'Go reads hexadecimal floating-point numbers'],
  [/__result__/, 'cel-go expands loops and keeps this name to itself'],
  [/^\[\]\.sortBy/, 'the type of an empty list that nothing is known of'],
];
