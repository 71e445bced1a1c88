import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ruleBook } from '@idp/core';
import { describe, expect, it } from 'vitest';
import { pageOf, verbRules } from './rules.ts';

describe('codes of the verbs and of the policies', () => {
  const texts = ['.', '../../policy/src'].flatMap((folder) => {
    const root = fileURLToPath(new URL(folder, import.meta.url));
    return readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !/\.spec\.ts$|^rules\.ts$|testing/.test(path))
      .map((path) => readFileSync(join(root, path), 'utf8'));
  });
  const given = new Set([
    ...texts.flatMap((text) =>
      [...text.matchAll(/'((?:policy|promote|remote|write)\/[a-z-]+)'/g)].map(([, code]) => code),
    ),
    // `remote/${outcome.kind}`
    'remote/refused',
    'remote/unreachable',
  ]);

  it('have a rule, here or in core', () => {
    expect([...given].filter((code = '') => pageOf(code) === undefined)).toEqual([]);
  });

  it('have no rule that nothing gives', () => {
    expect(verbRules.filter(({ code }) => !given.has(code)).map(({ code }) => code)).toEqual([]);
  });

  it('are not also in core', () => {
    const core = new Set<string>(ruleBook.map(({ code }) => code));
    expect(verbRules.filter(({ code }) => core.has(code))).toEqual([]);
  });
});
