import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { property, valueAt } from '../../json/json.ts';
import { type LiteralFile, literalSnapshot } from '../../snapshot/literal-snapshot.ts';
import { overlaySnapshot } from '../../snapshot/overlay-snapshot.ts';
import { exampleFiles } from '../../testing/example-platform.ts';
import { planPolicy } from './plan-policy.ts';
import type { PolicyOptions } from './policy-options.ts';

const asked: PolicyOptions = {
  name: 'require-runbook',
  owner: 'group:payments',
  over: 'components',
  action: 'warn',
};

function plan(options: Partial<PolicyOptions> = {}, files: Readonly<Record<string, LiteralFile>> = {}) {
  const snapshot = literalSnapshot({ ...exampleFiles, ...files });
  const { value, findings } = planPolicy(snapshot, { ...asked, ...options });
  const changes = value?.changes ?? [];
  return {
    changes,
    value,
    brief: findings.map(({ code, subject }) => `${code} ${subject}`),
    after: overlaySnapshot(snapshot, changes),
  };
}
const documents = (text: string | undefined) => parseAllDocuments(text ?? '').map((document) => document.toJS());

describe('a new policy', () => {
  it('has a binding, two examples that pass and two that fail, in the pack of its owner', () => {
    const { changes, brief } = plan();
    expect(brief).toEqual([]);
    expect(changes.map(({ path }) => path)).toEqual([
      'policies/payments/require-runbook.yaml',
      'policies/payments/fixtures/require-runbook/passes.yaml',
      'policies/payments/fixtures/require-runbook/passes-beside-others.yaml',
      'policies/payments/fixtures/require-runbook/fails.yaml',
      'policies/payments/fixtures/require-runbook/fails-by-an-empty-one.yaml',
    ]);
    const [policy, binding] = documents(changes[0]?.content);
    expect(policy.metadata.annotations).toMatchObject({
      'idp.internal/title': 'Every Component names its runbook',
      'idp.internal/owner': 'group:default/team-payments',
    });
    expect(binding.spec).toEqual({ policyName: 'require-runbook', validationActions: ['Warn'] });
  });

  it('takes a pack, a kind, an action and a title', () => {
    const { changes } = plan({
      pack: 'pods/linux',
      over: 'deployments',
      action: 'deny',
      title: 'No: "x"',
      name: 'no-sidecar',
    });
    const [policy, binding] = documents(changes[0]?.content);
    expect(changes[0]?.path).toBe('policies/pods/linux/no-sidecar.yaml');
    expect(valueAt(policy, ['spec', 'matchConstraints', 'resourceRules', 0, 'resources'])).toEqual(['deployments']);
    expect(valueAt(policy, ['metadata', 'annotations', 'idp.internal/title'])).toBe('No: "x"');
    expect(property(binding.spec, 'validationActions')).toEqual(['Deny']);
  });

  it('over pods reaches the pods of all that makes them', () => {
    const { changes } = plan({ over: 'pods' });
    const [policy, ...examples] = changes.map(({ content }) => documents(content)[0]);
    const rules: readonly { readonly resources: readonly string[] }[] = policy.spec.matchConstraints.resourceRules;
    expect(rules.flatMap(({ resources }) => resources)).toEqual(
      expect.arrayContaining(['pods', 'deployments', 'statefulsets', 'daemonsets', 'jobs', 'cronjobs']),
    );
    expect(rules.flatMap(({ resources }) => resources)).toContain('podtemplates');
    expect(policy.spec.variables[0].expression).toContain('object.spec.jobTemplate.spec.template');
    expect(examples.map(({ kind }) => kind)).toEqual(['Deployment', 'CronJob', 'StatefulSet', 'Pod']);
  });

  it('quotes what YAML 1.1, which a cluster reads, takes for a boolean', () => {
    const { changes } = plan();
    expect(changes.find(({ path }) => path.endsWith('/fails.yaml'))?.content).toContain('reviewed: "yes"\n');
  });

  it('says in CODEOWNERS whose a new pack is, and leaves those of others alone', () => {
    const owners = { '.github/CODEOWNERS': '* @acme/team-a\n/policies/ @acme/team-b\n' };
    const file = ({ changes }: ReturnType<typeof plan>) => changes.find(({ path }) => path === '.github/CODEOWNERS');
    expect(file(plan({}, owners))?.content).toContain('/policies/payments/ @acme/team-payments\n');
    expect(file(plan({ pack: 'images' }, { ...owners, 'policies/images/a.yaml': '' }))).toBeUndefined();
  });

  it('changes nothing when it is asked for again', () => {
    const { value } = planPolicy(plan().after, asked);
    expect(value).toMatchObject({ changes: [], summary: expect.stringContaining('nothing to do') });
  });
});

describe('a new policy is refused, before anything is written', () => {
  it.each([
    ['an owner that there is not', { owner: 'group:sre' }, 'scaffold/owner option:owner'],
    ['a name that no object can have', { name: 'Require_Runbook' }, 'scaffold/name option:name'],
    ['a way out of the folder', { pack: '../../etc' }, 'scaffold/name option:pack'],
    ['a pack where examples lie', { pack: 'fixtures' }, 'scaffold/name option:pack'],
    ['a pack where waivers lie', { pack: 'waivers' }, 'scaffold/name option:pack'],
  ])('for %s', (_, options, said) => {
    expect(plan(options)).toMatchObject({ brief: [said], changes: [] });
  });

  it('where its name is taken: in the same place, or in another pack', () => {
    const { after } = plan();
    for (const options of [{ over: 'apis' as const }, { pack: 'other' }])
      expect(planPolicy(after, { ...asked, ...options }).findings).toMatchObject([{ code: 'scaffold/policy-exists' }]);
    const other = { 'policies/payments/require-runbook.yaml': 'kind: Other\n' };
    expect(plan({}, other).brief).toEqual(['scaffold/policy-exists option:name']);
  });
});
