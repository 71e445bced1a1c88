import { describe, expect, it } from 'vitest';
import { platformRepository, threeServices } from './testing/platform-repository.ts';
import { callBin, type Ran, startBin } from './testing/run-bin.ts';

const score = 'services/payments/score.yaml';

/** What most tests here run, a process that has answered others before, is no other program than the bin. */
describe('the bin called in a process that stays answers as one that was started', () => {
  it.each([
    ['validate'],
    ['validate --format=json'],
    ['check --format=github'],
    ['render payments --environment=dev'],
    ['plan --base=main --format=markdown'],
    ['catalog invoices'],
    ['g service --no-interactive'],
    ['g service orders --owner=team-nobody'],
    ['g service --help'],
    ['promote --to=prod --format=json'],
    ['validate --servce=payments'],
    ['--help'],
  ])('%s', async (line) => {
    const platform = await platformRepository(threeServices);
    await platform.edit(score, 'resources.db.host', 'resources.db.hots');
    const argv = line.split(' ');
    const ask = [startBin, callBin].map(async (run): Promise<Ran> => run(platform.root, argv));
    const [started, called] = await Promise.all(ask);
    expect(called).toEqual(started);
    await platform.edit(score, 'resources.db.hots', 'resources.db.host');
    expect(await callBin(platform.root, argv)).toEqual(await startBin(platform.root, argv));
  });

  it('and two that are called at once do not mix what they print', async () => {
    const platform = await platformRepository(threeServices);
    const lines = ['validate', 'render payments --environment=dev', 'validate --format=json'];
    const argv = lines.map((line) => line.split(' '));
    const one = await Promise.all(argv.map((words) => callBin(platform.root, words)));
    for (const [index, words] of argv.entries()) expect(one[index]).toEqual(await callBin(platform.root, words));
  });
});
