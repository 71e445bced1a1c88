import { chmod, mkdir, mkdtemp, readdir, rename, rm, symlink, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PlatformRepository, platformRepositoryIn, threeServices } from './testing/platform-repository.ts';
import { callBin, type Ran } from './testing/run-bin.ts';

const score = 'services/payments/score.yaml';
const descriptor = 'services/payments/catalog-info.yaml';
const lock = 'services/payments/.idp/lock.yaml';
const cluster = 'capabilities/postgres/templates/deploy/cluster.yaml';
const scaffold = 'capabilities/node-service/templates/scaffold';

interface Finding {
  readonly code: string;
  readonly severity: string;
  readonly path?: string;
  readonly line?: number;
  readonly column?: number;
  readonly hint?: string;
}

interface Case {
  readonly name: string;
  /** A file with what is replaced in it by what, or anything else that is done to the repository. */
  readonly edit?:
    | readonly [path: string, before: string, after: string]
    | ((platform: PlatformRepository) => Promise<unknown>);
  /** `validate` unless it says otherwise. */
  readonly command?: readonly string[];
  readonly exit?: number;
  readonly code: string;
  readonly severity?: 'warning';
  /** `path`, or `path:line:column`; not for what is wrong with the command itself. */
  readonly at?: string;
  readonly hint: string;
}

