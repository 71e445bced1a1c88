import type { Finding } from '@idp/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellsOf, outsideCode } from '../testing/github-table.ts';
import { anyFinding } from '../testing/hostile.ts';
import { groupByCause } from './group-by-cause.ts';
import { markdownFindings } from './markdown-findings.ts';

describe('markdownFindings', () => {
  it('is a table for each severity', async () => {
    await expect(
      markdownFindings([
        { code: 'source/tab', severity: 'warning', message: 'a tab', path: 'a.yaml', line: 15, column: 10 },
        {
          code: 'resolve/unknown-capability',
          severity: 'error',
          message: 'capability "postgress" does not exist',
          hint: 'did you mean "postgres"? `npx nx g idp:add checkout postgres` adds it',
          path: 'services/checkout/score.yaml',
          line: 14,
          column: 13,
          related: [{ path: 'environments/dev.yaml', line: 3, message: 'asked for here' }],
        },
        {
          code: 'a/b',
          severity: 'error',
          message: '@octocat | <img src=x> [link](https://x)\n# title',
          subject: 'service:a|b',
        },
        {
          code: 'policy/limits',
          severity: 'info',
          message: 'Deployment search: no limits',
          path: 'services/search/score.yaml',
          line: 4,
          subject: 'service:search',
          waived: {
            path: 'policies/waivers/search.yaml',
            reason: 'until it moves',
            owner: 'group:default/team-search',
            expires: '2027-01-31',
          },
        },
        ...['cart', 'checkout'].map(
          (service): Finding => ({
            code: 'policy/limits',
            severity: 'error',
            message: `Deployment ${service}: no limits`,
            path: 'capabilities/web/patches/deployment.yaml',
            line: 4,
            subject: `service:${service}`,
          }),
        ),
      ]),
    ).toMatchFileSnapshot('./__golden__/findings.md');
  });

  it('says that there are none', () => {
    expect(markdownFindings([])).toBe('### Findings: no findings\n');
  });

  it('cuts rows beyond the length and counts them', () => {
    const findings = Array.from(
      { length: 500 },
      (_, index): Finding => ({ code: 'a/b', severity: 'error', message: `m ${index}` }),
    );
    const text = markdownFindings(findings, { maxLength: 2_000 });
    expect(text.length).toBeLessThanOrEqual(2_000);
    const rows = text.split('\n').filter((line) => line.includes('`m '));
    expect(text).toContain(`\n${500 - rows.length} more findings not shown.\n`);
  });

  it('has three cells a row, one row a cause, and nothing outside code but our own words', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyFinding, { selector: (finding) => JSON.stringify(finding), maxLength: 5 }),
        (findings) => {
          const lines = markdownFindings(findings).split('\n');
          const rows = lines.filter(
            (line) => line.startsWith('| ') && !line.startsWith('| Where') && !line.startsWith('| ---'),
          );
          expect(rows).toHaveLength(groupByCause(findings).length);
          for (const row of rows) {
            const cells = cellsOf(row);
            expect(cells).toHaveLength(3);
            for (const cell of cells) expect(outsideCode(cell)).toMatch(/^(<br>)*$/);
          }
          for (const line of lines) expect(line).toMatch(/^$|^\| |^#{3,4} (Findings|Errors|Warnings|Infos|Waived)/);
        },
      ),
    );
  });
});
