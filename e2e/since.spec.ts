import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PlatformRepository, platformRepositoryIn } from './testing/platform-repository.ts';

const teams = 'catalog/old-mistake.yaml';
const oldMistake = `apiVersion: backstage.io/v1alpha1
kind: System
metadata:
  name: old-mistake
spec:
  owner: group:default/nobody-at-all
`;
const newMistake = oldMistake.replaceAll('old-mistake', 'new-mistake').replace('nobody-at-all', 'nobody-either');

/** Main has a mistake; a branch adds a comment above it, and a mistake of its own. */
describe('--since', () => {
  let folder: string;
  let platform: PlatformRepository;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'idp-since-'));
    platform = await platformRepositoryIn(folder, ['services']);
    await platform.write(teams, oldMistake);
    await platform.merge('an old mistake');
    await platform.git('switch', '-q', '-c', 'change');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const run = async (...args: readonly string[]) => {
    const { code, stdout } = await platform.idp(...args, '--format=json');
    const { summary, findings } = JSON.parse(stdout) as {
      readonly summary: Readonly<Record<string, unknown>>;
      readonly findings: readonly { readonly path?: string }[];
    };
    return { code, summary, paths: findings.map(({ path }) => path) };
  };

  it.each([
    ['validate', 1],
    // Two findings of the company are waived.
    ['check', 3],
  ])('%s is fine with 0 where nothing changed, and says so', async (verb, known) => {
    expect((await run(verb)).code).toBe(1);
    expect(await run(verb, '--since=main')).toMatchObject({
      code: 0,
      summary: { changed: false, known },
      paths: [],
    });
    const { stdout } = await platform.idp(verb, '--since=main');
    expect(stdout).toContain(`no file changed since main; ${known} known finding`);
  });

  it('counts what was there before, also when its line moved, and shows what is new', async () => {
    await platform.write(teams, `# a comment that moves every line\n${oldMistake}`);
    await platform.write('catalog/new-mistake.yaml', newMistake);
    const since = await run('validate', '--since=main');
    expect(since).toMatchObject({ code: 1, summary: { changed: true, known: 1 }, paths: ['catalog/new-mistake.yaml'] });
    expect(since.summary['since']).toBe((await platform.git('rev-parse', 'main')).trim());
  });

  it('shows what a removal breaks elsewhere', async () => {
    await platform.git('rm', '-q', 'services/payments/catalog-info.yaml');
    const { code, paths } = await run('validate', '--since=main', '--service=payments');
    expect(code).toBe(1);
    expect(paths).toContain('services/payments/score.yaml');
    await platform.git('checkout', '-q', 'HEAD', '--', 'services/payments/catalog-info.yaml');
  });

  it('does not hold what others merged against a change', async () => {
    await platform.git('add', '-A');
    await platform.git('commit', '-q', '-m', 'the change');
    await platform.git('switch', '-q', 'main');
    await platform.git('rm', '-q', teams);
    await platform.git('commit', '-q', '-m', 'the old mistake is mended');
    await platform.git('switch', '-q', 'change');
    expect(await run('validate', '--since=main')).toMatchObject({
      summary: { known: 1 },
      paths: ['catalog/new-mistake.yaml'],
    });
  });

  it.each(['validate', 'check'])('%s refuses a commit that is not there with 2', async (verb) => {
    const { code, stderr } = await platform.idp(verb, '--since=nowhere');
    expect(code).toBe(2);
    expect(stderr).toContain('"nowhere" is not a commit or a branch here');
    expect(stderr).toContain('--since');
  });

  it('goes with SARIF', async () => {
    const { code, stdout } = await platform.idp('validate', '--since=main', '--format=sarif');
    expect(code).toBe(1);
    const [sarif] = JSON.parse(stdout).runs;
    expect(sarif.results).toHaveLength(1);
    expect(sarif.results[0]).toMatchObject({ ruleId: 'catalog/unresolved-reference', level: 'error' });
    expect(sarif.tool.driver.rules[0].help.markdown).toContain('What to do');
  });

  it('is not offered where there are no findings to upload', async () => {
    const { code, stdout } = await platform.idp('status', '--format=sarif');
    const [sarif] = JSON.parse(stdout).runs;
    expect([code, sarif.invocations[0].executionSuccessful]).toEqual([2, false]);
    expect(sarif.results[0].message.text).toContain('--format');
  });
});
