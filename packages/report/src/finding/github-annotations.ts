import { type Finding, type Severity, sortFindings } from '@idp/core';
import { countText } from '../text/count-text.ts';
import { cutText } from '../text/text-width.ts';
import { visibleText } from '../text/visible-text.ts';
import { countsText, findingCounts } from './finding-counts.ts';
import { placeText } from './place-text.ts';

/** GitHub shows 10 annotations of a type for a step and 50 for a job, and drops the rest without a word. */
const limit = 10;
const longest = 4_000;

type AnnotationType = 'error' | 'warning' | 'notice';
const typeOf: Readonly<Record<Severity, AnnotationType>> = { error: 'error', warning: 'warning', info: 'notice' };

/**
 * Findings as workflow commands that annotate the files of a pull request: at most 10 of a type, errors
 * first; when some are left out the last notice (one of the 10) says how many.
 *
 * @returns one command a line; empty without findings
 */
export function githubAnnotations(findings: readonly Finding[]): string {
  const sorted = sortFindings(findings);
  const errors = sorted.filter((finding) => finding.severity === 'error');
  const warnings = sorted.filter((finding) => finding.severity === 'warning');
  const infos = sorted.filter((finding) => finding.severity === 'info');
  const fits = errors.length <= limit && warnings.length <= limit && infos.length <= limit;
  const shown = [...errors.slice(0, limit), ...warnings.slice(0, limit), ...infos.slice(0, fits ? limit : limit - 1)];
  const lines = shown.map(annotation);
  if (!fits) lines.push(leftOutNotice(sorted, shown));
  return lines.map((line) => `${line}\n`).join('');
}

function annotation(finding: Finding): string {
  const text = [
    finding.message,
    finding.hint,
    ...(finding.related ?? []).map((place) => `${placeText(place)}: ${place.message}`),
  ]
    .filter((part) => part !== undefined)
    .map((part) => cutText(visibleText(part), longest))
    .join('\n');
  return command(typeOf[finding.severity], { ...position(finding), title: finding.code }, text);
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

function leftOutNotice(all: readonly Finding[], shown: readonly Finding[]): string {
  const inAll = findingCounts(all);
  const inShown = findingCounts(shown);
  const counts = countsText({
    errors: inAll.errors - inShown.errors,
    warnings: inAll.warnings - inShown.warnings,
    infos: inAll.infos - inShown.infos,
  });
  const left = countText(all.length - shown.length, 'finding');
  return command('notice', { title: 'more findings' }, `${left} not annotated (${counts}): the log has all of them`);
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
