import type { Plan, ServicePlan } from '@idp/core';
import { type Colours, coloursFor } from '../text/colours.ts';
import { table } from '../text/table.ts';
import { visibleText } from '../text/visible-text.ts';
import { type PlanLine, planLines } from './plan-lines.ts';
import { changeCounts, deletionNote, planSummary, shortDigest } from './plan-summary.ts';

/**
 * A plan for a terminal: a table of what changes where, then for each service and environment the objects and
 * their fields (`~ spec.replicas: 1 → 3`). Values are shown as they are rendered; only the data of a
 * Secret is not.
 */
export function prettyPlan(plan: Plan, { colour }: { readonly colour: boolean }): string {
  const colours = coloursFor(colour);
  if (plan.services.length === 0) return `${planSummary(plan)}\n`;
  const summary = table(
    plan.services.map((service) => {
      const { created, updated, deleted } = changeCounts(service);
      const tree = `${shortDigest(service.fromTree)} → ${shortDigest(service.toTree)}`;
      return [service.service, service.environment, created, updated, deleted, tree];
    }),
    { headers: ['Service', 'Environment', 'Created', 'Updated', 'Deleted', 'Tree'], colour },
  );
  const sections = plan.services.map((service) => section(service, colours));
  const note = deletionNote(plan);
  const notes = note === undefined ? [] : [`${note}\n`];
  return [summary, ...sections, ...notes, `${planSummary(plan)}\n`].join('\n');
}

function section(plan: ServicePlan, colours: Colours): string {
  const title = colours.bold(`${visibleText(plan.service)} in ${visibleText(plan.environment)}`);
  return [title, ...planLines(plan).map((line) => prettyLine(line, colours))].map((line) => `${line}\n`).join('');
}

function prettyLine({ sign, depth, text }: PlanLine, colours: Colours): string {
  const line = `  ${'    '.repeat(depth)}${sign} ${text}`.trimEnd();
  if (sign === '+') return colours.green(line);
  if (sign === '-') return colours.red(line);
  return sign === '~' ? colours.yellow(line) : line;
}
