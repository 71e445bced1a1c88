import { type Finding, type Json, type RelatedPlace, sortFindings, type Waived } from '@idp/core';
import { jsonLine } from '../text/json-line.ts';
import { findingCounts } from './finding-counts.ts';

/** What `jsonReport` is made of. */
export interface JsonReport {
  readonly verb: string;
  /** The verb's own counts; those of the findings are added. */
  readonly summary: Readonly<Record<string, Json>>;
  readonly findings: readonly Finding[];
  readonly version?: never;
  /** What the verb made, in the order in which it names it. */
  readonly [result: string]: unknown;
}

/**
 * What `--format=json` prints (design, section 7): one object on one line. Keys come in a fixed order whatever
 * order the findings' objects were built in. Characters that a terminal would obey are written as JSON escapes, so
 * that the text is safe to look at and its value is exact.
 */
export function jsonReport({ verb, summary, findings, ...results }: JsonReport): string {
  const report = {
    version: 1,
    verb,
    summary: { ...findingCounts(findings), ...summary },
    findings: sortFindings(findings).map(orderedFinding),
    ...results,
  };
  return jsonLine(report);
}

function orderedFinding(finding: Finding): unknown {
  const { code, severity, message, hint, path, line, column, endLine, endColumn, subject, docs, related } = finding;
  const { environments, cause, waived } = finding;
  return {
    code,
    severity,
    message,
    hint,
    path,
    line,
    column,
    endLine,
    endColumn,
    subject,
    docs,
    related: related?.map(orderedPlace),
    environments,
    cause,
    waived: waived && orderedWaiver(waived),
  };
}

function orderedWaiver({ path, reason, owner, expires }: Waived): unknown {
  return { path, reason, owner, expires };
}

function orderedPlace({ path, line, column, endLine, endColumn, message }: RelatedPlace): unknown {
  return { path, line, column, endLine, endColumn, message };
}
