import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { platformRepository } from './testing/platform-repository.ts';
import { keys, runInTerminal } from './testing/terminal.ts';

const { enter, down, space, interrupt } = keys;

describe('in a terminal, idp asks for what is missing', () => {
  it('a service: its name, its group, and what else most people want to choose', async () => {
    const { root, read } = await platformRepository();
    const { code, screen } = await runInTerminal({
      program: 'idp',
      args: ['g', 'service'],
      cwd: root,
      steps: [
        ['What is the service called?', `loyalty${enter}`],
        // More groups than fit on a screen: letters narrow them down.
        ['Which group owns it?', `storefront${enter}`],
        ['What is it made from?', enter],
        ['Which system is it part of?', enter],
      ],
    });
    expect(screen).toContain('CREATE services/loyalty/score.yaml');
    expect(code).toBe(0);
    expect(await read('services/loyalty/catalog-info.yaml')).toContain('group:default/team-storefront');
    expect(await read('services/loyalty/.idp/lock.yaml')).toContain('template: node-service');
  });

  it('an environment: after which ones, of those that there are', async () => {
    const { root, read } = await platformRepository();
    const { code, screen } = await runInTerminal({
      program: 'idp',
      args: ['g', 'environment'],
      cwd: root,
      steps: [
        ['What is the environment called?', `qa${enter}`],
        ['After which environments', `${down}${space}${enter}`],
      ],
    });
    expect([code, screen]).toEqual([0, expect.stringContaining('CREATE environments/qa.yaml')]);
    expect(await read('environments/qa.yaml')).toContain('- staging\n');
  });

  it('an addition: to which service, and which capability', async () => {
    const { root, read } = await platformRepository(['services']);
    const { code, screen } = await runInTerminal({
      program: 'idp',
      args: ['g', 'add', '--as=cache'],
      cwd: root,
      steps: [
        ['To which service?', `payments${enter}`],
        ['Which capability?', `redis${enter}`],
      ],
    });
    expect([code, screen]).toEqual([0, expect.stringContaining('UPDATE services/payments/score.yaml')]);
    expect(await read('services/payments/score.yaml')).toContain('type: redis');
  });

  it('and nothing that was given, or that has a default, when nothing is missing', async () => {
    const { root } = await platformRepository();
    const { code, screen } = await runInTerminal({
      program: 'idp',
      args: ['g', 'capability', 'mail-queue', '--owner=team-data'],
      cwd: root,
      steps: [],
    });
    expect([code, screen.includes('?')]).toEqual([0, false]);
  });

  it('until a person gives up: then nothing is written, and the exit code is 2', async () => {
    const { root, git } = await platformRepository();
    const { code, screen } = await runInTerminal({
      program: 'idp',
      args: ['g', 'capability', 'mail-queue'],
      cwd: root,
      steps: [['Which group owns it?', interrupt]],
    });
    expect([code, screen]).toEqual([2, expect.stringContaining('cancelled: nothing was written')]);
    expect(await git('status', '--porcelain')).toBe('');
  });

  it.each([
    ['with --no-interactive', ['--no-interactive'], {}],
    ['in CI', [], { CI: 'true' }],
    ['for a program', ['--format=json'], {}],
  ])('but never %s', async (_, flags, env) => {
    const { root } = await platformRepository();
    const args = ['g', 'service', 'loyalty', ...flags];
    const { code, screen } = await runInTerminal({ program: 'idp', args, cwd: root, steps: [], env });
    expect([code, screen]).toEqual([2, expect.stringContaining('--owner is missing')]);
  });
});

it('nx g asks as well, by the same schema', async () => {
  const { code, screen } = await runInTerminal({
    program: 'nx',
    args: ['g', 'idp:capability', 'mail-queue', '--dry-run'],
    cwd: resolve(import.meta.dirname, '..'),
    steps: [['Which group owns it?', `team-data${enter}`]],
  });
  expect([code, screen]).toEqual([0, expect.stringContaining('capabilities/mail-queue/capability.yaml')]);
});

it('without a terminal a missing option is a usage error that names it', async () => {
  const { idp } = await platformRepository();
  for (const args of [
    ['g', 'service'],
    ['g', 'add'],
    ['g', 'capability'],
    ['g', 'environment'],
  ]) {
    const { code, stdout, stderr } = await idp(...args);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(/--(name|service) is missing/)]);
  }
});