/** What is in the files is wrong: by `validate`, with a place. */
const inFiles: readonly Case[] = [
  {
    name: 'broken YAML',
    edit: [score, '    image: .', '    image: [.'],
    code: 'source/invalid-yaml',
    at: `${score}:14:12`,
    hint: 'close it, or indent what belongs to it deeper',
  },
  {
    name: 'a tab in YAML',
    edit: [score, '    image: .', '\timage: .'],
    code: 'source/invalid-yaml',
    at: `${score}:14:1`,
    hint: 'indent with spaces',
  },
  {
    name: 'a duplicate key',
    edit: [score, '  name: payments\n', '  name: payments\n  name: payments\n'],
    code: 'source/invalid-yaml',
    at: `${score}:8:3`,
    hint: 'keep one of them',
  },
  {
    name: 'an unknown field of an own kind',
    edit: ['environments/dev.yaml', 'promotion:', 'promotoin:'],
    code: 'environment/unknown-field',
    at: 'environments/dev.yaml:10:3',
    hint: 'did you mean "promotion"?',
  },
  {
    name: 'an unknown field of a Score file',
    edit: [score, '    variables:', '    varables:'],
    code: 'workload/unknown-field',
    at: `${score}:15:5`,
    hint: 'did you mean "variables"?',
  },
  {
    name: 'an unknown field of a Backstage kind',
    edit: [descriptor, '  lifecycle:', '  lifecycel: x\n  lifecycle:'],
    exit: 0,
    code: 'catalog/unknown-field',
    severity: 'warning',
    at: `${descriptor}:16:3`,
    hint: 'did you mean "lifecycle"?',
  },
  {
    name: 'the dangling owner of a service',
    edit: [descriptor, 'team-payments', 'team-paymens'],
    code: 'catalog/unresolved-reference',
    at: `${descriptor}:17:10`,
    hint: 'did you mean "group:default/team-payments"?',
  },
  {
    name: 'the dangling owner of a capability',
    edit: ['capabilities/postgres/capability.yaml', 'team-data', 'team-dat'],
    code: 'capability/unknown-owner',
    at: 'capabilities/postgres/capability.yaml:13:10',
    hint: 'did you mean "group:default/team-data"?',
  },
  {
    name: 'one component in two folders',
    edit: ['services/invoices/catalog-info.yaml', 'name: invoices', 'name: payments'],
    code: 'catalog/duplicate-entity',
    at: 'services/invoices/catalog-info.yaml:5:9',
    hint: 'the other one is services/payments/catalog-info.yaml:5; keep one of them',
  },
  {
    name: 'a service that is a copy of another, its lock included',
    edit: copyPayments,
    code: 'resolve/duplicate-identity',
    at: 'services/payouts/.idp/lock.yaml:41:9',
    hint: 'delete this lock and run `npx idp lock payouts`',
  },
  {
    name: 'an edited file that the platform manages',
    edit: ['services/payments/Dockerfile', 'EXPOSE 8080', 'EXPOSE 80'],
    code: 'scaffold/managed-file-changed',
    at: 'services/payments/Dockerfile:1:1',
    hint: '`npx idp lock payments` writes it anew',
  },
  {
    name: 'a folder whose name is no DNS label',
    edit: ({ root }) => rename(join(root, 'services/payments'), join(root, 'services/Pay_ments')),
    code: 'workload/name',
    at: 'services/Pay_ments/score.yaml:7:9',
    hint: 'lower-case letters, digits and `-`',
  },
  {
    name: 'a name that is no DNS label',
    edit: [score, 'name: payments', 'name: Pay_ments'],
    code: 'workload/name',
    at: `${score}:7:9`,
    hint: 'give both the same name',
  },
  {
    name: 'a parameter outside its schema',
    edit: [score, 'size: medium', 'size: huge'],
    code: 'resolve/parameter-wrong-value',
    at: `${score}:52:13`,
    hint: 'one of small, medium, large',
  },
  {
    name: 'a value of an environment outside its schema',
    edit: ['environments/dev.yaml', 'replicas: 1', 'replicas: many'],
    code: 'environment/values',
    at: 'environments/dev.yaml:17:15',
    hint: 'write the number without quotes',
  },
  {
    name: 'a placeholder of an output that does not exist',
    edit: [score, 'resources.db.host', 'resources.db.hots'],
    code: 'resolve/unknown-output',
    at: `${score}:19:16`,
    hint: 'did you mean "host"?',
  },
  {
    name: 'a placeholder of a resource that does not exist',
    edit: [score, 'resources.db.host', 'resources.dbb.host'],
    code: 'resolve/unknown-resource',
    at: `${score}:19:16`,
    hint: 'did you mean "db"?',
  },
  {
    name: 'the same in a file with CRLF',
    edit: async ({ read, write }) =>
      write(score, (await read(score)).replace('db.host', 'db.hots').replaceAll('\n', '\r\n')),
    code: 'resolve/unknown-output',
    at: `${score}:19:16`,
    hint: 'did you mean "host"?',
  },
  {
    name: 'a capability that does not exist',
    edit: [score, 'type: postgres', 'type: postgress'],
    code: 'resolve/unknown-capability',
    at: `${score}:50:11`,
    hint: 'did you mean "postgres"?',
  },
  {
    name: 'a template path that the schema lacks',
    edit: [cluster, 'params.replicas', 'params.replcias'],
    code: 'template/unknown-path',
    at: `${cluster}:6:21`,
    hint: 'did you mean "replicas"?',
  },
  {
    name: 'a template that splices text into YAML',
    edit: [cluster, '{{yaml instance.name}}', '{{instance.name}}'],
    code: 'template/bare-value',
    at: `${cluster}:4:9`,
    hint: 'write `{{yaml instance.name}}`',
  },
  {
    name: 'a stale lock: a resource without an identity',
    edit: [score, 'resources:\n  db:', 'resources:\n  cache:\n    type: postgres\n  db:'],
    code: 'resolve/lock-outdated',
    at: `${lock}:38:1`,
    hint: '`npx idp lock payments` brings it up to date',
  },
  {
    name: 'a stale lock: a version that the workspace no longer has',
    edit: ['capabilities/postgres/package.json', '1.1.0', '1.2.0'],
    code: 'resolve/lock-outdated',
    at: `${lock}:17:5`,
    hint: '`npx idp lock payments` brings it up to date',
  },
  {
    name: '`..` in the files of a lock',
    edit: [lock, '  Dockerfile: managed', '  ../../x: managed\n  Dockerfile: managed'],
    code: 'lock/wrong-value',
    at: `${lock}:23:3`,
    hint: "A path inside the service's folder.",
  },
  {
    name: '`..` in the namespace of a lock',
    edit: [lock, 'namespace: payments', 'namespace: ../../x'],
    code: 'lock/wrong-value',
    at: `${lock}:43:12`,
    hint: 'The Kubernetes namespace',
  },
  {
    name: '`..` in the name of a target',
    edit: ['environments/dev.yaml', '- name: eu', '- name: ../eu'],
    code: 'environment/wrong-value',
    at: 'environments/dev.yaml:12:13',
    hint: 'a folder below `manifests/`',
  },
  {
    name: 'a symbolic link in place of a Score file',
    edit: ({ root }) => link(root, 'services/payments/score.yaml', '/etc/passwd'),
    code: 'source/symlink',
    at: `${score}:1:1`,
    hint: 'put the file itself here',
  },
  {
    name: 'a symbolic link in place of a service',
    edit: ({ root }) => link(root, 'services/checkout', '../../outside'),
    code: 'source/symlink',
    at: 'services/checkout',
    hint: 'put the folder itself here',
  },
  {
    name: 'a symbolic link in a scaffold',
    edit: ({ root }) => link(root, `${scaffold}/leak.txt`, '/etc/passwd'),
    code: 'capability/symlink',
    at: `${scaffold}/leak.txt:1:1`,
    hint: 'put the file itself here',
  },
  {
    name: 'settings with an unknown field',
    edit: ['idp.yaml', '  branch: main', '  brnach: main'],
    code: 'platform/unknown-field',
    at: 'idp.yaml:11:3',
    hint: 'did you mean "branch"?',
  },
  {
    name: 'a minimum version that is none',
    edit: ['idp.yaml', '  branch: main', '  branch: main\n  minimumToolVersion: banana'],
    code: 'platform/wrong-value',
    at: 'idp.yaml:12:23',
    hint: '0.1.0',
  },
];

