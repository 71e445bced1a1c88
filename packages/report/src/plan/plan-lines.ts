import type { FieldChange, ObjectChange, ServicePlan } from '@idp/core';
import { countText } from '../text/count-text.ts';
import { cutText } from '../text/text-width.ts';
import { visibleText } from '../text/visible-text.ts';
import { type DiffLine, lineDiff, linesOf } from './line-diff.ts';
import { shortDigest } from './plan-summary.ts';
import { readablePath } from './readable-path.ts';
import { shownChange, shownValue } from './shown-value.ts';

/** One line on what a plan does; its text is visible text. */
export interface PlanLine {
  readonly sign: '+' | '-' | '~' | ' ';
  readonly depth: number;
  readonly text: string;
}

const signOf = { created: '+', updated: '~', deleted: '-', added: '+', removed: '-', changed: '~' } as const;
/** Lines shown of one value of many lines. */
const mostLines = 40;
const longestLine = 200;

/** What a plan does to one service in one environment: its objects, and below each the fields that differ. */
export function planLines(plan: ServicePlan): readonly PlanLine[] {
  const several = plan.targets.length > 1;
  if (plan.changes.length > 0) return plan.changes.flatMap((change) => objectLines(change, several));
  const release = `${shortDigest(plan.fromRelease)} → ${shortDigest(plan.toRelease)}`;
  return [{ sign: ' ', depth: 0, text: `no manifest changes; the release moves: ${release}` }];
}

function objectLines(change: ObjectChange, several: boolean): readonly PlanLine[] {
  const object = cutText(visibleText(change.object), longestLine);
  const head: PlanLine = {
    sign: signOf[change.kind],
    depth: 0,
    text: several ? `${object} in ${cutText(visibleText(change.target), longestLine)}` : object,
  };
  return [head, ...change.fields.flatMap((field) => fieldLines(field, isSecret(change)))];
}

/** A Secret's data is secret by Kubernetes' own definition; nothing else is guessed to be. */
function isSecret(change: ObjectChange): boolean {
  return change.object.startsWith('v1 Secret ');
}

function fieldLines(field: FieldChange, secret: boolean): readonly PlanLine[] {
  const path = cutText(visibleText(readablePath(field.pointer)), longestLine);
  const line = (value: string): PlanLine => ({ sign: signOf[field.kind], depth: 1, text: `${path}: ${value}` });
  if (secret && /^\/(data|stringData)(\/|$)|^$/.test(field.pointer)) return [line('(a secret value, not shown)')];
  const diff = textLines(field);
  if (diff !== undefined) {
    return [{ sign: signOf[field.kind], depth: 1, text: `${path}:` }, ...cutLines(diff)];
  }
  switch (field.kind) {
    case 'added':
      return [line(shownValue(field.after))];
    case 'removed':
      return [line(shownValue(field.before))];
    case 'changed':
      return [line(shownChange(field.before, field.after))];
  }
}

/** The lines of a field that holds a text of many lines, or `undefined` when it does not. */
function textLines(field: FieldChange): readonly DiffLine[] | undefined {
  const before = field.kind === 'added' ? '' : field.before;
  const after = field.kind === 'removed' ? '' : field.after;
  if (typeof before !== 'string' || typeof after !== 'string') return undefined;
  // A line feed at the end alone makes no text of many lines.
  if (!/\n./s.test(before) && !/\n./s.test(after)) return undefined;
  if (field.kind === 'added') return linesOf(after, false).map((text) => ({ sign: '+', text }));
  if (field.kind === 'removed') return linesOf(before, false).map((text) => ({ sign: '-', text }));
  return lineDiff(before, after, 1);
}

function cutLines(lines: readonly DiffLine[]): readonly PlanLine[] {
  const shown = lines
    .slice(0, mostLines)
    .map(({ sign, text }): PlanLine => ({ sign, depth: 2, text: cutText(visibleText(text), longestLine) }));
  const left = lines.length - shown.length;
  return left > 0 ? [...shown, { sign: ' ', depth: 2, text: `… ${countText(left, 'more line')}` }] : shown;
}
