import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { companyRepository } from '../../generators/src/testing/company-tree.ts';
import { runExecutor } from './run-executor.ts';
import { validateExecutor } from './validate/executor.ts';

let root: string;
let said: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'idp-executor-'));
  said = '';
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      said += String(text);
      return true;
    });
  }
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(root, { recursive: true, force: true });
});

describe('an executor', () => {
  it('fails when the verb does, and says what the verb says', async () => {
    expect(await runExecutor('validate', {}, { root })).toEqual({ success: false });
    expect(said).toContain('error: ');
  });

  it('gives its options to the verb', async () => {
    expect(await runExecutor('validate', { nonsense: 1 }, { root })).toEqual({ success: false });
    expect(said).toContain('--nonsense is not an option');
  });

  it('is named like its verb', async () => {
    const context = {
      root,
      cwd: root,
      isVerbose: false,
      projectsConfigurations: { version: 2, projects: {} },
      nxJsonConfiguration: {},
      projectGraph: { nodes: {}, dependencies: {} },
    };
    expect(await validateExecutor({ format: 'json' }, context)).toEqual({ success: false });
    expect(JSON.parse(said)).toMatchObject({ verb: 'validate' });
  });

  it('remembers what it has validated, as the bin does', async () => {
    const { root: company } = await companyRepository();
    await runExecutor('validate', {}, { root: company });
    expect(readdirSync(join(company, '.git/idp/store'))).not.toEqual([]);
  });
});
