import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stableText } from './testing/stable-text.ts';
import { terminalPicture } from './testing/terminal-picture.ts';

const workspace = resolve(import.meta.dirname, '..');
const bin = join(workspace, 'packages/cli/bin/idp.mjs');
const door = join(workspace, 'packages/cli/quickstart.mjs');

interface Ended {
  readonly code: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

let folder: string;
let person: NodeJS.ProcessEnv;

/** A home folder with everything that makes somebody's git differ from ours, and no identity. */
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'idp-e2e-quickstart-')));
  const home = join(folder, 'home');
  const hook = join(home, 'hooks/pre-commit');
  await mkdir(dirname(hook), { recursive: true });
  await mkdir(join(home, '.config/git'), { recursive: true });
  await writeFile(hook, '#!/bin/sh\nexit 1\n');
  await chmod(hook, 0o755);
  await writeFile(join(home, '.config/git/ignore'), 'package-lock.json\n.idp\n');
  await writeFile(
    join(home, '.gitconfig'),
    `[user]
  useConfigOnly = true
[init]
  defaultBranch = trunk
[commit]
  gpgSign = true
[core]
  hooksPath = ${join(home, 'hooks')}
[push]
  default = nothing
[log]
  date = raw
[color]
  ui = always
`,
  );
  const kept = Object.entries(process.env).filter(([name]) => !/^(GIT_|npm_|INIT_CWD|XDG_)/.test(name));
  person = { ...Object.fromEntries(kept), HOME: home, GIT_DIR: join(folder, 'elsewhere') };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function run(file: string, argv: readonly string[], env: NodeJS.ProcessEnv = person, cwd = workspace): Promise<Ended> {
  return new Promise((done) => {
    execFile(file, argv, { cwd, env }, (error, stdout, stderr) => done({ code: error?.code ?? 0, stdout, stderr }));
  });
}

const quickstart = (...argv: readonly string[]) => run(process.execPath, [door, ...argv]);

describe('the quickstart', () => {
  let tour: Ended;
  let into: string;
  const git = async (...argv: readonly string[]) => {
    const { GIT_DIR: _, ...env } = person;
    return (await run('git', ['-C', join(into, 'platform'), ...argv], env)).stdout;
  };

  beforeAll(async () => {
    into = join(folder, 'tour');
    tour = await run('npm', ['run', '--silent', 'quickstart', '--', `--into=${into}`]);
  });

  it('succeeds on a machine whose git is set up in any way', () => {
    expect(tour, tour.stdout + tour.stderr).toMatchObject({ code: 0 });
  });

  it('shows the finding of the planted mistake', () => {
    expect(tour.stdout).toMatch(
      /\+ DB_HOST: \$\{resources\.db\.hots\}\n.*validate.*\n.*score\.yaml:\d+:\d+: error: "db" has no output "hots" {2}\[resolve\/unknown-output\]\n/,
    );
    expect(tour.stdout).toContain('exit code 1, as it should be');
  });

  it('says in docs/quickstart.md what it prints', async () => {
    const printed = stableText(tour.stdout, { [into]: '/tmp/idp-quickstart', [workspace]: '/home/you/platform' });
    await expect(`# The quickstart

\`npm run quickstart\` makes a platform repository aside, with a bare remote beside it, and takes one service from the
generator to \`env/dev\`. \`npm run quickstart -- --into=<folder>\` chooses where. It needs git and Node, no network. When a
step does not do what is written here, the quickstart stops there, names the step and ends with exit code 1.

This is what it prints, recorded by \`e2e/quickstart.spec.ts\`, which fails when this page is out of date
(\`npx vitest run e2e/quickstart.spec.ts --update\` records it anew). Ids, dates and durations are made up.

\`\`\`console
$ npm run --silent quickstart
${printed.trim()}
\`\`\`
`).toMatchFileSnapshot('../docs/quickstart.md');
    await expect(terminalPicture(printed)).toMatchFileSnapshot('../docs/quickstart.svg');
  });

  it('merges like a pull request and promotes once', async () => {
    expect(await git('log', '--format=%s', '--topo-order', 'origin/main')).toBe(
      'Merge add-checkout\nAdd checkout\nA platform\n',
    );
    expect(await git('ls-remote', '--heads', 'origin')).toMatch(/add-checkout\n.*env\/dev\n.*main\n$/);
    expect(await git('rev-list', '--count', 'origin/env/dev')).toBe('1\n');
    expect(tour.stdout).toContain('Nothing to do');
    const deployment = 'manifests/eu/checkout/checkout/deployment.apps-checkout.yaml';
    expect(await git('show', `origin/env/dev:${deployment}`)).toContain('kind: Deployment');
    const record: unknown = JSON.parse(await git('show', 'origin/env/dev:.idp/services/checkout.json'));
    expect(record).toMatchObject({ service: 'checkout', environment: 'dev' });
  });

  it('leaves a clean repository that works, without the tool and without other services', async () => {
    expect(await git('status', '--porcelain')).toBe('');
    expect((await readdir(join(into, 'platform', 'services'))).sort()).toEqual(['checkout']);
    expect(await git('ls-files', 'packages', 'generators', 'executors', 'package.json')).toBe('');
    const validated = await run(process.execPath, [
      bin,
      'validate',
      `--root=${join(into, 'platform')}`,
      '--format=json',
    ]);
    expect(validated.code).toBe(0);
    expect(JSON.parse(validated.stdout)).toMatchObject({ summary: { services: 1, errors: 0 } });
  });

  it('ends with commands that work as they stand', async () => {
    const closing = tour.stdout.slice(tour.stdout.indexOf('Done in'));
    const lines = [...closing.matchAll(/^ {2}(.*)$/gm)].map(([, command = '']) => command);
    expect(lines.at(-1)).toBe(`rm -rf ${into}`);
    const script = lines.slice(0, -1).map((line) => `${line} || echo "exit code $?"`);
    const { GIT_DIR: _, ...env } = person;
    const { stdout, stderr } = await run('sh', ['-c', script.join('\n')], env, folder);
    expect(stdout).toContain('kind: PodDisruptionBudget');
    expect(stdout).toContain('CREATE services/refunds/score.yaml');
    expect(stdout.match(/exit code .*/g), stdout + stderr).toEqual(['exit code 3']);
    await git('clean', '-dfq', 'services');
  });

  it('leaves a repository in which a person without an identity can commit', async () => {
    const { code, stderr } = await run(
      'git',
      ['-C', join(into, 'platform'), 'commit', '--allow-empty', '--message=x', '--no-verify', '--no-gpg-sign'],
      { ...person, GIT_DIR: undefined },
    );
    expect(code, stderr).toBe(0);
  });
});

