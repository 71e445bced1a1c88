import { execFile } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { platformRepository } from './testing/platform-repository.ts';
import type { Ran } from './testing/run-bin.ts';

const workspace = resolve(import.meta.dirname, '..');

/** A script of a site, run as `npm run` would, with the packages of this workspace: they are of the same versions. */
function script(folder: string, name: 'build' | 'test'): Promise<Ran> {
  const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  // A test runner in a test runner would report to the outer one.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  return new Promise((done) => {
    execFile('sh', ['-c', scripts[name]], { cwd: folder, env }, (error, stdout, stderr) =>
      done({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, stdout, stderr }),
    );
  });
}

function versionsIn(file: string): Readonly<Record<string, string>> {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(join(workspace, file), 'utf8'));
  return { ...dependencies, ...devDependencies };
}

it('builds and tests with the versions that a new site gets', () => {
  const scaffolded = versionsIn('capabilities/static-site/templates/scaffold/package.json');
  expect(versionsIn('package.json')).toMatchObject(scaffolded);
});

it('a site that the generator writes builds, and its tests pass', async () => {
  const platform = await platformRepository();
  symlinkSync(join(workspace, 'node_modules'), join(platform.root, 'node_modules'));
  const title = `--title=Ann's "guide" & more`;
  const made = await platform.idp('g', 'service', 'guide', '--owner=team-search', '--template=static-site', title);
  expect(made, made.stderr).toMatchObject({ code: 0 });
  const site = join(platform.root, 'services/guide');
  expect(await script(site, 'build')).toMatchObject({ code: 0, stdout: '2 pages in dist/\n' });
  const page = readFileSync(join(site, 'dist/index.html'), 'utf8');
  expect(page).toContain('<title>Ann&#39;s &quot;guide&quot; &amp; more</title>');
  const tested = await script(site, 'test');
  expect(tested, tested.stdout).toMatchObject({ code: 0 });
  expect(tested.stdout).toMatch(/^# pass 6$/m);

  await platform.write('services/guide/content/index.md', '# A guide\n\n[A page](that-is-gone)\n');
  const dead = await script(site, 'test');
  expect(dead.code).toBe(1);
  expect(dead.stdout).toContain('/index.html: that-is-gone');
});

it('the handbook has no link that leads nowhere', async () => {
  const tested = await script(join(workspace, 'services/handbook'), 'test');
  expect(tested, tested.stdout).toMatchObject({ code: 0 });
});
