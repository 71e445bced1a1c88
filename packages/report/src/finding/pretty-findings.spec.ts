import type { Finding } from '@idp/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyFinding, hostileText, obeyedByTerminals, ownColours } from '../testing/hostile.ts';
import { prettyFindings } from './pretty-findings.ts';

const score = [
  'apiVersion: score.dev/v1b1',
  'metadata:',
  '  name: checkout',
  'containers:',
  '  main:',
  '    image: .',
  '    command: [',
  '      "node"',
  '    ]',
  'resources:',
  '  # the orders',
  '  db:',
  '    params: {}',
  '      type: postgress',
  '\tsize: 日本\tbig',
  `  note: ${'lorem ipsum '.repeat(30)}WRONG ${'dolor '.repeat(30)}`,
  '  evil: \u001b[2J\u202e ##[error]x bad',
];
const readLine = (path: string, line: number): string | undefined =>
  path === 'services/checkout/score.yaml' ? score[line - 1] : undefined;
const at = { path: 'services/checkout/score.yaml' };

const findings: readonly Finding[] = [
  {
    ...at,
    code: 'resolve/unknown-capability',
    severity: 'error',
    message: 'capability "postgress" does not exist',
    hint: 'did you mean "postgres"? `npx nx g idp:add checkout postgres` adds it',
    line: 14,
    column: 13,
    endLine: 14,
    endColumn: 22,
  },
  {
    ...at,
    code: 'source/tab',
    severity: 'warning',
    message: 'a tab',
    line: 15,
    column: 11,
    endLine: 15,
    endColumn: 14,
  },
  {
    ...at,
    code: 'source/long',
    severity: 'info',
    message: 'a long line',
    line: 16,
    column: 369,
    endLine: 16,
    endColumn: 374,
    hint: 'shorten it',
  },
  {
    ...at,
    code: 'source/hostile',
    severity: 'error',
    message: 'one\nservices/x:1:1: error: forged \u001b[31mred\u001b[0m',
    hint: 'end\u009b\r',
    line: 17,
    column: 26,
    endLine: 17,
    endColumn: 29,
  },
  {
    ...at,
    code: 'workload/many-lines',
    severity: 'error',
    message: 'a command may not be a list of one',
    hint: 'write it as args',
    line: 7,
    column: 14,
    endLine: 9,
    endColumn: 6,
    related: [
      { path: 'capabilities/node-service/templates/deploy/app.yaml', line: 3, column: 5, message: 'used here' },
      { path: 'environments/dev.yaml', message: 'and here' },
    ],
  },
  {
    ...at,
    code: 'source/line-only',
    severity: 'warning',
    message: 'only a line is known',
    line: 3,
    hint: 'look closer',
  },
  { ...at, code: 'source/no-hint', severity: 'warning', message: 'no hint', line: 12, column: 3 },
  {
    path: 'catalog/gone.yaml',
    code: 'source/no-text',
    severity: 'error',
    message: 'no text to show',
    line: 1,
    column: 1,
    hint: 'restore it',
  },
  { path: 'catalog', code: 'catalog/empty', severity: 'info', message: 'the folder is empty' },
  {
    subject: 'environment:prod',
    code: 'promote/closed',
    severity: 'error',
    message: 'the gate is closed',
    hint: 'wait until Monday',
  },
  { code: 'platform/none', severity: 'error', message: 'there is no platform here' },
];

describe('prettyFindings', () => {
  it('prints each finding with its place, line, marker, hint and related places', async () => {
    await expect(prettyFindings(findings, { readLine, colour: false })).toMatchFileSnapshot(
      './__golden__/findings.txt',
    );
  });

  it('colours by severity', async () => {
    const text = prettyFindings(findings.slice(0, 3), { readLine, colour: true });
    await expect(JSON.stringify(text.split('\n'), null, 2)).toMatchFileSnapshot('./__golden__/findings.colour.json');
  });

  it('has exactly the form that the style shows', () => {
    expect(prettyFindings(findings.slice(0, 1), { readLine, colour: false })).toBe(
      [
        'services/checkout/score.yaml:14:13: error: capability "postgress" does not exist  [resolve/unknown-capability]',
        '   14 |       type: postgress',
        '      |             ^~~~~~~~~ did you mean "postgres"? `npx nx g idp:add checkout postgres` adds it',
        '',
      ].join('\n'),
    );
  });

  it('needs no way to read lines', () => {
    expect(prettyFindings(findings.slice(0, 1), { colour: false })).toBe(
      [
        'services/checkout/score.yaml:14:13: error: capability "postgress" does not exist  [resolve/unknown-capability]',
        '      hint: did you mean "postgres"? `npx nx g idp:add checkout postgres` adds it',
        '',
      ].join('\n'),
    );
  });

  it('widens the gutter for long line numbers', () => {
    const text = prettyFindings([{ path: 'a', line: 1234567, column: 1, code: 'c', severity: 'info', message: 'm' }], {
      readLine: () => 'x',
      colour: false,
    });
    expect(text).toBe('a:1234567:1: info: m  [c]\n1234567 | x\n        | ^\n');
  });

  it('shows a cause once, with where else it shows', () => {
    const alike = ['cart', 'checkout', 'search'].map(
      (name): Finding => ({
        code: 'policy/limits',
        severity: 'error',
        message: `Deployment ${name}: no limits`,
        path: `services/${name}/score.yaml`,
        subject: `service:${name}`,
        cause: 'limits, web/patches/deployment.yaml:4',
      }),
    );
    expect(prettyFindings(alike, { colour: false })).toBe(
      `services/cart/score.yaml: error: Deployment cart: no limits  [policy/limits]
      also: 2 more of the same cause, in checkout and search
`,
    );
  });

  it('shows what is waived as such, with who answers for it', () => {
    const waived = { path: 'policies/waivers/cart.yaml', reason: 'legacy', owner: 'group:sre', expires: '2027-01-31' };
    expect(
      prettyFindings([{ code: 'policy/p', severity: 'info', message: 'no', path: 'a', waived }], { colour: false }),
    ).toBe(
      `a: waived: no  [policy/p]
      waived: policies/waivers/cart.yaml for group:sre until 2027-01-31: legacy
`,
    );
  });

  it('prints nothing for no findings', () => {
    expect(prettyFindings([], { colour: true })).toBe('');
  });

  it('obeys nothing that a finding or a source line says, and forges no line', () => {
    fc.assert(
      fc.property(fc.array(anyFinding, { maxLength: 4 }), hostileText, fc.boolean(), (some, line, colour) => {
        const text = prettyFindings(some, { readLine: () => line, colour }).replace(ownColours, '');
        expect(text).not.toMatch(obeyedByTerminals);
        expect(text).not.toMatch(/##\[|^\s*::/m);
        const most = some.reduce(
          (sum, finding) => sum + 4 + (finding.related?.length ?? 0) + (finding.waived ? 1 : 0),
          0,
        );
        expect(text.split('\n').length - 1).toBeLessThanOrEqual(most);
      }),
    );
  });

  it('prints the same text whatever the order of the findings', () => {
    const distinct = fc.uniqueArray(anyFinding, {
      selector: ({ path = '', line = 0, column = 0, code, message }) =>
        JSON.stringify([path, line, column, code, message]),
      maxLength: 8,
    });
    fc.assert(
      fc.property(
        distinct.chain((some) => fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length }))),
        ([some, shuffled]) => {
          expect(prettyFindings(shuffled, { colour: false })).toBe(prettyFindings(some, { colour: false }));
        },
      ),
    );
  });
});
