import type { Finding, Position } from '@idp/core';
import { type ExitCode, exitCode } from '../exit-code.ts';
import type { VerbResult } from '../verb.ts';

/** A verb that could not start: the person asked for something that is not there. */
export function usage(code: string, message: string, hint: string | undefined, place?: Position): VerbResult {
  return failed(exitCode.usage, [
    { code: `usage/${code}`, severity: 'error', message, ...(hint !== undefined && { hint }), ...place },
  ]);
}

/** A verb that ended without a result of its own. */
export function failed(exit: ExitCode, findings: readonly Finding[], summary: VerbResult['summary'] = {}): VerbResult {
  return { exit, findings, summary, pretty: () => '' };
}

export function isResult(value: object): value is VerbResult {
  return 'exit' in value && 'findings' in value;
}
