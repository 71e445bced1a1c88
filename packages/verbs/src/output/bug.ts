import { WatchdogError } from '../context/watchdog.ts';
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
  if (error instanceof WatchdogError) return reportWatchdog(verb, error.message, format, streams);
  const message = error instanceof Error ? error.message : String(error);
  const line = message.replace(/\s+/g, ' ').trim() || 'it failed without a message';
  streams.stderr.write(`idp: a bug: ${line}; please report it\n`);
  if (process.env['IDP_DEBUG'] === '1' && error instanceof Error) streams.stderr.write(`${error.stack ?? ''}\n`);
  const said = `a bug of the tool: ${line}`;
  const hint = 'please report it; IDP_DEBUG=1 shows where it happened';
  if (format !== 'pretty') reportResult(verb, resultOf('internal/bug', said, hint), format, streams);
  return exitCode.bug;
}

/** A run that was ended says nothing of what it was about: neither a pass nor a refusal. */
function reportWatchdog(verb: string, message: string, format: Format, streams: Streams): number {
  const hint = 'nothing was decided; run it again, on a machine that is less busy or with --service';
  streams.stderr.write(`idp: ${message}: ${hint}\n`);
  if (format !== 'pretty') reportResult(verb, resultOf('internal/watchdog', message, hint), format, streams);
  return exitCode.bug;
}

function resultOf(code: string, message: string, hint: string): VerbResult {
  return { exit: exitCode.bug, findings: [{ code, severity: 'error', message, hint }], summary: {}, pretty: () => '' };
}
