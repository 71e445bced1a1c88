import { createHash } from 'node:crypto';
import { access, chmod, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type PlatformRepository, platformRepository, threeServices } from './testing/platform-repository.ts';
import { startBin } from './testing/run-bin.ts';

const folderOf = ({ root }: PlatformRepository) => join(root, '.git/idp/store');
const entryOf = async (platform: PlatformRepository) =>
  join(folderOf(platform), (await readdir(folderOf(platform)))[0] ?? '');
const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );
const score = 'services/payments/score.yaml';

it('answers the same with what it kept, without it, and with any part of it damaged', async () => {
  const platform = await platformRepository(threeServices);
  await platform.edit(score, 'resources.db.host', 'resources.db.hots');
  const first = await platform.started('validate');
  expect(first.code).toBe(1);
  expect(first.stdout).toContain('did you mean "host"?');
  const kept = await readFile(await entryOf(platform));
  const same = async () => expect(await platform.started('validate')).toEqual(first);

  await same();
  await rm(folderOf(platform), { recursive: true });
  await same();
  const places = fc.sample(fc.nat({ max: kept.length - 1 }), 4);
  for (const at of places) {
    const bytes = Buffer.from(kept);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    await writeFile(await entryOf(platform), bytes);
    await same();
    await truncate(await entryOf(platform), at);
    await same();
  }
  expect((await readFile(await entryOf(platform))).equals(kept)).toBe(true);
});

it('sees what changed, in one service and in what concerns all', async () => {
  const platform = await platformRepository(threeServices);
  expect(await platform.started('validate')).toMatchObject({ code: 0 });
  const fresh = () => platform.started('validate', '--store=off');
  for (const [path, before, after] of [
    [score, 'LOG_LEVEL: info', 'LOG_LEVEL: ${resources.dbs.host}'],
    [score, 'LOG_LEVEL: ${resources.dbs.host}', 'LOG_LEVEL: warn'],
    [score, 'size: medium', 'size: huge'],
    ['services/payments/catalog-info.yaml', 'group:default/team-payments', 'group:default/team-paymnets'],
    ['environments/dev.yaml', 'replicas: 1', 'replicas: 0'],
  ] as const) {
    await platform.edit(path, before, after);
    expect(await platform.started('validate')).toEqual(await fresh());
  }
});

it('believes no entry that has another shape, whatever its checksum', async () => {
  const platform = await platformRepository(threeServices);
  const first = await platform.started('validate');
  const [head = '', key = '', ...rest] = (await readFile(await entryOf(platform), 'utf8')).split('\n');
  const [format] = head.split(' ');
  for (const value of [
    '',
    'null',
    '{"services":[[]]}',
    rest.join('\n').replace('"counts":{', '"counts":{"entities":-1,'),
  ]) {
    const body = `${key}\n${value}`;
    const checksum = createHash('sha256').update(body).digest('hex');
    await writeFile(await entryOf(platform), `${format} ${checksum}\n${body}`);
    expect(await platform.started('validate')).toEqual(first);
  }
});

it('keeps what it knows where it is told to, and nothing where it cannot', async () => {
  const platform = await platformRepository(threeServices);
  const status = () => platform.git('status', '--porcelain');
  const before = await status();
  expect(await platform.started('validate', '--store=off')).toMatchObject({ code: 0 });
  expect(await exists(join(platform.root, '.git/idp'))).toBe(false);
  expect(
    await startBin(join(platform.root, '..'), ['validate', '--store=kept', `--root=${platform.root}`]),
  ).toMatchObject({
    code: 0,
  });
  expect(await readdir(join(platform.root, '../kept'))).toHaveLength(1);
  expect(await exists(join(platform.root, '.git/idp'))).toBe(false);
  await writeFile(join(platform.root, '.git/idp'), 'not a folder');
  expect(await platform.started('validate')).toMatchObject({ code: 0, stderr: '' });
  await rm(join(platform.root, '.git/idp'));
  await chmod(join(platform.root, '.git'), 0o500);
  expect(await platform.started('validate')).toMatchObject({ code: 0, stderr: '' });
  await chmod(join(platform.root, '.git'), 0o700);
  expect(await status()).toBe(before);
});

it('sees a file that a Score file names for the first time, and what is changed in it', async () => {
  const platform = await platformRepository(threeServices);
  expect(await platform.started('validate')).toMatchObject({ code: 0 });
  await platform.write('services/payments/motd.txt', 'hello\n');
  await platform.edit(score, '    image: .\n', '    image: .\n    files: { /etc/motd: { source: motd.txt } }\n');
  expect(await platform.started('validate')).toMatchObject({ code: 0, stderr: '' });
  await platform.write('services/payments/motd.txt', 'hello ${resources.nobody.name}\n');
  const ran = await platform.started('validate');
  expect(ran).toEqual(await platform.started('validate', '--store=off'));
  expect([ran.code, ran.stdout]).toEqual([1, expect.stringContaining('services/payments/motd.txt:1:7: error')]);
});

it('takes two runs at once', async () => {
  const platform = await platformRepository(threeServices);
  const runs = await Promise.all([
    platform.started('validate'),
    platform.started('validate'),
    platform.started('validate'),
  ]);
  for (const ran of runs) expect(ran).toEqual(runs[0]);
  expect(await platform.started('validate')).toEqual(runs[0]);
});
