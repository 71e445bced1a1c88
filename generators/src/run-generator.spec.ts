import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runGenerator } from './run-generator.mjs';

const workspace = fileURLToPath(new URL('../..', import.meta.url));

let said: string;
beforeEach(() => {
  said = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** A platform that is in the tree only: on no disk, and in no repository. */
async function recordedPlatform(): Promise<Tree> {
  const tree = createTreeWithEmptyWorkspace();
  for (const path of ['idp.yaml', 'environments/dev.yaml', 'environments/staging.yaml', 'environments/prod.yaml'])
    tree.write(path, await readFile(join(workspace, path)));
  return tree;
}

describe('a generator, by the build of the bin', () => {
  it('records what it plans from what the tree shows, and says what it did', async () => {
    const tree = await recordedPlatform();
    await runGenerator('environment', tree, { name: 'qa', after: ['dev'] });
    expect(tree.read('environments/qa.yaml', 'utf8')).toContain('name: qa');
    expect(said).toContain('npx idp ');
  });

  it('records nothing after a refusal, which it says, and fails without a stack', async () => {
    const tree = await recordedPlatform();
    const before = tree.listChanges().length;
    const failure: unknown = await runGenerator('environment', tree, { name: 'qa', after: ['deev'] }).catch(
      (reason: unknown) => reason,
    );
    expect(said).toContain('did you mean "dev"?');
    expect(failure).toMatchObject({ message: 'Nothing was written: see the findings above.', stack: '' });
    expect(tree.listChanges()).toHaveLength(before);
  });

  it('is one that there is', async () => {
    await expect(runGenerator('nonsense', createTreeWithEmptyWorkspace(), {})).rejects.toThrow(
      'no generator is named nonsense',
    );
  });
});

it("no code of ours uses Nx's generateFiles, which reads through links, runs EJS and names files by what is in their names", async () => {
  for (const folder of ['generators/src', 'executors/src', 'packages']) {
    const files = await readdir(join(workspace, folder), { recursive: true });
    const sources = files.filter(
      (path) => /(^|\/)src\/.*\.m?[tj]s$|^[^.]*\.m?[tj]s$/.test(path) && !/node_modules|\.spec\.ts$/.test(path),
    );
    expect(sources.length).toBeGreaterThan(5);
    for (const path of sources)
      expect(await readFile(join(workspace, folder, path), 'utf8'), path).not.toMatch(/\bgenerateFiles\b|from 'ejs'/);
  }
});
