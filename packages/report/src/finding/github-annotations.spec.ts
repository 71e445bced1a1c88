import type { Finding, Severity } from '@idp/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyFinding, obeyedByTerminals } from '../testing/hostile.ts';
import { githubAnnotations } from './github-annotations.ts';

const many = (severity: Severity, count: number): readonly Finding[] =>
  Array.from({ length: count }, (_, index) => ({ code: 'a/b', severity, message: `${severity} ${index + 10}` }));
const linesOf = (text: string): readonly string[] => text.split('\n').slice(0, -1);

describe('githubAnnotations', () => {
  it('escapes what separates properties and lines', () => {
    expect(
      githubAnnotations([
        {
          code: 'catalog/x',
          severity: 'error',
          message: '100% wrong: a, b\nc',
          hint: 'mend it',
          path: 'a,b:c%.yaml',
          line: 3,
          column: 5,
          endLine: 3,
          endColumn: 9,
          related: [{ path: 't.yaml', line: 2, message: 'from here' }],
        },
      ]),
    ).toBe(
      '::error file=a%2Cb%3Ac%25.yaml,line=3,endLine=3,col=5,endColumn=9,title=catalog/x::100%25 wrong: a, b\\nc%0Amend it%0At.yaml:2: from here\n',
    );
  });

  it('names each severity as GitHub does', () => {
    expect(githubAnnotations([...many('info', 1), ...many('warning', 1), ...many('error', 1)])).toBe(
      '::error title=a/b::error 10\n::warning title=a/b::warning 10\n::notice title=a/b::info 10\n',
    );
  });

  it('leaves out columns of a range over many lines, and an end before the start', () => {
    const finding = { code: 'a/b', severity: 'error', message: 'm', path: 'f', line: 5, column: 2 } as const;
    expect(githubAnnotations([{ ...finding, endLine: 7, endColumn: 1 }])).toBe(
      '::error file=f,line=5,endLine=7,title=a/b::m\n',
    );
    expect(githubAnnotations([{ ...finding, endLine: 4, endColumn: 1 }])).toBe('::error file=f,line=5,title=a/b::m\n');
    expect(githubAnnotations([{ ...finding, endLine: 5, endColumn: 1 }])).toBe(
      '::error file=f,line=5,endLine=5,col=2,title=a/b::m\n',
    );
    expect(githubAnnotations([{ code: 'a/b', severity: 'error', message: 'm', path: 'f' }])).toBe(
      '::error file=f,title=a/b::m\n',
    );
  });

  it.each(['error', 'warning', 'info'] as const)('sends ten of %s when these are all', (severity) => {
    const lines = linesOf(githubAnnotations(many(severity, 10)));
    expect(lines).toHaveLength(10);
    expect(lines.at(-1)).toContain(`title=a/b::${severity} 19`);
  });

  it('leaves room for the other steps of a job, and says in its last notice what is left out', () => {
    const lines = linesOf(githubAnnotations([...many('info', 12), ...many('error', 13), ...many('warning', 2)]));
    expect(lines.filter((line) => line.startsWith('::error '))).toHaveLength(10);
    expect(lines.filter((line) => line.startsWith('::warning '))).toHaveLength(2);
    expect(lines.filter((line) => line.startsWith('::notice '))).toHaveLength(4);
    expect(lines.at(-1)).toBe(
      '::notice title=more findings::12 findings not annotated (3 errors, 9 infos): the log has all of them',
    );
  });

  it('stays within the limit of notices with its last one', () => {
    const lines = linesOf(githubAnnotations(many('info', 12)));
    expect(lines).toHaveLength(10);
    expect(lines.at(-1)).toContain('3 findings not annotated (3 infos)');
  });

  it('does not annotate what is waived', () => {
    const waived = { path: 'policies/waivers/a.yaml', reason: 'legacy' };
    expect(githubAnnotations(many('info', 1).map((finding) => ({ ...finding, waived })))).toBe('');
  });

  it('annotates a cause once, and says where else it shows', () => {
    const alike = many('error', 300).map((finding, index) => ({
      ...finding,
      subject: `service:s${index}`,
      cause: 'c',
    }));
    const lines = linesOf(githubAnnotations(alike));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/::error 10%0A299 more of the same cause, in s1, s10, .* and 294 others$/);
  });

  it('is one well-formed command a line for any finding', () => {
    fc.assert(
      fc.property(fc.array(anyFinding, { maxLength: 20 }), (findings) => {
        const text = githubAnnotations(findings);
        expect(text).not.toMatch(obeyedByTerminals);
        const lines = linesOf(text);
        expect(lines.length).toBeLessThanOrEqual(16);
        for (const line of lines) {
          expect(line).toMatch(/^::(error|warning|notice) ([a-zA-Z]+=[^:,]*)(,[a-zA-Z]+=[^:,]*)*::/);
          expect(line).not.toMatch(/%(?!25|0A|3A|2C)/);
        }
      }),
    );
  });
});
