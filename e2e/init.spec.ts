import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { platformRepository, temporaryFolder } from './testing/platform-repository.ts';
import { callBin, type Ran } from './testing/run-bin.ts';

const score = (name: string, more = ''): string => `apiVersion: score.dev/v1b1
metadata:
  name: ${name}
containers:
  main:
    image: registry.example.com/${name}:1.0.0
    variables:
      CACHE: redis://\${resources.cache.username}:\${resources.cache.password}@\${resources.cache.host}:\${resources.cache.port}
${more}resources:
  cache:
    type: redis
`;
const findingsOf = ({ stdout }: Ran) => (JSON.parse(stdout) as { findings: readonly { code: string }[] }).findings;

/** An empty git repository, and beside it a folder of Score files as somebody else keeps them. */
async function folders() {
  const folder = await temporaryFolder();
  const root = join(folder, 'Acme Platform');
  const from = join(folder, 'scores');
  const { git } = await platformRepository();
  await mkdir(join(from, 'shop'), { recursive: true });
  await git('init', '--quiet', '--initial-branch=main', root);
  const files = '    files: { /a: { source: banner.txt } }\n';
  await writeFile(join(from, 'shop/score.yaml'), score('shop', files).replaceAll('\n', '\r\n'));
  await writeFile(join(from, 'shop/banner.txt'), 'Hello\n');
  await writeFile(join(from, 'orders.yml'), score('orders'));
  await writeFile(join(from, 'compose.yaml'), 'services: {}\n');
  await symlink('..', join(from, 'loop'));
  return { root, from, idp: (...args: readonly string[]) => callBin(root, args) };
}

it('makes a platform of Score files that validates, checks and renders, and a second run changes nothing', async () => {
  const { from, idp } = await folders();
  const made = await idp('init', `--from=${from}`, '--owner=team-shop');
  expect(made).toMatchObject({ code: 0, stderr: '' });
  expect(made.stdout).toContain('acme-platform: ');
  expect(made.stdout).toContain('from 2 of 2 Score files, skeletons of redis');
  expect(await idp('validate')).toMatchObject({ code: 0 });
  expect(await idp('check')).toMatchObject({ code: 0 });
  expect(await idp('test', '--policies')).toMatchObject({ code: 0 });
  const rendered = await idp('render', '--environment=prod');
  expect(rendered.code).toBe(0);
  expect(rendered.stdout).toContain('image: registry.example.com/orders:1.0.0');
  expect(await idp('init', `--from=${from}`, '--owner=team-shop')).toMatchObject({
    code: 0,
    stdout: 'nothing to do: everything that acme-platform begins with is there\n',
  });
});

it('makes an empty platform, in which the other generators work', async () => {
  const { idp } = await folders();
  expect(await idp('init', '--dry-run')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Nothing was written'),
  });
  expect(await idp('validate')).toMatchObject({ code: 2, stderr: expect.stringContaining('npx idp init') });
  expect(await idp('init')).toMatchObject({ code: 0 });
  expect(await idp('validate')).toMatchObject({ code: 0 });
  expect((await idp('g', 'service', 'con', '--owner=team-platform', '--format=json')).code).toBe(2);
  const none = await idp('g', 'service', 'foo', '--owner=team-platform');
  expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('--provides=workload') });
  expect(await idp('g', 'capability', 'web', '--owner=team-platform', '--provides=workload')).toMatchObject({
    code: 0,
  });
  expect(await idp('g', 'service', 'foo', '--owner=team-platform')).toMatchObject({ code: 0 });
  expect(await idp('validate')).toMatchObject({ code: 0 });
});

it('leaves out what is named as a Score file and cannot be read, and says so', async () => {
  const { from, idp } = await folders();
  await writeFile(join(from, 'score.yaml'), 'a: [');
  await writeFile(join(from, 'orders.yml'), score('orders', '    files: { /a: { source: shop/up/banner.txt } }\n'));
  await symlink('.', join(from, 'shop/up'));
  await writeFile(join(from, 'shop/score.yml'), Buffer.from([0xff, 0xfe, 0x00]));
  const made = await idp('init', `--from=${from}`);
  expect(made).toMatchObject({ code: 0, stdout: expect.stringContaining('from 2 of 4 Score files') });
  expect(made.stdout).toContain('CREATE services/shop/banner.txt');
  expect(made.stdout).not.toContain('services/orders/shop');
  expect(made.stdout).toMatch(/^score\.yaml:1:/m);
  expect(made.stdout).toMatch(/^shop\/score\.yml:1:/m);
});

it.each([
  ['a folder that is not there', ['--from=nowhere'], 'usage/no-folder'],
  ['a folder without Score files', ['--from=.'], 'usage/no-score-files'],
  ['an owner that is no name', ['--owner=$(id)'], 'scaffold/name'],
])('refuses %s with 2, and writes nothing', async (_name, options, code) => {
  const { root, idp } = await folders();
  const ran = await idp('init', ...options, '--format=json');
  expect([ran.code, findingsOf(ran).map((finding) => finding.code)]).toEqual([2, [code]]);
  expect((await callBin(root, ['validate'])).code).toBe(2);
});

it('refuses a place that is no repository', async () => {
  const ran = await callBin(await temporaryFolder(), ['init', '--format=json']);
  expect([ran.code, findingsOf(ran).map((finding) => finding.code)]).toEqual([2, ['usage/not-a-repository']]);
});