/** A verb that would act on what is wrong does nothing instead. */
const refused: readonly Case[] = [
  {
    name: 'a promotion by settings that cannot be read',
    edit: ['idp.yaml', '  branch: main', '  brnach: main'],
    command: ['promote', '--to=dev'],
    code: 'platform/unknown-field',
    at: 'idp.yaml:11:3',
    hint: 'did you mean "branch"?',
  },
  {
    name: 'a scaffold by settings that cannot be read',
    edit: ['idp.yaml', '  branch: main', '  branch: ['],
    command: ['g', 'service', 'checkout', '--owner=team-payments'],
    code: 'source/invalid-yaml',
    at: 'idp.yaml:11:11',
    hint: 'close it, or indent what belongs to it deeper',
  },
  {
    name: 'a platform that needs a newer tool',
    edit: ['idp.yaml', '  branch: main', '  branch: main\n  minimumToolVersion: 9.0.0'],
    exit: 2,
    code: 'usage/old-tool',
    at: 'idp.yaml:12:23',
    hint: 'update the tool',
  },
  {
    name: 'a patch whose target is missing',
    edit: patchWithoutTarget,
    command: ['check'],
    code: 'render/patch-without-target',
    at: 'capabilities/node-service/patches/node-runtime.yaml:3:3',
    hint: 'Deployment payments',
  },
  {
    name: 'a scaffold with a link in it',
    edit: ({ root }) => link(root, `${scaffold}/leak.txt`, '/etc/passwd'),
    command: ['g', 'service', 'checkout', '--owner=team-payments'],
    code: 'capability/symlink',
    at: `${scaffold}/leak.txt:1:1`,
    hint: 'put the file itself here',
  },
  {
    name: 'a scaffold through a link',
    edit: ({ root }) => link(root, 'services/checkout', '../../outside'),
    command: ['g', 'service', 'checkout', '--owner=team-payments'],
    code: 'write/refused-path',
    at: 'services/checkout',
    hint: 'replace the link by what it leads to',
  },
  {
    name: 'a scaffold through a link that git ignores',
    edit: async ({ root, write }) => {
      await write('.gitignore', 'services/checkout\n');
      await link(root, 'services/checkout', '../../outside');
    },
    command: ['g', 'service', 'checkout', '--owner=team-payments'],
    code: 'write/refused-path',
    at: 'services/checkout',
    hint: 'replace the link by what it leads to',
  },
  {
    name: 'a lock through a link',
    edit: ({ root }) => link(root, 'services/payments/.idp', '../../../outside'),
    command: ['lock', 'payments'],
    code: 'write/refused-path',
    at: 'services/payments/.idp',
    hint: 'replace the link by what it leads to',
  },
  {
    name: 'a scaffold outside of services/',
    command: ['g', 'service', '../x', '--owner=team-payments'],
    exit: 2,
    code: 'scaffold/name',
    hint: 'lower-case letters, digits and `-`',
  },
  {
    name: 'a scaffold over a folder that is not its own',
    command: ['g', 'service', 'storefront', '--owner=team-payments'],
    code: 'scaffold/service-exists',
    hint: 'choose another name',
  },
  {
    name: 'a parameter outside its schema',
    command: ['g', 'add', 'invoices', 'postgres', '--as=second', '--size=huge'],
    exit: 2,
    code: 'scaffold/parameter',
    hint: 'one of small, medium, large',
  },
  {
    name: 'a parameter that is missing',
    command: ['g', 'add', 'invoices', 'http-route', '--as=second'],
    exit: 2,
    code: 'scaffold/parameter',
    hint: 'give it: `--hostname=…`',
  },
  {
    name: 'a gated environment',
    command: ['promote', '--to=prod'],
    exit: 3,
    code: 'promote/gated',
    at: 'environments/prod.yaml:32:3',
    hint: 'without `gates`',
  },
];

