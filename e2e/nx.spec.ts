import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const workspace = resolve(import.meta.dirname, '..');

/** Runs Nx in this repository, on what cannot change it. */
function nx(...args: readonly string[]): Promise<{ readonly code: unknown; readonly output: string }> {
  const argv = [join(workspace, 'node_modules/nx/dist/bin/nx.js'), ...args];
  const { FORCE_COLOR: _, ...inherited } = process.env;
  const env = { ...inherited, NX_DAEMON: 'false', NX_TUI: 'false', NO_COLOR: '1' };
  return new Promise((done) => {
    const child = execFile(process.execPath, argv, { cwd: workspace, env, maxBuffer: 1e8 }, (error, stdout, stderr) =>
      done({ code: error?.code ?? 0, output: `${stdout}${stderr}` }),
    );
    child.stdin?.end();
  });
}

describe('Nx', () => {
  it('knows the platform and its capabilities as projects', async () => {
    const { output } = await nx('graph', '--file=stdout');
    const { graph } = JSON.parse(output.slice(output.indexOf('{')));
    expect(graph.nodes['platform'].data).toMatchObject({ root: '.', tags: ['type:platform'] });
    expect(Object.keys(graph.nodes['platform'].data.targets)).toEqual(expect.arrayContaining(['validate', 'promote']));
    expect(graph.nodes['capability-postgres'].data.tags).toEqual(
      expect.arrayContaining(['type:capability', 'owner:team-data']),
    );
    expect(Object.keys(graph.nodes)).toEqual(
      expect.arrayContaining(['idp', '@idp/executors', '@idp/core', '@idp/cli']),
    );
  });

  it('runs a verb with its options, and fails when it does', async () => {
    const fine = await nx('run', 'platform:validate', '--format=json');
    expect(fine.code).toBe(0);
    expect(fine.output).toContain('"verb":"validate"');
    const { code, output } = await nx('run', 'platform:validate', '--service=nobody-has-this-name');
    expect(code).toBe(1);
    expect(output).toContain('nobody-has-this-name');
    expect(output).not.toMatch(/^ +at /m);
  });

  it('shows the options of the one schema', async () => {
    const { output } = await nx('run', 'platform:validate', '--help');
    expect(output).toMatch(/--format .*people/);
    expect((await nx('g', 'idp:add', '--help')).output).toContain('--capability');
  });

  it('shows what a generator would write', async () => {
    const { code, output } = await nx('g', 'idp:service', 'nx-door', '--owner=team-payments', '--dry-run');
    expect(output).toContain('CREATE services/nx-door/score.yaml');
    expect(code).toBe(0);
    expect(existsSync(join(workspace, 'services/nx-door'))).toBe(false);
  });

  it('shows what is wrong with a request, and no stack', async () => {
    const { code, output } = await nx('g', 'idp:service', 'Not_A_Name', '--owner=team-payments');
    expect(code).toBe(1);
    expect(output).toContain('"Not_A_Name" cannot be the name of a service');
    expect(output).toContain('Nothing was written');
    expect(output).not.toMatch(/^ +at /m);
  });

  it.each([
    ['idp:capability', ['mail-queue', '--owner=team-data', '--provides=thing'], "'thing'"],
    ['idp:capability', ['mail-queue', '--owner=team-data', '--colour=red'], "'colour'"],
    ['idp:capability', ['mail-queue'], "'owner' is missing"],
    ['idp:capability', ['mail;queue', '--owner=team-data'], '"mail;queue" cannot be the name of a capability'],
    ['idp:environment', ['qa', '--after=deev'], 'did you mean "dev"?'],
  ])('refuses options of %s: %j', async (generator, args, message) => {
    const { code, output } = await nx('g', generator, ...args, '--dry-run');
    expect([code, output]).toEqual([1, expect.stringContaining(message)]);
    expect(output).not.toContain('CREATE');
  });
});
