import { sortFindings } from '@idp/core';
import { findingsSummary, githubAnnotations, jsonReport, markdownFindings, prettyFindings } from '@idp/report';
import type { VerbResult } from '../verb.ts';

export type Format = 'pretty' | 'json' | 'github' | 'markdown';

export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
}

/** A verb's result in one of the formats. JSON is one object on standard output and nothing else. */
export function printResult(
  verb: string,
  result: VerbResult,
  format: Format,
  colour: boolean,
  readLine: (path: string, line: number) => string | undefined,
): Printed {
  const findings = sortFindings(result.findings);
  switch (format) {
    case 'json':
      return { stdout: jsonReport({ verb, summary: result.summary, findings, ...result.data }), stderr: '' };
    case 'github':
      return { stdout: githubAnnotations(findings), stderr: '' };
    case 'markdown':
      return {
        stdout: joined(result.markdown?.(), findings.length > 0 ? markdownFindings(findings) : undefined),
        stderr: '',
      };
    case 'pretty': {
      const shown =
        findings.length > 0 ? joined(prettyFindings(findings, { readLine, colour }), findingsSummary(findings)) : '';
      if (result.document !== undefined) return { stdout: result.document, stderr: shown };
      return { stdout: joined(shown, result.pretty({ colour })), stderr: '' };
    }
  }
}

function joined(...parts: readonly (string | undefined)[]): string {
  const texts = parts.filter((part) => part !== undefined && part !== '').map((part) => part?.trimEnd());
  return texts.length === 0 ? '' : `${texts.join('\n\n')}\n`;
}
