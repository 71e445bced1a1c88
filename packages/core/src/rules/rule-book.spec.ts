import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../finding/finding.ts';
import type { ExampleFiles } from '../finding/rule.ts';
import { evaluatePlatform } from '../platform/evaluate-platform.ts';
import { loadPlatform } from '../platform/load-platform.ts';
import { examplePlatform } from '../testing/example-platform.ts';
import { ruleBook } from './rule-book.ts';

const findingsOf = (files: ExampleFiles) => evaluatePlatform(loadPlatform(examplePlatform(files))).findings;
const text = ({ code, path, line, column, message }: Finding) => `${code} ${path}:${line}:${column}: ${message}`;
const brief = (files: ExampleFiles) => findingsOf(files).map(text);

describe('the example platform', () => {
  it('has no findings', () => {
    expect(brief({})).toEqual([]);
  });
});

describe.each(ruleBook.flatMap((rule) => (rule.examples === undefined ? [] : [{ ...rule, examples: rule.examples }])))(
  '$code',
  ({ code, severity, examples }) => {
    it('is what its example gives and nothing else, with its place and what to do', () => {
      const findings = findingsOf(examples.fails);
      const codes = [...new Set(findings.map((finding) => `${finding.severity} ${finding.code}`))];
      const all = findings.map(text);
      expect({ codes, all }).toEqual({ codes: [`${severity} ${code}`], all });
      for (const { path, line, column, hint, message } of findings) {
        expect({ path, line, column }).toEqual({
          path: expect.any(String),
          line: expect.any(Number),
          column: expect.any(Number),
        });
        expect(hint ?? '').not.toBe('');
        expect(message).not.toMatch(/\.$/);
      }
    });

    it('is not given where all is well', () => {
      if (examples.passes !== undefined) expect(brief(examples.passes)).toEqual([]);
    });
  },
);

describe('the rule book', () => {
  it('has each code once', () => {
    const codes = ruleBook.map(({ code }) => code);
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  });

  it('shows an example, or else says when it happens', () => {
    const without = ruleBook.filter(({ examples, when }) => examples === undefined && when === undefined);
    expect(without.map(({ code }) => code)).toEqual([]);
  });

  it('has a rule for every code that the sources can give', () => {
    const known = new Set<string>(ruleBook.map(({ code }) => code));
    const given = sources().flatMap(codesIn);
    expect(given.length).toBeGreaterThan(80);
    expect([...new Set(given.filter((code) => !known.has(code)))].sort()).toEqual([]);
  });

  it('has no rule that no source gives', () => {
    const given = new Set(sources().flatMap(codesIn));
    expect(ruleBook.map(({ code }) => code).filter((code) => !given.has(code))).toEqual([]);
  });
});

interface SourceText {
  readonly path: string;
  readonly text: string;
}

function sources(): readonly SourceText[] {
  const root = fileURLToPath(new URL('..', import.meta.url));
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter(
      (path) =>
        path.endsWith('.ts') &&
        !/(\.spec\.ts|(^|\/)(rules|form-rules|lock-rules|document-rules)\.ts)$|testing\//.test(path),
    )
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

const stages =
  'source|platform|catalog|environment|capability|template|workload|lock|resolve|render|kubernetes|scaffold|write|fixture|plan|promote|manifest|waiver';
const forms = ['unknown-field', 'missing-field', 'wrong-value'];

/** Codes that are put together: where, how they are written there, and which they can be. */
const puttogether: readonly {
  readonly path: RegExp;
  readonly written: RegExp;
  readonly codes: (part: string) => readonly string[];
}[] = [
  { path: /./, written: /documentFindings\(\s*'([a-z]+)'/g, codes: (stage) => forms.map((form) => `${stage}/${form}`) },
  {
    path: /^catalog\/entity-findings/,
    written: /`catalog\/\$\{(problem\.kind)\}`/g,
    codes: () => ['catalog/missing-field', 'catalog/wrong-value'],
  },
  {
    path: /^workload\/score-findings/,
    written: /`workload\/\$\{(problem\.kind)\}`/g,
    codes: () => forms.map((form) => `workload/${form}`),
  },
  {
    path: /^render\/parameters/,
    written: /`resolve\/parameter-\$\{(problem\.kind)\}`/g,
    codes: () => forms.map((form) => `resolve/parameter-${form}`),
  },
  {
    path: /^environment\//,
    written: /\berror\(\s*(?:environment\.)?source,\s*'([a-z-]+)'/g,
    codes: (what) => [`environment/${what}`],
  },
  {
    path: /^kubernetes\//,
    written: /run\.report\(\s*'([a-z-]+)'/g,
    codes: (kind) => [`kubernetes/${kind}`],
  },
  { path: /^render\/apply-patches/, written: /\brefuse\(\s*'([a-z-]+)'/g, codes: (what) => [`render/${what}`] },
  { path: /^waiver\//, written: /\brefuse\(\s*'([a-z-]+)'/g, codes: (what) => [`waiver/${what}`] },
  { path: /^scaffold\//, written: /\brefusal\(\s*'([a-z-]+)'/g, codes: (what) => [`scaffold/${what}`] },
];
/** The helpers behind those, types, and policies, whose codes are their own names. */
const helpers = [
  'catalog `catalog/${',
  'finding `${string}/${',
  'schema `${stage}/${',
  'environment `environment/${',
  'render `render/${',
  'scaffold `scaffold/${',
  'scaffold `waiver/${',
  'waiver `waiver/${',
  'check `policy/${',
  'manifest `policy/${',
  'kubernetes `kubernetes/${',
  'catalog `catalog/${',
  'workload `workload/${',
  'render `resolve/parameter-${',
];

function codesIn({ path, text }: SourceText): readonly string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const literals = [...code.matchAll(new RegExp(`'((?:${stages})/[a-z0-9-]+)'`, 'g'))].map(([, found = '']) => found);
  const together = puttogether
    .filter((form) => form.path.test(path))
    .flatMap(({ written, codes }) => [...code.matchAll(written)].flatMap(([, part = '']) => codes(part)));
  return [...literals, ...together];
}

describe('codes that are put together', () => {
  it('are all known to this test', () => {
    const found = sources().flatMap(({ path, text }) =>
      [...text.matchAll(/code: ?[^`\n]*(`[a-z$][^`]*?\/[^`]*?\$\{)/g)].map(
        ([, start]) => `${path.split('/')[0]} ${start}`,
      ),
    );
    expect(found.filter((each) => !helpers.includes(each))).toEqual([]);
  });
});
