import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PlatformRepository, platformRepositoryIn, threeServices } from './testing/platform-repository.ts';

const bin = resolve(import.meta.dirname, '../packages/cli/bin/idp.mjs');

let folder: string;
let platform: PlatformRepository;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'idp-e2e-'));
  platform = await platformRepositoryIn(folder, threeServices);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: ChildProcess['exitCode'];
  readonly signal: ChildProcess['signalCode'];
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the bin with variables of its own, and lets a test hold the process. */
function idp(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  hold: (child: ChildProcess) => void = () => undefined,
): Promise<Ended> {
  const { NO_COLOR: _, FORCE_COLOR: __, ...inherited } = process.env;
  const child = spawn(process.execPath, [bin, ...args], { cwd: platform.root, env: { ...inherited, ...env } });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  hold(child);
  return new Promise((done) => child.on('close', (code, signal) => done({ code, signal, stdout, stderr })));
}

/** Runs JavaScript in the bin's process before the bin. */
function preload(script: string): { readonly NODE_OPTIONS: string } {
  return { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(script)}` };
}

/** Sends the bin's own process a signal right before it creates its n-th file (from 0), or moves it to its place. */
function signalBefore(name: 'openSync' | 'rename', call: number, signal: NodeJS.Signals) {
  return preload(`
    import fs from '${name === 'rename' ? 'node:fs/promises' : 'node:fs'}';
    import { syncBuiltinESMExports } from 'node:module';
    const original = fs.${name};
    let calls = 0;
    fs.${name} = (...args) => {
      const isMeant = ${name === 'rename'} || args[1] === 'wx';
      if (isMeant && calls++ === ${call}) process.kill(process.pid, '${signal}');
      return original(...args);
    };
    syncBuiltinESMExports();
  `);
}

const generate = ['g', 'service', 'checkout', '--owner=team-payments'];

/** The scaffolded files with their contents; identities, which are random, are left out. */
async function scaffolded(): Promise<Readonly<Record<string, string>>> {
  const paths = (await platform.git('ls-files', '--others', '-z')).split('\0').filter((path) => path !== '');
  const files = paths.map(async (path) => [path, withoutIds(await platform.read(path))] as const);
  return Object.fromEntries(await Promise.all(files));
}

function withoutIds(text: string): string {
  return text.replace(/i-[0-9a-z]{16}/g, 'i-…').replace(/checkout-[0-9a-z]{5}\b/g, 'checkout-…');
}

describe('a scaffold that is interrupted', () => {
  let whole: Readonly<Record<string, string>>;
  beforeAll(async () => {
    expect(await idp(generate)).toMatchObject({ code: 0 });
    whole = await scaffolded();
    await platform.git('clean', '-qffd');
  });

  it.each([
    ['openSync', 9],
    ['rename', 0],
    ['rename', 9],
    ['rename', 17],
  ] as const)('by a kill before %s %i leaves whole files only, and the next run completes them', async (name, call) => {
    const killed = await idp(generate, signalBefore(name, call, 'SIGKILL'));
    expect(killed).toMatchObject({ signal: 'SIGKILL' });
    const left = await scaffolded();
    expect(whole).toMatchObject(left);
    expect(Object.keys(left)).toHaveLength(name === 'rename' ? call : 0);
    expect(left).not.toHaveProperty(['services/checkout/.idp/lock.yaml']);

    expect(await idp(generate)).toMatchObject({ code: 0 });
    expect(await scaffolded()).toEqual(whole);
    await platform.git('clean', '-qffd');
  });

  it('at any time leaves nothing, a part or all of it, and the next run completes it', async () => {
    for (let attempt = 0; attempt < 4; attempt += 1) {
      const after = 200 + attempt * 110;
      await idp(generate, {}, (child) => setTimeout(() => child.kill('SIGKILL'), after));
      expect(whole).toMatchObject(await scaffolded());
      expect(await idp(generate)).toMatchObject({ code: 0 });
      expect(await scaffolded()).toEqual(whole);
      await platform.git('clean', '-qffd');
    }
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('by %s finishes its writes first', async (signal) => {
    const ended = await idp(generate, signalBefore('rename', 3, signal));
    expect(ended).toMatchObject({ signal, code: null });
    expect(await scaffolded()).toEqual(whole);
    await platform.git('clean', '-qffd');
  });

  it('refuses to complete what is not its own', async () => {
    await platform.write('services/checkout/score.yaml', 'apiVersion: score.dev/v1b1\n');
    const ended = await idp(generate);
    expect(ended.code).toBe(1);
    expect(ended.stdout).toContain('"services/checkout/score.yaml" is not ours');
    expect(await platform.read('services/checkout/score.yaml')).toBe('apiVersion: score.dev/v1b1\n');
    await platform.git('clean', '-qffd');
  });
});

describe('a bug', () => {
  const broken = preload(`process.cwd = () => { throw new TypeError('no\\n folder') };`);

  it('is one line and 70', async () => {
    const ended = await idp(['validate'], broken);
    expect(ended).toEqual({ code: 70, signal: null, stdout: '', stderr: 'idp: a bug: no folder; please report it\n' });
  });

  it('is a finding for who reads JSON, and shows its stack when asked', async () => {
    const ended = await idp(['validate', '--format=json'], { ...broken, IDP_DEBUG: '1' });
    expect(ended.code).toBe(70);
    expect(JSON.parse(ended.stdout)).toMatchObject({ findings: [{ code: 'internal/bug', severity: 'error' }] });
    expect(ended.stderr).toMatch(/^idp: a bug: no folder; please report it\nTypeError: no\n folder\n +at /);
  });

  it('that nobody waits for is the same', async () => {
    const later = preload(`
      import processes from 'node:child_process';
      import { syncBuiltinESMExports } from 'node:module';
      const { spawn } = processes;
      processes.spawn = (...args) => {
        setImmediate(() => { throw new Error('out of the blue') });
        return spawn(...args);
      };
      syncBuiltinESMExports();
    `);
    const ended = await idp(['validate'], later);
    expect(ended).toMatchObject({ code: 70, stderr: 'idp: a bug: out of the blue; please report it\n' });
  });
});

describe('the output', () => {
  it('may be left early by who reads it', async () => {
    const ended = await idp(['render'], {}, (child) => child.stdout?.destroy());
    expect(ended).toEqual({ code: 0, signal: null, stdout: '', stderr: '' });
  });

  it('is written whole, though a pipe holds only a part of it', async () => {
    const { code, stdout } = await idp(['render', '--format=json']);
    expect(code).toBe(0);
    expect(stdout.length).toBeGreaterThan(65_536);
    expect(() => JSON.parse(stdout)).not.toThrow();
  });

  it('that cannot be written is no success', async () => {
    const argv = ['-c', 'exec "$0" "$1" render > /dev/full', process.execPath, bin];
    const ended = await new Promise<unknown>((done) =>
      execFile('sh', argv, { cwd: platform.root }, (error, _, stderr) => done([error?.code, stderr])),
    );
    expect(ended).toEqual([70, expect.stringMatching(/^idp: the output could not be written: .*ENOSPC.*\n$/)]);
  });

  it('has no colour in a pipe, and on a terminal only without NO_COLOR', async () => {
    const colour = '\u001b[';
    await platform.edit('services/payments/score.yaml', 'size: medium', 'size: huge');
    const piped = await idp(['validate']);
    const asTerminal = preload('process.stdout.isTTY = true;');
    const shown = await idp(['validate'], asTerminal);
    const plain = await idp(['validate'], { ...asTerminal, NO_COLOR: '1' });
    await platform.git('checkout', '--quiet', 'services');
    expect([piped.code, shown.code, plain.code]).toEqual([1, 1, 1]);
    expect(shown.stdout).toContain(colour);
    expect(piped.stdout).not.toContain(colour);
    expect(plain.stdout).toBe(piped.stdout);
  });

  it('helps, and that is no failure', async () => {
    const overview = await idp([]);
    expect(overview).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('A day with it:') });
    expect(await idp(['--help'])).toEqual(overview);
    const help = await idp(['promote', '--to=dev', '--help']);
    expect(help).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('Usage: idp promote') });
  });
});

describe('the number of git processes', () => {
  /** A git that writes down what it is asked. */
  async function loggingGit(): Promise<{ readonly env: { readonly PATH: string }; calls(): Promise<number> }> {
    const log = join(folder, 'git-calls');
    const path = join(folder, 'path');
    await mkdir(path, { recursive: true });
    const git = await new Promise<string>((done) =>
      execFile('sh', ['-c', 'command -v git'], (_, stdout) => done(stdout.trim())),
    );
    await writeFile(join(path, 'git'), `#!/bin/sh\necho "$*" >> '${log}'\nexec '${git}' "$@"\n`);
    await chmod(join(path, 'git'), 0o755);
    return {
      env: { PATH: `${path}${delimiter}${process.env['PATH'] ?? ''}` },
      async calls() {
        const text = await readFile(log, 'utf8');
        await rm(log);
        return text.trimEnd().split('\n').length;
      },
    };
  }

  it('does not grow with the number of services', async () => {
    const { env, calls } = await loggingGit();
    const measure = async (change: string) => {
      await platform.edit('services/storefront/score.yaml', 'PORT: "3000"', `PORT: "3000"\n      ${change}: "1"`);
      const validated = await idp(['validate', '--store=off'], env);
      expect(validated).toMatchObject({ code: 0 });
      const validate = await calls();
      await platform.merge(change);
      const promoted = await idp(['promote', '--to=dev'], env);
      expect(promoted).toMatchObject({ code: 0 });
      return { validate, promote: await calls() };
    };
    await idp(['promote', '--to=dev']);
    const few = await measure('FEW');

    const score = await platform.read('services/storefront/score.yaml');
    const descriptor = await platform.read('services/storefront/catalog-info.yaml');
    for (let index = 0; index < 30; index += 1) {
      const rename = (text: string) => text.replace('name: storefront', `name: shop-${index}`);
      await platform.write(`services/shop-${index}/score.yaml`, rename(score));
      await platform.write(`services/shop-${index}/catalog-info.yaml`, rename(descriptor));
    }
    expect(await idp(['lock'])).toMatchObject({ code: 0 });
    await platform.merge('Thirty more');
    await idp(['promote', '--to=dev']);
    expect(await measure('MANY')).toEqual(few);
    expect(few.validate).toBeLessThanOrEqual(8);
    expect(few.promote).toBeLessThanOrEqual(25);
  });
});
