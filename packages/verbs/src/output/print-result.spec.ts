import { literalSnapshot } from '@idp/core';
import { describe, expect, it } from 'vitest';
import type { VerbResult } from '../verb.ts';
import { printResult } from './print-result.ts';
import { sourceLines } from './source-lines.ts';

const warning = {
  code: 'example/warning',
  severity: 'warning',
  message: 'this is odd',
  hint: 'change it',
  path: 'a.yaml',
  line: 2,
  column: 3,
  endLine: 2,
  endColumn: 6,
} as const;
const fine: VerbResult = {
  exit: 0,
  findings: [warning],
  readLine: sourceLines(literalSnapshot({ 'a.yaml': 'one: 1\r\n  two: 2\r\n' })),
  summary: { services: 1 },
  data: { more: [1] },
  pretty: () => 'Done',
  markdown: () => '**Done**',
};
const refused: VerbResult = { ...fine, exit: 2, pretty: () => '' };

describe('printResult', () => {
  it('says findings first, then the result, to a person', () => {
    expect(printResult('example', fine, 'pretty', false)).toEqual({
      stdout: `a.yaml:2:3: warning: this is odd  [example/warning]
    2 |   two: 2
      |   ^~~ change it

1 warning

Done
`,
      stderr: '',
    });
  });

  it('shows no line when the source is not at hand', () => {
    const { readLine: _, ...without } = fine;
    expect(printResult('example', without, 'pretty', false).stdout).not.toContain('two: 2');
  });

  it('says why nothing was done on standard error', () => {
    expect(printResult('example', refused, 'pretty', false)).toMatchObject({ stdout: '' });
    expect(printResult('example', refused, 'pretty', false).stderr).toContain('this is odd');
  });

  it('keeps a document free of findings', () => {
    const printed = printResult('example', { ...fine, document: 'kind: Pod\n' }, 'pretty', false);
    expect(printed.stdout).toBe('kind: Pod\n');
    expect(printed.stderr).toContain('this is odd');
  });

  it.each([fine, refused])('writes one JSON object and nothing else', (result) => {
    const { stdout, stderr } = printResult('example', result, 'json', true);
    expect(stderr).toBe('');
    expect(stdout.trimEnd()).not.toContain('\n');
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      verb: 'example',
      summary: { errors: 0, warnings: 1, infos: 0, waived: 0, services: 1 },
      findings: [warning],
      more: [1],
    });
  });

  it('writes the requests of a check run, which fails as the verb does', () => {
    const conclusionOf = (result: VerbResult) => JSON.parse(printResult('example', result, 'check-run', false).stdout);
    expect(conclusionOf(fine)).toMatchObject([
      { conclusion: 'success', output: { annotations: [{ path: 'a.yaml' }] } },
    ]);
    expect(conclusionOf(refused)).toMatchObject([{ conclusion: 'failure' }]);
  });

  it('writes annotations and Markdown', () => {
    expect(printResult('example', fine, 'github', false).stdout).toMatch(/^::warning file=a\.yaml,line=2,/);
    expect(printResult('example', fine, 'markdown', false).stdout).toMatch(/^\*\*Done\*\*\n\n/);
  });

  it('is coloured when that is asked for', () => {
    expect(printResult('example', fine, 'pretty', true).stdout).toContain('\u001b[');
    expect(printResult('example', fine, 'pretty', false).stdout).not.toContain('\u001b[');
  });
});

describe('sourceLines', () => {
  it('reads the snapshot, and nothing that is not in it', () => {
    const lines = sourceLines(
      literalSnapshot({
        'a.yaml': 'one\ntwo',
        link: { mode: '120000', content: 'a.yaml' },
        image: Uint8Array.of(0xff),
      }),
    );
    expect([lines('a.yaml', 1), lines('a.yaml', 2), lines('a.yaml', 3)]).toEqual(['one', 'two', undefined]);
    expect([lines('b.yaml', 2), lines('link', 2), lines('image', 2)]).toEqual([undefined, undefined, undefined]);
  });
});
