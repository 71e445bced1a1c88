import { execFile } from 'node:child_process';
import { mkdir, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { platformRepository } from './testing/platform-repository.ts';
import { callBin } from './testing/run-bin.ts';

const run = promisify(execFile);

/** A bash that has read the script, with a line that stands before the cursor; what the key would offer. */
async function offered(cwd: string, script: string, line: string): Promise<readonly string[]> {
  const program = `${script}
COMP_LINE=${JSON.stringify(line)} COMP_POINT=${line.length} COMP_WORDBREAKS=$' \\t\\n"=:'
compopt() { :; }
__idp_complete
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = await run('bash', ['--norc', '-c', program], { cwd });
  return stdout.split('\n').filter((word) => word !== '');
}

it('completes in bash, from any folder of a platform repository', async () => {
  const platform = await platformRepository(['services']);
  const bins = join(platform.root, 'node_modules/.bin');
  await mkdir(bins, { recursive: true });
  await symlink(resolve(import.meta.dirname, '../packages/cli/bin/idp.mjs'), join(bins, 'idp'));
  const { stdout: script } = await platform.idp('completion', 'bash');
  const below = join(platform.root, 'services/payments');
  expect(await offered(below, script, 'idp prom')).toEqual(['promote']);
  expect(await offered(below, script, 'idp g add pay')).toEqual(['payments']);
  // What stands before `=` is on the line already.
  expect(await offered(below, script, 'idp promote --to=st')).toEqual(['staging']);
  await mkdir(join(platform.root, 'services/$(touch x)'));
  expect(await offered(below, script, 'idp lock $')).toEqual([]);
});

it('defines a command where there is none, which runs the nearest bin or says why not', async () => {
  const platform = await platformRepository();
  const { stdout: script } = await platform.idp('completion', 'bash');
  const run = (words: string) =>
    promisify(execFile)('bash', ['--norc', '-c', `PATH=/usr/bin:/bin; ${script}\n${words}`], { cwd: platform.root });
  await expect(run('idp --version')).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('node_modules/.bin/idp'),
  });
});

it.each([[[]], [['tcsh']]])('asks for a shell that it knows: %j', async (words) => {
  const { code, stderr } = await callBin(import.meta.dirname, ['completion', ...words]);
  expect(code).toBe(2);
  expect(stderr).toContain('bash|zsh|fish');
});
