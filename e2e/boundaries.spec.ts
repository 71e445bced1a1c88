import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const copied = ['packages', 'generators', 'executors', 'package.json', 'tsconfig.base.json', '.dependency-cruiser.cjs'];

/** Every forbidden import is a file of its own, `planted/<name>.ts` in its package. */
const violations = [
  {
    rule: 'pure-without-node',
    at: 'packages/core/src/planted/builtin.ts',
    code: "export { readFileSync } from 'node:fs';",
  },
  {
    rule: 'pure-without-node',
    at: 'packages/report/src/planted/clock.ts',
    code: "export { hrtime } from 'node:process';",
  },
  {
    rule: 'pure-without-node',
    at: 'packages/policy/src/planted/random.ts',
    code: "export { randomUUID } from 'node:crypto';",
  },
  {
    rule: 'pure-without-adapters',
    at: 'packages/core/src/planted/nx.ts',
    code: "export type { Tree } from '@nx/devkit';",
  },
  {
    rule: 'pure-without-adapters',
    at: 'packages/policy/src/planted/esbuild.ts',
    code: "export { build } from 'esbuild';",
  },
  {
    rule: 'nx-at-its-doors-only',
    at: 'packages/verbs/src/planted/nx.ts',
    code: "export { logger } from '@nx/devkit';",
  },
  {
    rule: 'arrows-of-core',
    at: 'packages/core/src/planted/upward.ts',
    code: "export { findRepositoryRoot } from '@idp/git';",
  },
  {
    rule: 'arrows-of-core',
    at: 'packages/core/src/planted/type.ts',
    code: "export type { GitError } from '@idp/git';",
  },
  {
    rule: 'arrows-of-policy',
    at: 'packages/policy/src/planted/core.ts',
    code: "export { hasErrors } from '@idp/core';",
  },
  {
    rule: 'arrows-of-report',
    at: 'packages/report/src/planted/verbs.ts',
    code: "export { runVerb } from '@idp/verbs';",
  },
  { rule: 'arrows-of-git', at: 'packages/git/src/planted/report.ts', code: "export { table } from '@idp/report';" },
  {
    rule: 'arrows-of-verbs',
    at: 'packages/verbs/src/planted/generators.ts',
    code: "export { name } from 'idp/plugin';",
  },
  { rule: 'arrows-of-cli', at: 'packages/cli/src/planted/policy.ts', code: "export * from '@idp/policy';" },
  { rule: 'arrows-of-executors', at: 'executors/src/planted/core.ts', code: "export { hasErrors } from '@idp/core';" },
  {
    rule: 'arrows-of-generators',
    at: 'generators/src/planted/verbs.ts',
    code: "export { runVerb } from '@idp/verbs';",
  },
  {
    rule: 'packages-by-their-name',
    at: 'packages/git/src/planted/deep.ts',
    code: "export * from '../../../core/src/json/json.ts';",
  },
  {
    rule: 'everything-resolves',
    at: 'packages/git/src/planted/exports.ts',
    code: "export * from '@idp/core/src/json/json.ts';",
  },
  {
    rule: 'tests-are-imported-by-tests',
    at: 'packages/git/src/planted/tests.ts',
    code: "export * from './planted.spec.ts';",
  },
  {
    rule: 'no-cycles',
    at: 'packages/core/src/planted/cycle-a.ts',
    code: "export { b } from './cycle-b.ts';\nexport const a = 1;",
  },
  { rule: 'no-orphans', at: 'packages/core/src/planted/orphan.ts', code: 'export const nobody = 1;' },
] as const;

const allowed = {
  'packages/core/src/planted/cycle-b.ts': "export { a } from './cycle-a.ts';\nexport const b = 1;",
  'packages/core/src/planted/control.ts': "export { hasErrors } from '../finding/finding.ts';",
  'packages/core/src/planted/reads-files.spec.ts': "export { readFileSync } from 'node:fs';",
  'packages/git/src/planted/planted.spec.ts': 'export const planted = 1;',
  'packages/git/src/planted/control.ts':
    "export { readFileSync } from 'node:fs';\nexport { hasErrors } from '@idp/core';",
  'packages/core/src/planted/global.ts': 'export const home = process.env;',
};