/** The command line asks for what is not there: 2, and the nearest name. */
const misspelt: readonly (readonly [command: readonly string[], code: string, hint: string])[] = [
  [['validte'], 'usage/unknown-verb', 'did you mean "validate"?'],
  [['validate', '--servce=payments'], 'usage/unknown-option', 'did you mean "--service"?'],
  [['promote'], 'usage/option', 'The environment.'],
  [['promote', '--to=dev', '--retries=many'], 'usage/option', 'number'],
  [['validate', '--service=paymens'], 'usage/unknown-service', 'did you mean "payments"?'],
  [['render', '--environment=dve'], 'usage/unknown-environment', 'did you mean "dev"?'],
  [['plan', '--environment=dve'], 'usage/unknown-environment', 'did you mean "dev"?'],
  [['plan', '--base=nowhere'], 'usage/unknown-base', 'name another with --base'],
  [['promote', '--to=dve'], 'usage/unknown-environment', 'did you mean "dev"?'],
  [['promote', '--to=dev', '--source=nowhere'], 'usage/unknown-source', 'fetch it first'],
  [['lock', 'paymens'], 'scaffold/unknown-service', 'did you mean "payments"?'],
  [['validate', '--root=nowhere'], 'usage/no-folder', '--root'],
  [['validate', '--root=idp.yaml'], 'usage/no-folder', '--root'],
];

