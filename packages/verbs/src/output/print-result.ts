import { type Finding, sortFindings } from '@idp/core';
import {
  checkRunRequests,
  findingsSummary,
  githubAnnotations,
  jsonReport,
  markdownFindings,
  prettyFindings,
  sarifReport,
} from '@idp/report';
import { exitCode } from '../exit-code.ts';
import { pageOf, ruleOf } from '../rules.ts';
import { toolVersion } from '../tool-version.ts';
import type { VerbResult } from '../verb.ts';
import type { Format } from './format.ts';

export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * A verb's result in one of the formats. JSON is one object on standard output and nothing else. For people, why a
 * verb could not even start goes to standard error: standard output may be on its way into another program.
 */
export function printResult(verb: string, result: VerbResult, format: Format, colour: boolean): Printed {
  const findings = sortFindings(result.findings.map(withDocs));
  switch (format) {
    case 'json':
      return { stdout: jsonReport({ verb, summary: result.summary, findings, ...result.data }), stderr: '' };
    case 'sarif': {
      const successful = result.exit === exitCode.fine || result.exit === exitCode.findings;
      return { stdout: sarifReport({ verb, toolVersion, findings, ruleOf, successful }), stderr: '' };
    }
    case 'github':
      // Annotations are few (GitHub drops what is more) and have no excerpts: the log has all findings, whole.
      return { stdout: githubAnnotations(findings), stderr: shownFindings(findings, result, false) };
    case 'check-run':
      return { stdout: checkRunRequests(findings, result.exit === exitCode.fine), stderr: '' };
    case 'markdown':
      return {
        stdout: joined(result.markdown?.(), findings.length > 0 ? markdownFindings(findings) : undefined),
        stderr: '',
      };
    case 'pretty': {
      const shown = shownFindings(findings, result, colour);
      if (result.document !== undefined) return { stdout: result.document, stderr: shown };
      if (result.exit === exitCode.usage) return { stdout: '', stderr: joined(shown, result.pretty({ colour })) };
      return { stdout: joined(shown, result.pretty({ colour })), stderr: '' };
    }
  }
}

function shownFindings(findings: readonly Finding[], result: VerbResult, colour: boolean): string {
  if (findings.length === 0) return '';
  return joined(prettyFindings(findings, { readLine: result.readLine, colour }), findingsSummary(findings));
}

/** The page that explains a finding; the one place that adds it, for whatever stage made the finding. */
function withDocs(finding: Finding): Finding {
  const docs = finding.docs ?? pageOf(finding.code);
  return docs === undefined ? finding : { ...finding, docs };
}

function joined(...parts: readonly (string | undefined)[]): string {
  const texts = parts.filter((part) => part !== undefined && part !== '').map((part) => part?.trimEnd());
  return texts.length === 0 ? '' : `${texts.join('\n\n')}\n`;
}