describe('a quickstart that cannot be', () => {
  it('stops at the mistake when the mistake is not found', async () => {
    const from = join(folder, 'from');
    for (const part of ['catalog', 'capabilities', 'environments', 'policies', 'idp.yaml']) {
      await cp(join(workspace, part), join(from, part), { recursive: true });
    }
    // With an output of this name, the planted mistake is none.
    const capability = join(from, 'capabilities/postgres/capability.yaml');
    const text = await readFile(capability, 'utf8');
    expect(text).toContain('\n    host:\n');
    await writeFile(
      capability,
      text.replace('\n    host:\n', '\n    hots:\n      schema: { type: string }\n      value: nowhere\n    host:\n'),
    );
    const { code, stdout, stderr } = await quickstart(`--from=${from}`, `--into=${join(folder, 'unfound')}`);
    expect(code).toBe(1);
    expect(stderr).toContain(
      'step 3, "A mistake", failed: `npx idp validate --root=$P` ended with exit code 0, expected 1',
    );
    expect(stdout).toContain('${resources.db.hots}');
    expect(stdout).not.toContain('Done in');
  });

  it('stops at the first step where there is no git', async () => {
    const empty = join(folder, 'empty');
    await mkdir(empty);
    const { code, stderr } = await run(process.execPath, [door, `--into=${join(folder, 'no-git')}`], {
      ...person,
      PATH: empty,
    });
    expect(code).toBe(1);
    expect(stderr).toContain('step 1, "A platform repository", failed: git could not be started');
  });

  it('names what the folder to copy from lacks', async () => {
    const { code, stderr } = await quickstart(`--from=${join(folder, 'home')}`, `--into=${join(folder, 'lacking')}`);
    expect(code).toBe(1);
    expect(stderr).toContain('step 1, "A platform repository", failed: ');
    expect(stderr).toContain('has no catalog, capabilities, environments, policies, idp.yaml');
  });

  it('refuses a folder that is not empty, and touches nothing in it', async () => {
    const into = join(folder, 'mine');
    await mkdir(into);
    await writeFile(join(into, 'notes.txt'), 'mine');
    const { code, stdout, stderr } = await quickstart(`--into=${into}`);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toBe(`quickstart: ${into} is not empty: name a new folder\n`);
    expect(await readdir(into)).toEqual(['notes.txt']);
  });

  it('refuses an option that does not exist', async () => {
    expect(await quickstart('--in=x')).toMatchObject({ code: 2, stderr: expect.stringContaining('--into=<folder>') });
  });
});
