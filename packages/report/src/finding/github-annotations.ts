import { type Finding, type Severity, sortFindings } from '@idp/core';
import { countText } from '../text/count-text.ts';
import { visibleText } from '../text/visible-text.ts';
import { annotationText } from './annotation-text.ts';
import { countsText, findingCounts } from './finding-counts.ts';
import { type FindingGroup, groupByCause } from './group-by-cause.ts';

/** GitHub shows 10 annotations of a type for a step, and drops the rest without a word. */
const ofType = 10;
/** It shows 50 for a job: with 16 a step, a job may validate, check and plan, and all are shown. */
const ofStep = 16;
const longest = 4_000;

type AnnotationType = 'error' | 'warning' | 'notice';
const typeOf: Readonly<Record<Severity, AnnotationType>> = { error: 'error', warning: 'warning', info: 'notice' };

/**
 * Findings as workflow commands that annotate the files of a pull request: one a cause, at most 10 of a type and 16
 * in all, errors first, and none for what is waived, which nobody is to mend now (the log has it); when some are left out the last notice (one of these) says how many.
 *
 * @returns one command a line; empty without findings
 */
export function githubAnnotations(findings: readonly Finding[]): string {
  const groups = groupByCause(sortFindings(findings).filter(({ waived }) => waived === undefined));
  const all = fitting(groups, ofStep);
  const fits = all.length === groups.length;
  const shown = fits ? all : fitting(groups, ofStep - 1, ofType - 1);
  const lines = shown.map(annotation);
  if (!fits) lines.push(leftOutNotice(groups, shown));
  return lines.map((line) => `${line}\n`).join('');
}

/** As many as GitHub shows of each type, the gravest first. */
function fitting(groups: readonly FindingGroup[], room: number, notices = ofType): readonly FindingGroup[] {
  const of = (severity: Severity, most: number) =>
    groups.filter(({ finding }) => finding.severity === severity).slice(0, most);
  return [...of('error', ofType), ...of('warning', ofType), ...of('info', notices)].slice(0, room);
}

function annotation(group: FindingGroup): string {
  const { finding } = group;
  return command(
    typeOf[finding.severity],
    { ...position(finding), title: finding.code },
    annotationText(group, longest),
  );
}

/** The runner drops columns of a range over many lines, and an end that is before its start: they are not sent. */
function position(finding: Finding): Readonly<Record<string, string | number>> {
  const { path, line, column, endLine = line, endColumn } = finding;
  if (path === undefined) return {};
  if (line === undefined || endLine === undefined || endLine < line) return { file: path, ...(line && { line }) };
  if (endLine > line || column === undefined) return { file: path, line, endLine };
  if (endColumn === undefined || endColumn < column) return { file: path, line, endLine, col: column };
  return { file: path, line, endLine, col: column, endColumn };
}

function leftOutNotice(all: readonly FindingGroup[], shown: readonly FindingGroup[]): string {
  const left = all.filter((group) => !shown.includes(group)).flatMap(({ finding, alike }) => [finding, ...alike]);
  const counts = countsText(findingCounts(left));
  const text = `${countText(left.length, 'finding')} not annotated (${counts}): the log has all of them`;
  return command('notice', { title: 'more findings' }, text);
}

function command(type: AnnotationType, properties: Readonly<Record<string, string | number>>, data: string): string {
  const written = Object.entries(properties).map(
    ([name, value]) => `${name}=${escapeProperty(visibleText(String(value)))}`,
  );
  return `::${type} ${written.join(',')}::${escapeData(data)}`;
}

/** The escapes of workflow commands, as `@actions/core` writes them. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
