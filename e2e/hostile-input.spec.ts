import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PlatformRepository, platformRepositoryIn } from './testing/platform-repository.ts';
import { callBin, type Ran } from './testing/run-bin.ts';

const score = 'services/payments/score.yaml';
const entity = 'catalog/hostile.yaml';
const template = 'capabilities/postgres/templates/deploy/cluster.yaml';
const system = (name: string, more = ''): string =>
  `apiVersion: backstage.io/v1alpha1\nkind: System\nmetadata:\n  name: ${name}\nspec:\n  owner: group:default/team-payments\n${more}`;

interface Finding {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly hint?: string;
  readonly path?: string;
  readonly line?: number;
  readonly column?: number;
}

interface Case {
  readonly name: string;
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly prepare?: (platform: PlatformRepository) => Promise<unknown>;
  /** `validate` unless it says otherwise. */
  readonly command?: readonly string[];
  readonly code: string;
  /** `path`, or `path:line:column`. */
  readonly at: string;
}

const bomb = `${['a: &a [x, x, x, x, x, x, x, x, x]', ...'bcdefgh'.split('').map((name, index) => `${name}: &${name} [${`*${'abcdefg'[index]}, `.repeat(9)}]`)].join('\n')}\n`;
const scoreWith = (name: string, rest: string): string =>
  `apiVersion: score.dev/v1b1\nmetadata:\n  name: ${name}\n${rest}`;
const container = 'containers:\n  main:\n    image: example.com/x:1\n';

const cases: readonly Case[] = [
  { name: 'an alias bomb', files: { [entity]: bomb }, code: 'source/invalid-yaml', at: `${entity}:6:7` },
  {
    name: 'a file of 50 MB',
    files: { [entity]: `# ${'x'.repeat(50 * 1024 * 1024)}\n` },
    code: 'source/too-large',
    at: entity,
  },
  {
    name: 'a file that is not UTF-8',
    files: { [entity]: Uint8Array.of(0x61, 0x3a, 0x20, 0xff, 0xfe) },
    code: 'source/not-utf8',
    at: entity,
  },
  {
    name: 'deep nesting',
    files: { [entity]: `a: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n` },
    code: 'source/invalid-yaml',
    at: `${entity}:1:103`,
  },
  {
    name: 'deep nesting by indentation',
    files: { [entity]: Array.from({ length: 1000 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('') },
    code: 'source/invalid-yaml',
    at: `${entity}:100:100`,
  },
  {
    name: 'a key `__proto__`',
    files: { [entity]: system('hostile', '  __proto__: { polluted: true }\n') },
    code: 'source/invalid-yaml',
    at: `${entity}:7:3`,
  },
  {
    name: 'a loop of symbolic links',
    prepare: ({ root }) => symlink('loop.yaml', join(root, 'catalog/loop.yaml')),
    code: 'source/symlink',
    at: 'catalog/loop.yaml',
  },
  {
    name: 'a symbolic link to a folder above',
    prepare: ({ root }) => symlink('..', join(root, 'catalog/above')),
    code: 'source/symlink',
    at: 'catalog/above',
  },
  {
    name: 'an unknown kind',
    files: { [entity]: system('hostile').replace('System', 'Sistem') },
    code: 'catalog/unknown-kind',
    at: `${entity}:2:7`,
  },
  {
    name: 'a name of 64 characters',
    files: { [entity]: system('x'.repeat(64)) },
    code: 'catalog/wrong-value',
    at: `${entity}:4:9`,
  },
  {
    name: 'two entities of one name',
    files: { [entity]: system('twin'), 'catalog/other.yaml': system('twin') },
    code: 'catalog/duplicate-entity',
    at: 'catalog/other.yaml:4:9',
  },
  {
    name: 'names that collide when case is ignored',
    files: { [entity]: system('twin'), 'catalog/other.yaml': system('Twin') },
    code: 'catalog/duplicate-entity',
    at: 'catalog/other.yaml:4:9',
  },
  {
    name: 'a missing owner',
    files: { [entity]: system('hostile').replace('  owner: group:default/team-payments\n', '  domain: nothing\n') },
    code: 'catalog/missing-field',
    at: entity,
  },
  {
    name: 'an own kind of the wrong group',
    files: {
      'environments/odd.yaml':
        'apiVersion: example.com/v1\nkind: Environment\nmetadata: { name: odd }\nspec: { targets: [{ name: eu, cluster: eu }] }\n',
    },
    code: 'environment/wrong-value',
    at: 'environments/odd.yaml:1:13',
  },
  {
    name: 'a service with zero containers',
    files: { [score]: scoreWith('payments', 'containers: {}\n') },
    code: 'workload/wrong-value',
    at: `${score}:4:13`,
  },
  {
    name: 'a template that fails',
    prepare: ({ edit }) => edit(template, 'params.replicas', 'params.replcias'),
    code: 'template/unknown-path',
    at: template,
  },
  {
    name: 'a template that is no YAML',
    prepare: async ({ edit, idp }) => {
      await edit(template, 'spec:', 'spec: [');
      expect(await idp('lock')).toMatchObject({ code: 0 });
    },
    command: ['check'],
    code: 'template/invalid-yaml',
    at: template,
  },
  {
    name: 'a template in which YAML meets what it may not splice',
    prepare: ({ edit }) => edit(template, 'spec:', 'x-{{service.name}}: 1\nspec:'),
    code: 'template/bare-value',
    at: template,
  },
  {
    name: 'a container whose image is missing',
    files: { [score]: scoreWith('payments', 'containers:\n  main: {}\n') },
    code: 'workload/missing-field',
    at: `${score}:5:3`,
  },
  {
    name: 'a placeholder that never ends',
    files: { [score]: scoreWith('payments', `${container}    variables:\n      A: \${resources.\n`) },
    code: 'resolve/invalid-placeholder',
    at: `${score}:8:10`,
  },
];

let folder: string;
let platform: PlatformRepository;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'idp-hostile-'));
  platform = await platformRepositoryIn(folder, ['services']);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const findingsOf = ({ stdout }: Ran): readonly Finding[] =>
  (JSON.parse(stdout) as { findings: readonly Finding[] }).findings;

