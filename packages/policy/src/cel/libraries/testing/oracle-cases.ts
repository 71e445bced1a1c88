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

export function oracleCases(): readonly OracleCase[] {
  const lines = readFileSync(new URL('../__golden__/oracle.jsonl', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');
  return lines.map((line): OracleCase => JSON.parse(line));
}

/** Where this engine differs on purpose, by a pattern of the expression, with the reason. */
export const differencesToOracle: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/\.sub\(-9223372036854775808\)/, 'the API server subtracts the least int as if it were its own negative'],
  [
    /^string\(timestamp\('.*\+02:00'\)\)$/,
    'cel-go keeps the offset that a timestamp was written with; here it is in UTC',
  ],
  [/^(?:string|int)\(timestamp\('.*,5Z'\)\)$/, 'Go reads a comma for the point of RFC 3339'],
  [/^double\('0x1p3'\)$/, 'Go reads hexadecimal floating-point numbers'],
  [/\.getMilliseconds\(\)$/, 'cel-spec wants the milliseconds within the second; cel-go gives all of them'],
  [/__result__/, 'cel-go expands loops and keeps this name to itself'],
  [/^\[\]\.sortBy/, 'the type of an empty list that nothing is known of'],
];
