import type { VerbResult } from '../verb.ts';
import type { Format } from './format.ts';
import { printResult } from './print-result.ts';
import type { Streams } from './streams.ts';

/** Prints a verb's result, coloured on a terminal only. */
export function reportResult(verb: string, result: VerbResult, format: Format, { stdout, stderr }: Streams): void {
  const wanted = process.env['NO_COLOR'] === undefined || process.env['NO_COLOR'] === '';
  const printed = printResult(verb, result, format, wanted && stdout.isTTY === true);
  if (printed.stderr !== '') stderr.write(printed.stderr);
  if (printed.stdout !== '') stdout.write(printed.stdout);
}
