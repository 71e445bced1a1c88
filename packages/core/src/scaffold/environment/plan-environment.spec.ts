import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadPlatform } from '../../platform/load-platform.ts';
import { type LiteralFile, literalSnapshot } from '../../snapshot/literal-snapshot.ts';
import { overlaySnapshot } from '../../snapshot/overlay-snapshot.ts';
import { exampleFiles } from '../../testing/example-platform.ts';
import type { EnvironmentOptions } from './environment-options.ts';
import { planEnvironment } from './plan-environment.ts';

const environment = (name: string, after: string) => `# ${name}, with care
apiVersion: idp.internal/v1alpha1
kind: Environment
metadata: { name: ${name} }
spec:
  ${after} # who comes first
  promotion: automatic
  targets: [{ name: eu, cluster: ${name}-eu }]
  values: { replicas: 1, domain: ${name}.example.com }
  gates: { checks: [smoke] }
`;
const line = {
  'environments/staging.yaml': environment('staging', 'after: [dev]'),
  'environments/prod.yaml': environment('prod', 'after:\n    - staging'),
};

function plan(options: Partial<EnvironmentOptions> = {}, files: Readonly<Record<string, LiteralFile>> = line) {
  const snapshot = literalSnapshot({ ...exampleFiles, ...files });
  const { value, findings } = planEnvironment(snapshot, { name: 'qa', after: ['dev'], before: [], ...options });
  const changes = value?.changes ?? [];
  const content = (name: string) => changes.find(({ path }) => path === `environments/${name}.yaml`)?.content;
  const brief = findings.map(({ code, message }) => `${code}: ${message}`);
  return { after: overlaySnapshot(snapshot, changes), brief, findings, changes, content, value };
}

describe('a new environment', () => {
  it('is modelled on the one that it comes after, without its gates', () => {
    const { content, changes, brief } = plan({ after: ['staging'], title: 'Quality: #1' });
    expect(brief).toEqual([]);
    expect(changes).toHaveLength(1);
    expect(parse(content('qa') ?? '')).toEqual({
      apiVersion: 'idp.internal/v1alpha1',
      kind: 'Environment',
      metadata: { name: 'qa', title: 'Quality: #1' },
      spec: {
        after: ['staging'],
        promotion: 'automatic',
        targets: [{ name: 'eu', cluster: 'qa-eu' }],
        values: { replicas: 1, domain: 'qa.example.com' },
      },
    });
  });

  it('names a schema for editors only where there is one', () => {
    expect(plan().content('qa')).toMatch(/^apiVersion: /);
    const files = { ...line, 'schemas/environment.schema.json': '{}' };
    expect(plan({}, files).content('qa')).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/schemas\/environment\.schema\.json\napiVersion: /,
    );
  });

  it('has a cluster of its own, and only whole words renamed', () => {
    const dev = exampleFiles['environments/dev.yaml']
      .replace('cluster: dev-eu', 'cluster: shared')
      .replace('dev.example', 'developers.dev.example');
    const { content } = plan({}, { ...line, 'environments/dev.yaml': dev });
    expect(parse(content('qa') ?? '').spec).toMatchObject({
      targets: [{ cluster: 'qa-eu' }],
      values: { domain: 'developers.qa.example.com' },
    });
  });

  it('is valid in the platform, also as the first one of it', () => {
    for (const { after } of [
      plan(),
      plan({ after: [] }),
      plan({ after: [], name: 'first' }, { 'environments/dev.yaml': '' }),
    ]) {
      const wrong = loadPlatform(after).findings.filter(({ path }) => path === 'environments/qa.yaml');
      expect(wrong).toEqual([]);
    }
    const { 'environments/dev.yaml': _, ...none } = exampleFiles;
    const idp = none['idp.yaml'].replace('type: object', 'type: object\n    required: [replicas, domain]');
    const { value } = planEnvironment(literalSnapshot({ ...none, 'idp.yaml': idp }), {
      name: 'first',
      after: [],
      before: [],
    });
    expect(parse(value?.changes[0]?.content ?? '').spec).toMatchObject({ values: { replicas: 1, domain: 'first' } });
  });

  it('says which branch its clusters follow, and who comes after the same one', () => {
    const { value } = plan({ branch: 'deploy/qa' });
    expect(value?.nextSteps.join('\n')).toContain('qa-eu follows the branch deploy/qa, folder manifests/eu');
    expect(value?.nextSteps.join('\n')).toContain('`--before=staging` puts qa between');
    expect(value?.nextSteps.at(-1)).toContain('npx idp check');
  });

  it('changes nothing when it is asked for again', () => {
    const asked = { before: ['staging'], branch: 'deploy/qa' };
    const { after } = plan(asked);
    const again = planEnvironment(after, { name: 'qa', after: ['dev'], ...asked });
    expect(again).toEqual({
      value: { changes: [], summary: expect.stringContaining('as it should be'), nextSteps: [] },
      findings: [],
    });
  });
});