describe('hostile input', () => {
  it.each(cases.map((one) => [one.name, one] as const))(
    '%s',
    async (_name, { files = {}, prepare, command = ['validate'], code, at }) => {
      try {
        for (const [path, content] of Object.entries(files)) await writeFile(join(platform.root, path), content);
        await prepare?.(platform);
        const ran = await platform.idp(...command, '--format=json');
        expect(ran).toMatchObject({ code: 1, stderr: '' });
        const [path, line, column] = at.split(':');
        const found = findingsOf(ran).find((finding) => finding.path === path && finding.severity === 'error');
        const place = line === undefined ? {} : { line: Number(line), column: Number(column) };
        expect(found).toMatchObject({ code, hint: expect.any(String), ...place });
        // A link has no lines; every file has.
        if (code !== 'source/symlink') expect([found?.line, found?.column].every(Number.isInteger)).toBe(true);
        expect(ran.stdout.length).toBeLessThan(200_000);
        expect(ran.stdout).not.toMatch(/ {4}at .*\.(ts|mjs):\d+/);
      } finally {
        await platform.git('reset', '--quiet', '--hard');
        await platform.git('clean', '-qfd');
      }
    },
  );
});

describe('options of a generator that shells, YAML or file systems would obey', () => {
  const hostile = [
    '$(touch pwned)',
    '`touch pwned`',
    'a; touch pwned',
    'a\nkind: Pod',
    '{{yaml x}}',
    "a' || true '",
    '../../pwned',
    '- [a',
    '&a *a',
    '%0a',
    '\u202echeckout',
    '-rf',
    '__proto__',
    'con',
    'a'.repeat(300),
  ];

  it.each(hostile)('as a name: %j', async (name) => {
    const ran = await platform.idp('g', 'service', '--owner=team-payments', '--format=json', '--', name);
    expect(ran.code, ran.stdout).toBeGreaterThan(0);
    expect(ran.code).toBeLessThan(3);
    expect(findingsOf(ran)).not.toEqual([]);
    expect(await platform.git('status', '--porcelain', '--ignored')).toBe('');
  });

  it.each(hostile.slice(0, 8))('as an owner: %j', async (owner) => {
    const ran = await platform.idp('g', 'service', 'checkout', `--owner=${owner}`, '--format=json');
    expect(ran.code, ran.stdout).toBeGreaterThan(0);
    expect(ran.code).toBeLessThan(3);
    expect(await platform.git('status', '--porcelain', '--ignored')).toBe('');
  });

  it.each(hostile.slice(0, 9))('as a title, which is any text, it stays that text: %j', async (title) => {
    try {
      const ran = await platform.idp(
        'g',
        'service',
        'checkout',
        '--owner=team-payments',
        `--title=${title}`,
        '--format=json',
      );
      if (ran.code !== 0) {
        expect([1, 2]).toContain(ran.code);
        expect(await platform.git('status', '--porcelain', '--ignored')).toBe('');
        return;
      }
      const validated = await platform.idp('validate', '--service=checkout', '--format=json');
      expect(findingsOf(validated).filter(({ severity }) => severity === 'error')).toEqual([]);
      const { stdout } = await platform.idp('render', 'checkout', '--environment=dev', '--format=json');
      expect(stdout).not.toContain('"kind":"Pod"');
    } finally {
      await platform.git('clean', '-qfdx');
    }
  });
});

