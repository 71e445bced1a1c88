import { evaluatePlatform, loadPlatform, type Snapshot } from '@idp/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { examplePlatform } from '../../../core/src/testing/example-platform.ts';
import { type TemporaryRepository, temporaryRepository } from '../../../git/src/testing/temporary-repository.ts';
import { replacedBy } from './replaced-by.ts';
import { policiesOf } from './resumed-run.ts';
import { examplePolicy } from './testing/example-policy.ts';
import { check } from './verb.ts';

const deployments = { group: 'apps', version: 'v1', resource: 'deployments' };
const frozen = examplePolicy({
  ...deployments,
  name: 'frozen',
  operation: 'UPDATE',
  expression: 'object.spec.replicas == oldObject.spec.replicas',
});

const context = {
  cwd: '/',
  now: () => new Date(0),
  randomBytes: (count: number) => new Uint8Array(count),
  progress: () => {},
};

const textsOf = (snapshot: Snapshot) =>
  Object.fromEntries(
    snapshot.list().map(({ path }) => [path, new TextDecoder().decode(snapshot.read(path) ?? new Uint8Array())]),
  );

describe('idp check', () => {
  let repository: TemporaryRepository;
  const platform = loadPlatform(examplePlatform());
  const run = (options: Readonly<Record<string, unknown>> = {}) =>
    check.run({ root: repository.root, ...options }, context);
  beforeAll(async () => {
    repository = await temporaryRepository({
      ...textsOf(examplePlatform()),
      'policies/frozen.yaml': frozen,
    });
    await repository.commit();
  });

  /** Makes the branch of dev what it would be after a promotion, with a piece of it replaced. */
  async function promoted(before: string, after: string): Promise<void> {
    const [service] = evaluatePlatform(platform).services;
    const files = [...(service?.trees.get('dev')?.files ?? [])].map(([path, text]) => [
      path,
      text.replace(before, after),
    ]);
    await repository.git('switch', '--quiet', '--orphan', 'env/dev');
    await repository.write(Object.fromEntries(files));
    await repository.commit();
    await repository.git('update-ref', 'refs/remotes/origin/env/dev', 'HEAD');
    await repository.git('switch', '--quiet', '--force', 'main');
    await repository.git('branch', '--quiet', '-D', 'env/dev');
  }

  it('does not decide what an update changes where nobody knows what is deployed', async () => {
    const result = await run();
    expect(result).toMatchObject({ exit: 0, summary: { inconclusive: 1, policies: 1 } });
    expect(result.findings).toMatchObject([
      {
        code: 'policy/frozen',
        severity: 'warning',
        message: expect.stringMatching(/^Deployment checkout: cannot be decided here/),
      },
      { code: 'policy/unknown-branch', severity: 'info', path: 'environments/dev.yaml' },
    ]);
    expect(await run({ strict: true })).toMatchObject({ exit: 1, summary: { inconclusive: 1 } });
  });

  it('judges an update by what stands on the branch of the environment, and a new object as one that is created', async () => {
    await promoted('replicas: 1', 'replicas: 3');
    const result = await run();
    expect(result).toMatchObject({ exit: 1, summary: { inconclusive: 0 } });
    expect(result.findings).toMatchObject([
      {
        code: 'policy/frozen',
        severity: 'error',
        message: 'Deployment checkout: no',
        path: 'environments/dev.yaml',
        line: 7,
      },
    ]);
    await promoted('kind: Deployment', 'kind: "');
    expect((await run()).findings).toMatchObject([{ code: 'policy/frozen', severity: 'warning' }]);
    await repository.git('update-ref', 'refs/remotes/origin/env/dev', 'main');
    // All of it would be created, and a rule about updates waits.
    expect(await run()).toMatchObject({ exit: 0, findings: [] });
    await promoted('replicas: 1', 'replicas: 1');
    expect(await run()).toMatchObject({ exit: 0, findings: [] });
  });

  it.each([
    [false, 'warning'],
    [true, 'error'],
  ])(
    'says of a policy that nothing here can ask that it decides nothing; with --strict=%s it is a %s',
    (strict, severity) => {
      const deleting = examplePolicy({ ...deployments, name: 'kept', operation: 'DELETE', expression: 'false' });
      const { findings } = policiesOf(
        loadPlatform(examplePlatform({ 'policies/kept.yaml': deleting })),
        strict,
        context.now,
      );
      expect(findings).toMatchObject([{ code: 'policy/not-evaluated', severity, path: 'policies/kept.yaml', line: 6 }]);
    },
  );

  it('asks git three times for an environment, and not at all when no policy asks', async () => {
    const processes: (readonly string[])[] = [];
    const ask = (operation: boolean) =>
      replacedBy(
        repository.root,
        platform,
        {
          needs: {
            operation,
            operationOf: new Set(operation ? ['rendered' as const] : []),
            catalog: false,
            beside: [],
          },
        },
        { services: [], environments: [] },
        (argv) => void processes.push(argv),
      );
    await ask(false);
    expect(processes).toEqual([]);
    await ask(true);
    expect(processes).toHaveLength(3);
  });
});
