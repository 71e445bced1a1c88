import type { Plan, ServicePlan } from '@idp/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examplePlan } from '../testing/example-plan.ts';
import { cellsOf, outsideCode } from '../testing/github-table.ts';
import { anyPlan, obeyedByTerminals } from '../testing/hostile.ts';
import { markdownPlan } from './markdown-plan.ts';

/** The text without its fenced blocks and `<code>` elements: all that GitHub reads as Markdown or HTML. */
function outsideFences(text: string): readonly string[] {
  const outside: string[] = [];
  let fence: string | undefined;
  for (const line of text.split('\n')) {
    const marks = /^ {0,3}(`{3,})(diff)?$/.exec(line)?.[1];
    if (fence === undefined && marks !== undefined) fence = marks;
    else if (fence !== undefined && line.trim() === fence) fence = undefined;
    else if (fence === undefined) outside.push(line);
  }
  expect(fence).toBeUndefined();
  return outside;
}

const services = (count: number, fields: number): Plan => ({
  compared: count,
  notPlanned: [],
  services: Array.from(
    { length: count },
    (_, index): ServicePlan => ({
      service: `service-${index}`,
      environment: 'dev',
      fromTree: `sha256:${'1'.repeat(64)}`,
      toTree: `sha256:${'2'.repeat(64)}`,
      fromRelease: undefined,
      toRelease: undefined,
      targets: ['eu'],
      digest: `sha256:${'3'.repeat(64)}`,
      changes: [
        {
          object: `apps/v1 Deployment service-${index}/main`,
          target: 'eu',
          path: 'p',
          kind: 'updated',
          fields: Array.from({ length: fields }, (_unused, field) => ({
            kind: 'added',
            pointer: `/spec/f${field}`,
            after: field,
          })),
        },
      ],
    }),
  ),
});

describe('markdownPlan', () => {
  it('shows a table, then a fold for each service and environment', async () => {
    await expect(markdownPlan(examplePlan)).toMatchFileSnapshot('./__golden__/plan.md');
  });

  it('cuts the longest folds first and says how much is left out', async () => {
    await expect(markdownPlan(examplePlan, { maxLength: 2_600 })).toMatchFileSnapshot('./__golden__/plan.cut.md');
  });

  it('counts the services that it has no room for', () => {
    const text = markdownPlan(services(1_000, 3), { maxLength: 10_000 });
    expect(text.length).toBeLessThanOrEqual(10_000);
    const rows = text.split('\n').filter((line) => line.startsWith('| `service-'));
    const folds = text.split('\n').filter((line) => line.startsWith('<details>'));
    expect(rows.length).toBeGreaterThan(50);
    expect(folds.length).toBeGreaterThan(10);
    expect(text).toContain(`\n${1_000 - rows.length} more service-environment pairs not listed.\n`);
    expect(text).toContain(`\n${1_000 - folds.length} more service-environment pairs not shown in detail: `);
  });

  it('says what was compared when nothing changes', () => {
    expect(markdownPlan({ services: [], compared: 12, notPlanned: [] })).toBe(
      '<!-- idp:plan -->\nNo environment changes: compared 12 service-environment pairs.\n',
    );
  });

  it('never calls it no change when a service could not be planned, and names it', () => {
    const plan = { services: [], compared: 3, notPlanned: ['checkout', 'invoices'] };
    expect(markdownPlan(plan)).toBe(
      '<!-- idp:plan -->\n0 of 3 service-environment pairs change; not planned because of findings: `checkout`, `invoices`.\n',
    );
    expect(markdownPlan({ ...plan, services: examplePlan.services })).toContain(
      '\n### Plan: 3 of 3 service-environment pairs change; not planned because of findings: `checkout`, `invoices`\n',
    );
  });

  it('says what promotion does with what a plan deletes, and only then', () => {
    const note = '\nPromotion keeps what is no longer rendered: this version deletes no manifest.\n';
    expect(markdownPlan(examplePlan)).toContain(note);
    expect(markdownPlan({ ...examplePlan, services: examplePlan.services.slice(1) })).not.toContain(note);
  });

  it('stays within the length that it is given', () => {
    fc.assert(
      fc.property(anyPlan, fc.integer({ min: 600, max: 4_000 }), (plan, maxLength) => {
        expect(markdownPlan(plan, { maxLength }).length).toBeLessThanOrEqual(maxLength);
      }),
    );
  });

  it('lets nothing that a plan says out of code', () => {
    fc.assert(
      fc.property(anyPlan, fc.integer({ min: 600, max: 60_000 }), (plan, maxLength) => {
        const text = markdownPlan(plan, { maxLength });
        expect(text.startsWith('<!-- idp:plan -->\n')).toBe(true);
        expect(text).not.toMatch(obeyedByTerminals);
        for (const line of outsideFences(text).slice(1)) {
          if (line.startsWith('| ')) {
            const cells = cellsOf(line);
            expect(cells).toHaveLength(6);
            for (const cell of cells) expect(outsideCode(cell)).toMatch(/^(\*\*\d+\*\*|\d+| → |---|--:|[A-Z][a-z]+|)$/);
          } else if (/ service-environment pairs?/.test(line)) {
            expect(outsideCode(line)).toMatch(
              /^(### Plan: )?\d+ of \d+ service-environment pairs? changes?(; not planned because of findings: [\d, ]*( and \d+ more|services?)?)?\.?$|^No environment changes: [\w -]+\.$|^\d+ more service-environment pairs? not (listed\.|shown in detail: {2}shows all\.)$/,
            );
          } else {
            expect(line.replace(/<code>[^<>]*<\/code>/g, 'CODE')).toMatch(
              /^$|^<\/details>$|^<details><summary>CODE in CODE: [\w ,]+<\/summary>$|^Promotion keeps [\w :]+\.$/,
            );
          }
        }
      }),
    );
  });
});