describe('a disk that is full in mid-write', () => {
  const bin = resolve(import.meta.dirname, '../packages/cli/bin/idp.mjs');

  /** The kernel refuses to let any file grow beyond some blocks of 1 kB: the write fails after its first part. */
  async function withLimit(blocks: number, ...args: readonly string[]): Promise<Ran> {
    const words = [process.execPath, bin, ...args].map((word) => `'${word}'`).join(' ');
    try {
      const { stdout, stderr } = await promisify(execFile)('bash', ['-c', `ulimit -f ${blocks}; exec ${words}`], {
        cwd: platform.root,
        env: { ...process.env, NO_COLOR: '1' },
      });
      return { code: 0, stdout, stderr };
    } catch (error) {
      return error as Ran;
    }
  }

  it('leaves nothing of a service, says so, and the next run writes it whole', async () => {
    // Larger than all that git itself has to write, so that the limit is met in the middle of this file.
    await platform.write('capabilities/node-service/templates/scaffold/docs/large.md', 'a line\n'.repeat(20_000));
    await platform.merge('a large file');
    const ran = await withLimit(100, 'g', 'service', 'checkout', '--owner=team-payments', '--format=json');
    expect(findingsOf(ran)).toMatchObject([{ code: 'write/failed', message: expect.stringContaining('EFBIG') }]);
    expect(ran.code).toBe(1);
    expect(await platform.git('status', '--porcelain', '--ignored')).toBe('');
    expect(await platform.idp('g', 'service', 'checkout', '--owner=team-payments')).toMatchObject({ code: 0 });
    expect(await platform.idp('validate', '--service=checkout')).toMatchObject({ code: 0 });
    expect(await platform.read('services/checkout/docs/large.md')).toHaveLength(140_000);
  });

  it('before anything is written is no bug of the tool', async () => {
    const ran = await withLimit(1, 'validate', '--format=json');
    expect(findingsOf(ran)).toMatchObject([{ code: 'usage/system', hint: expect.stringContaining('disk') }]);
    expect(ran.code).toBe(2);
  });
});

it('runs in an empty repository, which has no catalog at all, and says what it misses', async () => {
  const root = await mkdtemp(join(folder, 'empty-'));
  await platform.git('init', '--quiet', root);
  const ran = await callBin(root, ['validate']);
  expect(ran.code).toBe(2);
  expect(ran.stderr).toContain('no catalog, services, capabilities or environments');
});
