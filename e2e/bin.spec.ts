import { type ChildProcess, execFile } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const building = 'idp: building, because the sources have changed\n';

interface Ended {
  readonly code: ChildProcess['exitCode'] | string | null | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

let folder: string;
let dist: string;

/** A workspace with the real shim and build, and a bin of two files that prints its arguments. */
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'idp-bin-')));
  dist = join(folder, 'packages/cli/dist');
  for (const name of ['build.mjs', 'compile-schemas.mjs', 'native-hashes.mjs', 'bin', 'package.json']) {
    cpSync(join(root, 'packages/cli', name), join(folder, 'packages/cli', name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  write('package-lock.json', '{}');
  write('packages/cli/src/main.ts', main("(await import('./say.ts')).say(argv)"));
  write(
    'packages/cli/src/say.ts',
    "export const say = (argv: readonly string[]): string => `said ${argv.join(' ')}`;\n",
  );
  write(
    'packages/cli/src/service.ts',
    `export const main = async ([, , name]: readonly string[]) => (name === 'alone' ? 1 : undefined);\n`,
  );
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function main(text: string): string {
  return `export async function main(argv: readonly string[]): Promise<number> {
  process.stdout.write(${text});
  return argv.length;
}\n`;
}

function write(path: string, content: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

function builds(): readonly string[] {
  return readdirSync(dist).filter((name) => name.startsWith('build-'));
}

function dataUrl(module: string): string {
  return `data:text/javascript,${encodeURIComponent(module)}`;
}

interface Start {
  readonly cwd?: string;
  readonly bin?: string;
  /** Options of Node. */
  readonly host?: readonly string[];
}

function idp(args: readonly string[], options: Start = {}): Promise<Ended> {
  const { cwd = folder, bin = join(folder, 'packages/cli/bin/idp.mjs'), host = [] } = options;
  return new Promise((done) => {
    execFile(process.execPath, [...host, bin, ...args], { cwd }, (error, stdout, stderr) =>
      done({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

describe('the bin', () => {
  it('builds when there is no build, says so on standard error only, and runs it', async () => {
    expect(await idp(['a', 'b'])).toEqual({ code: 2, stdout: 'said a b', stderr: building });
    expect(await idp([])).toEqual({ code: 0, stdout: 'said ', stderr: '' });
  });

  it('builds also where a hook of its host loads nothing of the build, as the one of Nx does not', async () => {
    const hook =
      'export function resolve(name, context, next) { if (/(^|[/])build.mjs$/.test(name)) throw new Error("refused"); return next(name, context); }';
    const registering = `import { register } from "node:module"; register(${JSON.stringify(dataUrl(hook))});`;
    const ended = await idp(['x'], { host: ['--import', dataUrl(registering)] });
    expect(ended).toEqual({ code: 1, stdout: 'said x', stderr: building });
  });

  it('works from any folder and through links', async () => {
    symlinkSync(join(folder, 'packages/cli/bin/idp.mjs'), join(folder, 'linked'));
    symlinkSync(join(folder, 'packages'), join(folder, 'elsewhere'));
    await idp([]);
    const said = { code: 1, stdout: 'said x', stderr: '' };
    expect(await idp(['x'], { cwd: tmpdir(), bin: join(folder, 'linked') })).toEqual(said);
    expect(await idp(['x'], { cwd: '/', bin: join(folder, 'elsewhere/cli/bin/idp.mjs') })).toEqual(said);
  });

  it('never runs a build of older sources', async () => {
    await idp([]);
    write('packages/cli/src/say.ts', "export const say = (): string => 'edited';\n");
    expect(await idp([])).toEqual({ code: 0, stdout: 'edited', stderr: building });
    write('packages/cli/src/added.ts', "export const added = 'added';\n");
    write('packages/cli/src/say.ts', "export { added } from './added.ts';\nexport const say = (): string => 'same';\n");
    write('packages/cli/src/main.ts', main("(await import('./say.ts')).added"));
    expect((await idp([])).stdout).toBe('added');
    write('packages/cli/src/added.ts', "export const added = 'later';\n");
    expect((await idp([])).stdout).toBe('later');
  });

  it('sees an edit that keeps the size', async () => {
    await idp([]);
    write(
      'packages/cli/src/say.ts',
      "export const say = (argv: readonly string[]): string => `SAID ${argv.join(' ')}`;\n",
    );
    expect((await idp(['x'])).stdout).toBe('SAID x');
  });

  it.each(['package-lock.json', 'packages/cli/package.json'])('builds again after a change of %s', async (path) => {
    await idp([]);
    write(path, `${readFileSync(join(folder, path), 'utf8')}\n`);
    expect((await idp([])).stderr).toBe(building);
  });

  it('does not build again when only times have changed', async () => {
    await idp([]);
    const before = readdirSync(dist).sort();
    utimesSync(join(folder, 'packages/cli/src/say.ts'), 1, 1);
    expect((await idp([])).stderr).toBe('');
    expect(readdirSync(dist).sort()).toEqual(before);
  });

  it.each(['', '{', '{"build":"gone","inputs":[]}', '[]'])('mends a stamp that reads %j', async (stamp) => {
    await idp([]);
    write('packages/cli/dist/stamp.json', stamp);
    expect(await idp(['x'])).toEqual({ code: 1, stdout: 'said x', stderr: building });
  });

  it('keeps a superseded build for the processes that may still load parts of it', async () => {
    await idp([]);
    const [before = ''] = builds();
    const longAgo = () => utimesSync(join(dist, before), 1, 1);
    longAgo();
    write('packages/cli/src/say.ts', "export const say = (): string => 'edited';\n");
    await idp([]);
    expect(builds()).toContain(before);
    longAgo();
    write('packages/cli/src/say.ts', "export const say = (): string => 'edited again';\n");
    await idp([]);
    expect(builds()).toHaveLength(2);
    expect(builds()).not.toContain(before);
  });

  it('makes one build when several processes start at once, and leaves nothing else', async () => {
    const ended = await Promise.all([idp(['1']), idp(['1']), idp(['1'])]);
    for (const { code, stdout } of ended) expect([code, stdout]).toEqual([1, 'said 1']);
    expect(
      readdirSync(dist)
        .map((name) => name.replace(/-.*/, '-*'))
        .sort(),
    ).toEqual(['build-*', 'stamp.json']);
  });

  it('keeps what it compiled, for each verb, and does without where that is not what it was', async () => {
    await idp(['help']);
    write('packages/cli/src/say.ts', "export const say = (): string => '';\n");
    expect((await idp(['--help'])).code).toBe(1);
    await idp(['validate', 'x']);
    const build = join(dist, JSON.parse(readFileSync(join(dist, 'stamp.json'), 'utf8')).build);
    const compiled = () => readdirSync(build).filter((name) => name.endsWith('.compiled'));
    const verbsOf = () => compiled().map((name) => name.split('.')[1]);
    // A run that ended with 2 is no example of what the next one needs.
    expect(verbsOf()).toEqual(['help']);
    const file = join(build, compiled()[0] ?? '');
    const before = readFileSync(file);
    for (const broken of [Buffer.alloc(0), before.subarray(0, 1000), Buffer.alloc(before.length)]) {
      writeFileSync(file, broken);
      expect(await idp(['--help'])).toEqual({ code: 1, stdout: '', stderr: '' });
      expect(readFileSync(file).length).toBeGreaterThan(1000);
    }
    await idp(['plan']);
    expect(verbsOf()).toEqual(['help', 'plan']);
  });

  it('adds a service by a script of its own, which leaves to the whole what it does not do', async () => {
    expect(await idp(['g', 'service', 'alone'])).toEqual({ code: 1, stdout: '', stderr: building });
    expect(await idp(['g', 'service', 'x'])).toEqual({ code: 3, stdout: 'said g service x', stderr: '' });
    expect(await idp(['g', 'add', 'alone'])).toEqual({ code: 3, stdout: 'said g add alone', stderr: '' });
  });

  it('ends with 70 when the sources do not compile, and runs nothing', async () => {
    await idp([]);
    write('packages/cli/src/say.ts', 'export const say = ;\n');
    const { code, stdout, stderr } = await idp(['x']);
    expect([code, stdout]).toEqual([70, '']);
    expect(stderr).toContain('say.ts:1:');
  });

  it('ends with 70 when it is stale and esbuild is not installed', async () => {
    await idp([]);
    rmSync(join(folder, 'node_modules'));
    expect((await idp(['x'])).stdout).toBe('said x');
    write('packages/cli/src/say.ts', "export const say = (): string => 'edited';\n");
    const { code, stdout, stderr } = await idp(['x']);
    expect([code, stdout]).toEqual([70, '']);
    expect(stderr).toContain('esbuild is not installed here: run `npm ci`');
  });

  it('needs no right to write when it is fresh', async () => {
    await idp([]);
    utimesSync(join(folder, 'packages/cli/src/say.ts'), 1, 1);
    chmodSync(dist, 0o555);
    expect(await idp(['x'])).toEqual({ code: 1, stdout: 'said x', stderr: '' });
    chmodSync(dist, 0o755);
  });
});