let copy: string;
beforeAll(() => {
  copy = copyOfTheWorkspace();
  for (const { at, code } of violations) write(at, code);
  for (const [at, code] of Object.entries(allowed)) write(at, code);
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** The sources, with a node_modules in which our own packages are the copies. */
function copyOfTheWorkspace(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'idp-boundaries-')));
  for (const name of copied) {
    const filter = (path: string) => !['node_modules', 'dist'].includes(basename(path));
    cpSync(join(root, name), join(folder, name), { recursive: true, filter });
  }
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, '@idp'), { recursive: true });
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name.startsWith('.') || name === 'idp' || name === '@idp') continue;
    symlinkSync(join(root, 'node_modules', name), join(modules, name));
  }
  for (const name of readdirSync(join(folder, 'packages')))
    symlinkSync(join(folder, 'packages', name), join(modules, '@idp', name));
  symlinkSync(join(folder, 'executors'), join(modules, '@idp', 'executors'));
  symlinkSync(join(folder, 'generators'), join(modules, 'idp'));
  return folder;
}

function write(path: string, content: string): void {
  mkdirSync(dirname(join(copy, path)), { recursive: true });
  writeFileSync(join(copy, path), `${content}\n`);
}

/** Runs a script (of node_modules, unless its path is absolute) in a folder of the copy; gives back what it printed, however it ended. */
function run(script: string, args: readonly string[], folder = '.'): Promise<string> {
  const argv = [resolve(root, 'node_modules', script), ...args];
  return new Promise((done) => {
    execFile(process.execPath, argv, { cwd: join(copy, folder), maxBuffer: 1e8 }, (_error, stdout, stderr) =>
      done(`${stdout}${stderr}`),
    );
  });
}

describe('dependency-cruiser', () => {
  let found: readonly string[];
  beforeAll(async () => {
    const args = [
      '--config',
      '.dependency-cruiser.cjs',
      '--output-type',
      'json',
      'generators',
      'executors',
      'packages',
    ];
    const report: { summary: { violations: { rule: { name: string }; from: string }[] } } = JSON.parse(
      await run('dependency-cruiser/bin/dependency-cruise.mjs', args),
    );
    found = report.summary.violations.map(({ rule, from }) => `${rule.name} ${from}`);
  });

  it.each(violations)('refuses $at: $rule', ({ rule, at }) => {
    expect(found).toContain(`${rule} ${at}`);
  });

  it('accepts what follows the arrows, and specs that read files', () => {
    const fine = [
      'packages/core/src/planted/control.ts',
      'packages/git/src/planted/control.ts',
      'packages/core/src/planted/reads-files.spec.ts',
    ];
    expect(
      found.filter((violation) =>
        fine.some((file) => violation.endsWith(` ${file}`) && !violation.startsWith('no-orphans')),
      ),
    ).toEqual([]);
  });
});

describe('TypeScript', () => {
  /** The codes of what tsc says about each planted file of a package, with the package's own settings. */
  async function check(folder: string): Promise<Readonly<Record<string, readonly string[]>>> {
    const output = await run('typescript/bin/tsc', ['-p', folder, '--pretty', 'false']);
    const codes: Record<string, readonly string[]> = {};
    for (const [, file = '', code = ''] of output.matchAll(/\/planted\/(\S+)\.ts\(\d+,\d+\): error (TS\d+)/g)) {
      codes[file] = [...(codes[file] ?? []), code];
    }
    return codes;
  }

  it('knows nothing of Node in core', async () => {
    const codes = await check('packages/core');
    expect(codes).toMatchObject({ builtin: ['TS2591'], global: ['TS2591'] });
    expect(codes['control']).toBeUndefined();
  });

  it('knows of another package only what its exports say', async () => {
    const codes = await check('packages/git');
    expect(codes).toMatchObject({ exports: ['TS2307'] });
  });
});

describe('Node', () => {
  it('loads of another package only what its exports say', async () => {
    write('deep.mjs', "await import('@idp/core/src/json/json.ts').catch((error) => process.stdout.write(error.code));");
    expect(await run(join(copy, 'deep.mjs'), [])).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED');
  });
});