let folder: string;
let platform: PlatformRepository;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'idp-e2e-'));
  platform = await platformRepositoryIn(folder, threeServices);
  await mkdir(join(folder, 'outside'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function link(root: string, path: string, target: string): Promise<void> {
  await rm(join(root, path), { recursive: true, force: true });
  await symlink(target, join(root, path));
}

/** All files of payments in another folder, with the names changed as a person would. */
async function copyPayments({ read, write }: PlatformRepository): Promise<void> {
  for (const path of [score, descriptor])
    await write(path.replace('payments', 'payouts'), (await read(path)).replace('name: payments', 'name: payouts'));
  await write(lock.replace('payments', 'payouts'), await read(lock));
}

async function patchWithoutTarget({ edit, idp }: PlatformRepository): Promise<void> {
  await edit(
    'capabilities/node-service/patches/node-runtime.yaml',
    'kind: {{yaml renderer.workloadKind}}',
    'kind: StatefulSet',
  );
  expect(await idp('lock')).toMatchObject({ code: 0 });
}

/** Nothing is left of a case. */
async function restore(): Promise<void> {
  await platform.git('reset', '--quiet', '--hard');
  await platform.git('clean', '-qfd');
  await rm(join(platform.root, 'services/checkout'), { recursive: true, force: true });
}

function findingsOf({ stdout }: Ran): readonly Finding[] {
  const { findings } = JSON.parse(stdout) as { findings: readonly Finding[] };
  return findings;
}

/** The state of every file, those that git ignores included. */
async function files(): Promise<string> {
  const status = await platform.git('status', '--porcelain', '--ignored', '--untracked-files=all');
  return `${status}${await platform.git('diff')}${(await readdir(join(folder, 'outside'))).join()}`;
}

describe.each([
  ['in files', inFiles],
  ['that a verb refuses', refused],
])('bad input %s', (_, cases) => {
  it.each(cases.map((one) => [one.name, one] as const))(
    '%s',
    async (_name, { edit, command = ['validate'], exit = 1, code, severity = 'error', at, hint }) => {
      try {
        if (typeof edit === 'function') await edit(platform);
        else if (edit !== undefined) await platform.edit(...edit);
        const before = await files();
        const ran = await platform.idp(...command, '--format=json');
        const after = await files();

        expect(ran).toMatchObject({ code: exit, stderr: '' });
        const [path, line, column] = at?.split(':') ?? [];
        const place = {
          ...(path !== undefined && { path }),
          ...(line !== undefined && { line: Number(line), column: Number(column) }),
        };
        expect(findingsOf(ran)).toContainEqual(
          expect.objectContaining({ code, severity, ...place, hint: expect.stringContaining(hint) }),
        );
        expect(findingsOf(ran).filter((finding) => finding.hint === undefined)).toEqual([]);
        expect(after).toBe(before);
      } finally {
        await restore();
      }
    },
  );
});

describe('a command line that asks for what is not there', () => {
  it.each(misspelt)('%j', async (command, code, hint) => {
    const ran = await platform.idp(...command, '--format=json');
    expect(ran).toMatchObject({ code: 2, stderr: '' });
    expect(findingsOf(ran)).toEqual([
      expect.objectContaining({ code, severity: 'error', hint: expect.stringContaining(hint) }),
    ]);
  });

  it('is told so on standard error, where people look and no pipe', async () => {
    expect(await platform.idp('render', 'paymens')).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'error: there is no service "paymens"  [usage/unknown-service]\n      hint: did you mean "payments"?\n\n1 error\n',
    });
    expect(await platform.idp('validate', '--format=xml')).toMatchObject({ code: 2, stdout: '' });
  });
});

it('blames a part that cannot be read, not the parts that need it', async () => {
  await platform.edit(score, '    image: .', '    image: [.');
  await platform.edit(cluster, 'params.replicas', 'params.replcias');
  const ran = await platform.idp('validate', '--format=json');
  await restore();
  expect(findingsOf(ran).map(({ path, code, hint }) => [path, code, hint])).toEqual([
    [cluster, 'template/unknown-path', expect.stringContaining('did you mean "replicas"?')],
    ['services/invoices/score.yaml', 'resolve/unknown-capability', 'mend capabilities/postgres first'],
    ['services/invoices/score.yaml', 'resolve/unknown-service', 'mend services/payments first'],
    [score, 'source/invalid-yaml', 'close it, or indent what belongs to it deeper'],
    ['services/storefront/score.yaml', 'resolve/unknown-service', 'mend services/payments first'],
  ]);
});

it('shows the place to a person, in any folder of the repository', async () => {
  await platform.edit(score, 'resources.db.host', 'resources.db.hots');
  const ran = await callBin(join(platform.root, 'services/payments'), ['validate', '--service=payments']);
  await restore();
  // The company grows; how large it is today is not what is tested here.
  expect({ ...ran, stdout: ran.stdout.replace(/\d+ (entities|capabilities)/g, 'n $1') }).toEqual({
    code: 1,
    stdout: `services/payments/score.yaml:19:16: error: "db" has no output "hots"  [resolve/unknown-output]
   19 |       DB_HOST: \${resources.db.hots}
      |                ^~~~~~~~~~~~~~~~~~~~ did you mean "host"?

1 error

Validated n entities, 1 service, n capabilities, 3 environments: 1 error
`,
    stderr: '',
  });
});

