import { type Snapshot, writeRecord } from '@idp/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { exampleFiles, examplePlatform } from '../../../core/src/testing/example-platform.ts';
import { exampleRecord } from '../../../core/src/testing/example-record.ts';
import { type TemporaryRepository, temporaryRepository } from '../../../git/src/testing/temporary-repository.ts';
import { examplePolicy } from './testing/example-policy.ts';
import { check } from './verb.ts';

const policy = (name: string, [group, resource, operation]: readonly [string, string, string], expression: string) => ({
  [`policies/${name}.yaml`]: examplePolicy({ name, group, resource, operation, expression }),
});
const textsOf = (snapshot: Snapshot) =>
  Object.fromEntries(
    snapshot.list().map(({ path }) => [path, new TextDecoder().decode(snapshot.read(path) ?? new Uint8Array())]),
  );
const entity = 'services/checkout/catalog-info.yaml';
const score = 'services/checkout/score.yaml';
const group = (name: string) =>
  exampleFiles['catalog/payments.yaml'].split('---')[0]?.replace('team-payments', name) ?? '';
const files = {
  ...policy('same-containers', ['score.dev', 'workloads', 'UPDATE'], 'object.containers == oldObject.containers'),
  ...policy(
    'stays-in-production',
    ['backstage.io', 'components', 'UPDATE'],
    'object.spec.lifecycle == oldObject.spec.lifecycle',
  ),
  ...policy('no-new-groups', ['backstage.io', 'groups', 'CREATE'], 'false'),
  ...policy(
    'same-permissions',
    ['idp.internal', 'workflows', 'UPDATE'],
    'object.spec.permissions == oldObject.spec.permissions',
  ),
  ...policy('same-user', ['idp.internal', 'dockerfiles', 'UPDATE'], 'object.spec.user == oldObject.spec.user'),
  ...policy(
    'same-promotion',
    ['idp.internal', 'environments', 'UPDATE'],
    'object.spec.?promotion == oldObject.spec.?promotion',
  ),
  '.github/workflows/ci.yaml': 'on: push\npermissions: {}\n',
  'services/checkout/Dockerfile': 'FROM a\nUSER 1000\n',
  'services/checkout/environments/dev.yaml': 'containers: { main: { variables: { LEVEL: debug } } }\n',
};
describe('what is written, judged as an update', () => {
  let repository: TemporaryRepository;
  const found = async () => {
    const context = {
      cwd: '/',
      now: () => new Date(0),
      randomBytes: (count: number) => new Uint8Array(count),
      progress: () => {},
    };
    const { findings } = await check.run({ root: repository.root }, context);
    return findings.map(({ code, message }) => `${code} ${message.replace(/: cannot be decided here.*/, ' ?')}`);
  };
  const head = async () => (await repository.git('rev-parse', 'HEAD')).trim();
  /** The branch of dev with a record, as it was last fetched. */
  const deployed = async (text: string | undefined) => {
    await repository.git('switch', '--quiet', '--orphan', 'env/dev');
    await repository.write(text === undefined ? { a: '' } : { '.idp/services/checkout.json': text });
    await repository.commit();
    await repository.git('update-ref', 'refs/remotes/origin/env/dev', 'HEAD');
    await repository.git('switch', '--quiet', '--force', 'main');
    await repository.git('branch', '--quiet', '-D', 'env/dev');
  };
  beforeAll(async () => {
    repository = await temporaryRepository({ ...textsOf(examplePlatform()), ...files });
    await repository.commit();
  });

  it('is not decided where nobody knows what it replaces', async () => {
    expect(await found()).toEqual(
      expect.arrayContaining([
        'policy/same-containers Workload checkout ?',
        'policy/stays-in-production Component checkout ?',
        'policy/no-new-groups Group team-payments ?',
        'policy/same-permissions Workflow ci ?',
        'policy/same-user Dockerfile checkout ?',
        'policy/same-promotion Environment dev ?',
        'policy/unknown-branch env/dev of origin is not here: what a policy says of updates in dev cannot be decided',
        'policy/unknown-branch main of origin is not here: what a policy says of updates of files cannot be decided',
      ]),
    );
  });

  it('is compared with where the change left main, and a Score file with what is deployed', async () => {
    const first = await head();
    await deployed(writeRecord(exampleRecord(first)));
    await repository.git('update-ref', 'refs/remotes/origin/main', first);
    expect(await found()).toEqual([]);
    const changed = {
      [score]: exampleFiles[score].replace('1.0.0', '2.0.0'),
      [entity]: exampleFiles[entity].replace('production', 'experimental'),
      'catalog/more.yaml': group('team-more'),
      '.github/workflows/ci.yaml': 'on: push\npermissions: { contents: write }\n',
      'services/checkout/Dockerfile': 'FROM a\nUSER 0\n',
      'environments/dev.yaml': exampleFiles['environments/dev.yaml'].replace(
        /promotion: [a-z-]+/,
        'promotion: pull-request',
      ),
    };
    expect(changed[score]).not.toBe(exampleFiles[score]);
    // What others merge meanwhile is not this change's doing.
    await repository.write({ [entity]: exampleFiles[entity].replace('production', 'deprecated') });
    await repository.commit();
    await repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    await repository.git('reset', '--quiet', '--hard', first);
    expect(await found()).toEqual([]);
    await repository.write(changed);
    expect((await found()).sort()).toEqual([
      'policy/no-new-groups Group team-more: no',
      'policy/same-containers Workload checkout: no',
      'policy/same-permissions Workflow ci: no',
      'policy/same-promotion Environment dev: no',
      'policy/same-user Dockerfile checkout: no',
      'policy/stays-in-production Component checkout: no',
    ]);
  });

  it('is new where nothing is deployed, and not decided where the record names what is not here', async () => {
    await repository.git('reset', '--quiet', '--hard', 'main');
    await repository.git('clean', '-qfd');
    await deployed(undefined);
    expect(await found()).toEqual(expect.not.arrayContaining([expect.stringContaining('same-containers Workload')]));
    await deployed(writeRecord(exampleRecord('1'.repeat(40))));
    expect(await found()).toEqual(['policy/same-containers Workload checkout ?']);
  });
});
