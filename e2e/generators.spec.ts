import { execFile } from 'node:child_process';
import { chmod, chown, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type PlatformRepository, platformRepository } from './testing/platform-repository.ts';

const everyGenerator = [
  ['g', 'capability', 'mail-queue', '--owner=team-data'],
  ['g', 'capability', 'batch-job', '--owner=team-platform', '--provides=workload'],
  ['g', 'environment', 'qa', '--after=staging', '--before=prod'],
  ['g', 'service', 'nightly', '--owner=team-payments', '--template=batch-job'],
  ['g', 'add', 'nightly', 'mail-queue', '--as=mails', '--size=small'],
];

async function git(repository: PlatformRepository): Promise<string> {
  return await repository.git('status', '--porcelain', '--untracked-files=all');
}

describe('every generator', () => {
  it('leaves a platform that is valid, passes its checks and its tests, and changes nothing when it is run again', async () => {
    const repository = await platformRepository(['.github']);
    const { idp } = repository;
    for (const args of everyGenerator) {
      const { code, stdout, stderr } = await idp(...args);
      expect([args, code, stderr]).toEqual([args, 0, '']);
      expect(stdout).toContain('\nNext:\n');
      await repository.merge(args.join(' '));
    }
    for (const args of everyGenerator) {
      const { code, stdout } = await idp(...args);
      expect([args, code, filesIn(stdout)]).toEqual([args, 0, []]);
    }
    expect(await git(repository)).toBe('');
    const tested = await idp('test', 'mail-queue', 'batch-job');
    expect([tested.code, tested.stdout]).toEqual([0, 'Tested 2 capabilities, 4 fixtures, 2 objects: no findings\n']);
    for (const verb of ['validate', 'check']) {
      const { code, stdout } = await idp(verb);
      expect([code, stdout]).toEqual([0, expect.not.stringContaining('error')]);
    }
    expect(await repository.read('.github/CODEOWNERS')).toMatch(/^\/capabilities\/mail-queue\/ +@acme\/team-data$/m);
  });

  it('says with --dry-run what it would write, and writes nothing', async () => {
    const repository = await platformRepository();
    const args = ['g', 'capability', 'mailbox', '--owner=team-data', '--kind=mail.example.com/v1/Mailbox'];
    const planned = await repository.idp(...args, '--dry-run');
    expect(await git(repository)).toBe('');
    expect(filesIn(planned.stdout)).toEqual(filesIn((await repository.idp(...args)).stdout));
    expect((await repository.idp('test', 'mailbox')).code).toBe(0);
  });

  it('makes a capability whose test fails when its template is broken', async () => {
    const { idp, edit } = await platformRepository();
    await idp('g', 'capability', 'mail-queue', '--owner=team-data');
    await edit('capabilities/mail-queue/templates/deploy/configmap.yaml', 'size: {{yaml', 'size: very-{{yaml');
    const { code, stdout } = await idp('test', 'mail-queue');
    expect(code).toBe(1);
    expect(stdout).toContain('-   size: small\n+   size: very-small\n');
    expect((await idp('test', 'mail-queue', '--update')).code).toBe(0);
    expect((await idp('test', 'mail-queue')).code).toBe(0);
  });
});

describe('what a shell or YAML would read something into', () => {
  const hostile = [
    'a;b',
    'a b',
    '$(id)',
    '`id`',
    'a\nb',
    '*',
    "a'b",
    'a"b',
    'a: b',
    '{{x}}',
    '../a',
    '-',
    'A',
    '',
    'ä',
  ];

  it('is refused as a name, with exit code 2, and nothing is written', async () => {
    const repository = await platformRepository();
    for (const name of hostile) {
      for (const args of [
        ['g', 'capability', '--owner=team-data'],
        ['g', 'environment'],
      ]) {
        const { code, stderr } = await repository.idp(...args, `--name=${name}`);
        expect([name, code, stderr.includes('--no'), stderr]).toEqual([
          name,
          2,
          false,
          expect.stringContaining('error: '),
        ]);
      }
    }
    expect(await git(repository)).toBe('');
  });

  it('is text where text is asked for', async () => {
    const { idp, read } = await platformRepository();
    const title = `"'$(id) #: {{yaml x}} & * ! | > % @ \``;
    const { code } = await idp(
      'g',
      'capability',
      'mail-queue',
      '--owner=team-data',
      `--title=${title}`,
      '--description=- a: [',
    );
    expect(code).toBe(0);
    expect(await read('capabilities/mail-queue/docs/README.md')).toContain(title);
    expect((await idp('test', 'mail-queue')).code).toBe(0);
  });
});

it('a folder that may not be written to is refused before anything is written', async () => {
  const repository = await platformRepository();
  const { root } = repository;
  // Nothing is forbidden to root: then the bin runs as somebody else.
  const somebody = process.getuid?.() === 0 ? 65_534 : undefined;
  if (somebody !== undefined) {
    for (const file of ['', ...(await readdir(root, { recursive: true }))])
      await chown(join(root, file), somebody, somebody);
    await chmod(join(root, '..'), 0o755);
  }
  await chmod(join(root, 'environments'), 0o555);
  const bin = resolve(import.meta.dirname, '../packages/cli/bin/idp.mjs');
  const options = {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1' },
    ...(somebody !== undefined && { uid: somebody, gid: somebody }),
  };
  const argv = [bin, 'g', 'environment', 'qa', '--after=dev', '--before=staging'];
  const run = await new Promise<{ readonly code: unknown; readonly stdout: string }>((done) => {
    execFile(process.execPath, argv, options, (error, stdout) => done({ code: error?.code ?? 0, stdout }));
  });
  expect(run.stdout).toContain('nothing was written: "environments" is not yours to write');
  expect(run.code).toBe(1);
  expect(await readdir(join(root, 'environments'))).toEqual(['dev.yaml', 'prod.yaml', 'staging.yaml']);
});

/** The lines that name what is written. */
function filesIn(output: string): readonly string[] {
  return output.split('\n').filter((line) => /^(CREATE|UPDATE|DELETE) /.test(line));
}
