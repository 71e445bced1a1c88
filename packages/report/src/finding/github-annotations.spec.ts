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

  it('sends ten of each type when these are all', () => {
    const lines = linesOf(githubAnnotations([...many('info', 10), ...many('error', 10), ...many('warning', 10)]));
    expect(lines).toHaveLength(30);
    expect(lines.at(-1)).toBe('::notice title=a/b::info 19');
  });

  it('says in its last notice what is left out, and stays within the limit of notices', () => {
    const lines = linesOf(githubAnnotations([...many('info', 12), ...many('error', 13), ...many('warning', 2)]));
    expect(lines.filter((line) => line.startsWith('::error '))).toHaveLength(10);
    expect(lines.filter((line) => line.startsWith('::warning '))).toHaveLength(2);
    expect(lines.filter((line) => line.startsWith('::notice '))).toHaveLength(10);
    expect(lines.at(-1)).toBe(
      '::notice title=more findings::6 findings not annotated (3 errors, 3 infos): the log has all of them',
    );
  });

  it('is one well-formed command a line for any finding', () => {
    fc.assert(
      fc.property(fc.array(anyFinding, { maxLength: 20 }), (findings) => {
        const text = githubAnnotations(findings);
        expect(text).not.toMatch(obeyedByTerminals);
        const lines = linesOf(text);
        expect(lines.length).toBeLessThanOrEqual(30);
        for (const line of lines) {
          expect(line).toMatch(/^::(error|warning|notice) ([a-zA-Z]+=[^:,]*)(,[a-zA-Z]+=[^:,]*)*::/);
          expect(line).not.toMatch(/%(?!25|0A|3A|2C)/);
        }
      }),
    );
  });
});