it('reads files with CRLF like any other', async () => {
  for (const path of [score, descriptor, lock, 'environments/dev.yaml', 'idp.yaml'])
    await platform.write(path, (await platform.read(path)).replaceAll('\n', '\r\n'));
  const ran = await platform.idp('validate', '--format=json');
  await restore();
  expect(findingsOf(ran)).toEqual([]);
  expect(ran.code).toBe(0);
});

describe('a place that is no platform repository', () => {
  it.each([
    ['validate', 2, 'usage/not-a-repository'],
    ['promote --to=dev', 2, 'usage/not-a-repository'],
  ])('outside of any: %s', async (command, code, finding) => {
    const ran = await callBin(folder, [...command.split(' '), '--format=json']);
    expect(ran).toMatchObject({ code, stderr: '' });
    expect(findingsOf(ran)).toMatchObject([{ code: finding, hint: expect.stringContaining('--root') }]);
  });

  it('a bare one', async () => {
    const ran = await callBin(platform.remote, ['validate', '--format=json']);
    expect(ran.code).toBe(2);
    expect(findingsOf(ran)).toMatchObject([{ code: 'usage/not-a-repository' }]);
  });

  it.each([
    ['validate', 2, 'usage/empty'],
    ['lock', 2, 'usage/nothing-to-lock'],
    ['plan', 2, 'usage/empty'],
    ['promote --to=dev', 5, 'remote/unreachable'],
  ])('an empty one, without a commit: %s', async (command, code, finding) => {
    const root = await mkdtemp(join(folder, 'empty-'));
    await platform.git('init', '--quiet', root);
    const ran = await callBin(root, [...command.split(' '), '--format=json']);
    expect(ran).toMatchObject({ code, stderr: '' });
    expect(findingsOf(ran)).toMatchObject([{ code: finding, hint: expect.any(String) }]);
  });
});

it('works on a repository without a commit, as far as nothing is to be compared', async () => {
  const other = await platformRepositoryIn(await mkdtemp(join(folder, 'fresh-')));
  await rm(join(other.root, '.git'), { recursive: true });
  await other.git('init', '--quiet', '--initial-branch=main');
  expect(await other.idp('g', 'service', 'checkout', '--owner=team-payments')).toMatchObject({ code: 0, stderr: '' });
  expect(await other.idp('validate')).toMatchObject({ code: 0, stderr: '' });
  const planned = await other.idp('plan', '--format=json');
  expect(planned.code).toBe(2);
  expect(findingsOf(planned)).toMatchObject([{ code: 'usage/unknown-base' }]);
});

describe('a remote', () => {
  it('that refuses', async () => {
    const hook = join(platform.remote, 'hooks/pre-receive');
    await platform.write('../remote.git/hooks/pre-receive', '#!/bin/sh\necho "the policy says no"\nexit 1\n');
    await chmod(hook, 0o755);
    const ran = await platform.idp('promote', '--to=dev', '--format=json');
    await unlink(hook);
    expect(ran).toMatchObject({ code: 5, stderr: '' });
    expect(findingsOf(ran)).toMatchObject([
      { code: 'remote/refused', message: expect.stringContaining('the policy says no'), hint: expect.any(String) },
    ]);
    expect(await platform.remoteGit('for-each-ref', '--format=%(refname)')).toBe('refs/heads/main\n');
  });

  it.each([
    ['that is gone', '/nowhere/remote.git'],
    ['that cannot be reached', 'http://127.0.0.1:1/remote.git'],
    ['that is not there at all', undefined],
  ])('%s', async (_, url) => {
    if (url === undefined) await platform.git('remote', 'remove', 'origin');
    else await platform.git('remote', 'set-url', 'origin', url);
    const ran = await platform.idp(
      url === undefined ? 'status' : 'promote',
      ...(url ? ['--to=dev'] : []),
      '--format=json',
    );
    if (url === undefined) await platform.git('remote', 'add', 'origin', platform.remote);
    else await platform.git('remote', 'set-url', 'origin', platform.remote);
    expect(ran).toMatchObject({ code: 5, stderr: '' });
    expect(findingsOf(ran)).toMatchObject([
      { code: 'remote/unreachable', hint: expect.stringContaining('git remote -v') },
    ]);
  });
});
