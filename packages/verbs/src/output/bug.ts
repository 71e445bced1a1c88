import { exitCode } from '../exit-code.ts';
import type { VerbResult } from '../verb.ts';
import type { Format } from './format.ts';
import { reportResult } from './report-result.ts';
import type { Streams } from './streams.ts';

/**
 * Says that the tool itself failed: one line on standard error (the stack with IDP_DEBUG=1), and in the other
 * formats a finding, so that a program that reads standard output reads what it always reads.
 *
 * @returns the exit code, 70
 */
export function reportBug(verb: string, error: unknown, format: Format, streams: Streams): number {
  const message = error instanceof Error ? error.message : String(error);
  const line = message.replace(/\s+/g, ' ').trim() || 'it failed without a message';
  streams.stderr.write(`idp: a bug: ${line}; please report it\n`);
  if (process.env['IDP_DEBUG'] === '1' && error instanceof Error) streams.stderr.write(`${error.stack ?? ''}\n`);
  if (format !== 'pretty') reportResult(verb, bugResult(line), format, streams);
  return exitCode.bug;
}

function bugResult(message: string): VerbResult {
  return {
    exit: exitCode.bug,
    findings: [
      {
        code: 'internal/bug',
        severity: 'error',
        message: `a bug of the tool: ${message}`,
        hint: 'please report it; IDP_DEBUG=1 shows where it happened',
      },
    ],
    summary: {},
    pretty: () => '',
  };
}
