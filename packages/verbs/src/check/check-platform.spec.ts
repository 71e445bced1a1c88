import { type ExampleFiles, fieldsOfFindings, loadPlatform, newFindings } from '@idp/core';
import { describe, expect, it } from 'vitest';
import { exampleFiles, examplePlatform } from '../../../core/src/testing/example-platform.ts';
import { loadPolicies } from '../context/policies.ts';
import { checkPlatform } from './check-platform.ts';

const policy = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: no-latest-tag }
spec:
  matchConstraints:
    resourceRules: [{ apiGroups: [apps], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [deployments] }]
  validations:
    - { expression: "object.spec.template.spec.containers.all(c, !c.image.endsWith(':latest'))", message: no }
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: no-latest-tag }
spec: { policyName: no-latest-tag, validationActions: [Deny] }
`;
const score = (main: string, proxy: string): string =>
  `apiVersion: score.dev/v1b1
metadata: { name: checkout }
containers:
  main: { image: "registry.example.com/main:${main}" }
  proxy: { image: "registry.example.com/proxy:${proxy}" }
`;
const waiver = (container: string, expires = '2027-01-31'): ExampleFiles => ({
  'policies/waivers/tags.yaml': `apiVersion: idp.internal/v1alpha1
kind: Waiver
metadata: { name: tags }
spec:
  policy: no-latest-tag
  subject: { entity: "component:checkout", container: ${container} }
  reason: the registry moves
  owner: team-payments
  approver: team-payments
  issued: 2026-11-21
  expires: ${expires}
`,
});

function check(files: ExampleFiles, services: readonly string[] = [], now = '2026-12-01T00:00:00.000Z') {
  const snapshot = examples(files);
  const platform = loadPlatform(snapshot);
  const scope = { services, environments: [], now };
  return checkPlatform(platform, snapshot, loadPolicies(platform), scope).findings;
}
const examples = (files: ExampleFiles) => examplePlatform({ 'policies/no-latest-tag.yaml': policy, ...files });
const brief = (findings: ReturnType<typeof check>) =>
  findings.map(
    ({ severity, code, waived }) => `${severity} ${code}${waived === undefined ? '' : ` by ${waived.path}`}`,
  );
const service = (main: string, proxy: string): ExampleFiles => ({ 'services/checkout/score.yaml': score(main, proxy) });

describe('waivers in a check', () => {
  it.each([
    ['of a policy that there is not', 'policy: no-latest-tag', 'policy: no-latest-tags', 'waiver/unknown-policy'],
    ['of a misspelt environment', 'container: main', 'environments: [dve]', 'waiver/unknown-environment'],
    ['with a field that there is not', 'reason:', 'resaon:', 'waiver/unknown-field'],
  ])('are told of by a check of their service: %s', (_, right, wrong, code) => {
    const [[path, text] = ['', '']] = Object.entries(waiver('main'));
    const broken = { ...service('1', '1'), [path]: String(text).replace(right, wrong) };
    const said = (services: readonly string[]) => check(broken, services).map((finding) => finding.code);
    expect(said(['checkout'])).toContain(code);
    expect(said(['cart'])).not.toContain(code);
    expect(said([]).filter((each) => each === code)).toHaveLength(1);
  });

  it('make of what they cover an info that names them', () => {
    expect(brief(check({ ...service('latest', '1'), ...waiver('main') }))).toEqual([
      'info policy/no-latest-tag by policies/waivers/tags.yaml',
    ]);
  });

  it('excuse no other container, whichever the policy names first', () => {
    for (const container of ['main', 'proxy'])
      expect(brief(check({ ...service('latest', 'latest'), ...waiver(container) }))).toContain(
        'error policy/no-latest-tag',
      );
  });

  it('that have ended are errors, beside what they covered', () => {
    const files = { ...service('latest', '1'), ...waiver('main') };
    expect(brief(check(files, [], '2027-02-01T00:00:00.000Z')).sort()).toEqual([
      'error policy/no-latest-tag',
      'error waiver/expired',
    ]);
  });

  it('that cover nothing are said, unless their service or their policy could not be judged', () => {
    expect(brief(check({ ...service('1', '1'), ...waiver('main') }))).toEqual(['warning waiver/matches-nothing']);
    const broken = { ...waiver('main'), 'policies/broken.yaml': policy.replace('spec:', 'spec: { a: 1 }\nx:') };
    expect(brief(check({ ...service('1', '1'), ...broken })).join()).not.toContain('matches-nothing');
    for (const wrong of ['proxy: { image: ', 'proxy: { imagee: x }, x: '])
      expect(
        brief(check({ 'services/checkout/score.yaml': score('1', '1').replace('proxy:', wrong), ...waiver('main') })),
      ).not.toContain('warning waiver/matches-nothing');
  });

  it('of another service are not said for a selection', () => {
    const cart = {
      'services/cart/catalog-info.yaml': exampleFiles['services/checkout/catalog-info.yaml'].replace(
        'checkout',
        'cart',
      ),
      'services/cart/score.yaml': score('1', '1').replace('checkout', 'cart'),
    };
    const files = { ...cart, ...service('1', '1'), ...waiver('main') };
    expect(brief(check(files, ['cart'], '2027-02-01T00:00:00.000Z'))).toEqual([]);
    expect(brief(check(files, ['checkout']))).toEqual(['warning waiver/matches-nothing']);
  });

  it('that a change removes leave a new finding', () => {
    const before = check({ ...service('latest', '1'), ...waiver('main') });
    const after = check(service('latest', '1'));
    expect(brief(newFindings(before, after))).toEqual(['error policy/no-latest-tag']);
  });

  it.each([
    ['workflow:release', 'workflows', '.github/workflows/release.yaml', 'on: push\n'],
    ['workflow:Release', 'workflows', '.github/workflows/Release.yml', 'on: push\n'],
    ['platform:example', 'platforms', 'idp.yaml', undefined],
  ])('cover what is no service: %s', (entity, resource, path, text) => {
    const never = policy
      .replace('apiGroups: [apps]', 'apiGroups: [idp.internal]')
      .replace('apiVersions: [v1]', 'apiVersions: [v1alpha1]')
      .replace('resources: [deployments]', `resources: [${resource}]`)
      .replace(/expression: "[^"]*"/, 'expression: "false"');
    const of = (subject: string) => {
      const [[file = '', content] = []] = Object.entries(waiver('main'));
      const written = `${content}`.replace(/subject: .*/, `subject: { entity: "${subject}" }`);
      return check({
        'policies/no-latest-tag.yaml': never,
        [file]: written,
        ...(text === undefined ? {} : { [path]: text }),
      });
    };
    expect(brief(of(entity))).toEqual(['info policy/no-latest-tag by policies/waivers/tags.yaml']);
    const misspelt = of(`${entity}x`).filter(({ code }) => code === 'waiver/unknown-subject');
    expect(misspelt).toMatchObject([{ hint: `did you mean "${entity.toLowerCase()}"?` }]);
  });
});

describe('what a change brings', () => {
  it('is a violation that it writes, though it mends an equal one of the same file', () => {
    const [before, after] = [service('latest', '1'), service('1', 'latest')];
    const fields = fieldsOfFindings(examples(before), examples(after));
    const brought = newFindings(check(before), check(after), fields);
    expect(brought.map(({ code, line }) => [code, line])).toEqual([['policy/no-latest-tag', 5]]);
    expect(newFindings(check(before), check(before), fieldsOfFindings(examples(before), examples(before)))).toEqual([]);
  });
});
