import type { VerbResult } from '../verb.ts';
import { type Format, printResult } from './print-result.ts';
import type { Streams } from './streams.ts';

const formats: readonly string[] = ['pretty', 'json', 'sarif', 'github', 'markdown'] satisfies readonly Format[];

/** Any text as a format: one that does not exist is reported in `pretty`, with the finding that says so. */
export function formatOf(text: unknown): Format {
  return typeof text === 'string' && isFormat(text) ? text : 'pretty';
}

function isFormat(text: string): text is Format {
  return formats.includes(text);
}

/** Prints a verb's result, coloured on a terminal only. */
export function reportResult(verb: string, result: VerbResult, format: Format, { stdout, stderr }: Streams): void {
  const wanted = process.env['NO_COLOR'] === undefined || process.env['NO_COLOR'] === '';
  const printed = printResult(verb, result, format, wanted && stdout.isTTY === true);
  if (printed.stderr !== '') stderr.write(printed.stderr);
  if (printed.stdout !== '') stdout.write(printed.stdout);
}