describe('an environment that is spliced in', () => {
  it('takes the place of what it comes after, in one line of the other file', () => {
    const { content, brief, value } = plan({ before: ['staging'] });
    expect(brief).toEqual([]);
    expect(content('staging')).toBe(line['environments/staging.yaml'].replace('[dev]', '[qa]'));
    expect(value?.summary).toBe('qa: an environment after dev before staging');
  });

  it('also where the names stand below each other', () => {
    const { content } = plan({ after: ['staging'], before: ['prod'] });
    expect(content('prod')).toBe(line['environments/prod.yaml'].replace('- staging', '- qa'));
  });

  it('is one more to wait for where others stay', () => {
    const { content } = plan({ after: ['dev'], before: ['prod'] });
    expect(parse(content('prod') ?? '').spec.after).toEqual(['staging', 'qa']);
    expect(content('prod')).toContain('# prod, with care');
  });

  it('gives an environment without any its first one', () => {
    const { content } = plan({ after: [], before: ['dev'] });
    expect(parse(content('dev') ?? '').spec.after).toEqual(['qa']);
  });
});

describe('a new environment is refused, before anything is written', () => {
  it.each([
    ['an unknown one before it', { after: ['deev'] }, 'scaffold/unknown-environment: there is no environment "deev"'],
    ['an unknown one after it', { before: ['prd'] }, 'scaffold/unknown-environment: there is no environment "prd"'],
    ['itself', { after: ['qa'] }, 'scaffold/unknown-environment: "qa" cannot come after itself'],
    [
      'a circle',
      { after: ['prod'], before: ['dev'] },
      'scaffold/cycle: the environments would wait for each other: qa after prod after staging after dev after qa',
    ],
    [
      'a circle of two',
      { after: ['dev'], before: ['dev'] },
      'scaffold/cycle: the environments would wait for each other: qa after dev after qa',
    ],
    [
      'a name that is taken',
      { name: 'staging', after: [] },
      'scaffold/environment-exists: the environment "staging" is there already, after dev, on the branch env/staging',
    ],
    ['a branch that is taken', { branch: 'env/prod' }, 'scaffold/branch: "env/prod" is the branch of "prod"'],
    ['a branch that differs in case', { branch: 'ENV/prod' }, 'scaffold/branch: "ENV/prod" is the branch of "prod"'],
    ['the main branch', { branch: 'main' }, 'scaffold/branch: "main" is the branch that is promoted'],
    ['an option as a branch', { branch: '--force' }, 'scaffold/branch: "--force" cannot be the name of a branch'],
    ['a branch with a shell in it', { branch: 'a b;c' }, 'scaffold/branch: "a b;c" cannot be the name of a branch'],
    ['a name with a way out', { name: '../qa' }, 'scaffold/name: "../qa" cannot be the name of an environment'],
  ] as const)('for %s', (_, options, message) => {
    const { brief, changes } = plan(options);
    expect(brief).toContain(message);
    expect(changes).toEqual([]);
  });

  it('with a suggestion that is not refused itself', () => {
    expect(plan({ name: '../x' }).brief).toEqual(['scaffold/name: "../x" cannot be the name of an environment']);
    const { findings } = planEnvironment(literalSnapshot(exampleFiles), {
      name: '../x',
      branch: 'main',
      after: [],
      before: [],
    });
    expect(findings.find(({ code }) => code === 'scaffold/branch')?.hint).toBe('for example `--branch=env/qa`');
  });

  it('where its name differs from another only in case', () => {
    const other = environment('QA', 'after: [dev]');
    expect(plan({}, { ...line, 'environments/QA.yaml': other }).brief[0]).toMatch(
      /^(write\/refused-path|scaffold\/branch)/,
    );
  });

  it('where a value would be of another type, or its file cannot be read', () => {
    const dev = exampleFiles['environments/dev.yaml'].replace('replicas: 1', 'replicas: one');
    expect(plan({}, { 'environments/dev.yaml': dev }).brief[0]).toMatch(/^environment\/values/);
    expect(plan({}, { 'environments/qa.yaml': 'a: [' }).brief[0]).toMatch(/^source\/invalid-yaml/);
  });

  it('where the folder is a link', () => {
    const { 'environments/dev.yaml': _, ...others } = exampleFiles;
    const snapshot = literalSnapshot({ ...others, environments: { mode: '120000', content: '/etc' } });
    const { value, findings } = planEnvironment(snapshot, { name: 'qa', after: [], before: [] });
    expect([value, findings.map(({ code }) => code)]).toEqual([undefined, ['write/refused-path']]);
  });
});
