import { type Finding, type Json, type Severity, sortFindings } from '@idp/core';
import { countText } from '../text/count-text.ts';
import { jsonLine } from '../text/json-line.ts';
import { visibleText } from '../text/visible-text.ts';
import { annotationText } from './annotation-text.ts';
import { findingsSummary } from './finding-counts.ts';
import { type FindingGroup, groupByCause } from './group-by-cause.ts';
import { markdownFindings } from './markdown-findings.ts';

/** GitHub refuses a request with more annotations; further requests to the same check run add to them. */
const ofRequest = 50;
/** So that a broken template in a large platform does not take the requests of an hour. */
const ofRun = 1_000;
const longestPart = 4_000;
/** In characters, of which each is two units at most: GitHub takes 255 units. */
const longestTitle = 127;
const level: Readonly<Record<Severity, string>> = { error: 'failure', warning: 'warning', info: 'notice' };
const graveFirst: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/**
 * Findings as the bodies of the requests that show them in a check run of GitHub (REST, "Update a check run"), in the
 * order in which they are to be sent: each has the output and at most 50 annotations, one a cause, the gravest first;
 * the last one ends the run with its conclusion. What is waived is in the summary only.
 *
 * @returns a JSON array on one line; at least one request, also without findings
 */
export function checkRunRequests(findings: readonly Finding[], successful: boolean): string {
  const toMend = sortFindings(findings).filter(({ waived }) => waived === undefined);
  const groups = groupByCause(toMend).toSorted(
    (a, b) => graveFirst[a.finding.severity] - graveFirst[b.finding.severity],
  );
  const annotations = groups.slice(0, ofRun).map(annotation);
  const left = groups.length - annotations.length;
  const output = {
    title: findingsSummary(findings),
    summary:
      left > 0
        ? `${countText(left, 'cause')} not annotated.\n\n${markdownFindings(findings)}`
        : markdownFindings(findings),
  };
  const count = Math.max(1, Math.ceil(annotations.length / ofRequest));
  const requests = Array.from(
    { length: count },
    (_, index): Json => ({
      output: { ...output, annotations: annotations.slice(index * ofRequest, (index + 1) * ofRequest) },
      ...(index === count - 1 && { status: 'completed', conclusion: successful ? 'success' : 'failure' }),
    }),
  );
  return jsonLine(requests);
}

/** Columns are for a range on one line only: GitHub refuses them on any other. */
function annotation(group: FindingGroup): Json {
  const { path = 'idp.yaml', line = 1, endLine = line, column, endColumn, code, severity } = group.finding;
  const last = Math.max(line, endLine);
  const onOneLine = last === line && column !== undefined;
  return {
    path,
    start_line: line,
    end_line: last,
    ...(onOneLine && { start_column: column, end_column: Math.max(column, endColumn ?? column) }),
    annotation_level: level[severity],
    title: [...visibleText(code)].slice(0, longestTitle).join(''),
    message: annotationText(group, longestPart),
  };
}
