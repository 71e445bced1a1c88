import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadPlatform } from '../../platform/load-platform.ts';
import { overlaySnapshot } from '../../snapshot/overlay-snapshot.ts';
import { examplePlatform } from '../../testing/example-platform.ts';
import { exampleWaiver } from '../../waiver/example-waiver.ts';
import { planWaiver } from './plan-waiver.ts';
import type { WaiverOptions } from './waiver-options.ts';

const asked: WaiverOptions = {
  policy: 'image-tags',
  subject: 'checkout',
  reason: 'x: y # z',
  environments: [],
  approver: 'payments',
};
const now = '2026-11-21T23:00:00.000Z';
const policy = (annotations?: string) => ({
  ...exampleWaiver({ ...(annotations !== undefined && { annotations }) }),
  'policies/waivers/checkout-tags.yaml': null,
});

function plan(options: Partial<WaiverOptions> = {}, files = policy()) {
  const snapshot = examplePlatform(files);
  const { value, findings } = planWaiver(snapshot, { ...asked, ...options }, now);
  const changes = value?.changes ?? [];
  const after = overlaySnapshot(snapshot, changes);
  return { changes, value, findings, brief: findings.map(({ code, subject }) => `${code} ${subject}`), after };
}

describe('a new waiver', () => {
  it('is owned by who owns its subject, and holds for 90 days from today in UTC', () => {
    const { changes, after } = plan();
    expect(changes.map(({ path }) => path)).toEqual(['policies/waivers/checkout-image-tags.yaml']);
    expect(parse(changes[0]?.content ?? '')).toEqual({
      apiVersion: 'idp.internal/v1alpha1',
      kind: 'Waiver',
      metadata: { name: 'checkout-image-tags' },
      spec: {
        policy: 'image-tags',
        subject: { entity: 'component:checkout' },
        reason: 'x: y # z',
        owner: 'group:default/team-payments',
        approver: 'group:default/team-payments',
        issued: '2026-11-21',
        expires: '2027-02-19',
      },
    });
    expect(loadPlatform(after)).toMatchObject({ findings: [], waivers: [{ name: 'checkout-image-tags' }] });
  });

  it('asks the owner of the policy to approve it, and holds no longer than the policy allows', () => {
    const files = policy('idp.internal/owner: "group:default/team-payments", idp.internal/waiver-days: "7"');
    const { changes } = plan({ approver: undefined }, files);
    expect(parse(changes[0]?.content ?? '').spec).toMatchObject({
      approver: 'group:default/team-payments',
      expires: '2026-11-28',
    });
  });

  it('names the parts that it is for', () => {
    const { changes } = plan({
      container: 'main',
      environments: ['dev'],
      path: 'spec.template',
      resource: 'Deployment/checkout',
    });
    expect(changes[0]?.path).toBe('policies/waivers/checkout-image-tags-main-dev.yaml');
    expect(parse(changes[0]?.content ?? '').spec.subject).toEqual({
      entity: 'component:checkout',
      resource: 'Deployment/checkout',
      container: 'main',
      path: 'spec.template',
      environments: ['dev'],
    });
  });

  it('changes nothing when it is asked for again, also on another day', () => {
    for (const options of [asked, { ...asked, expires: '2027-02-19' }])
      expect(planWaiver(plan().after, options, '2026-12-01T00:00:00.000Z').value).toMatchObject({ changes: [] });
  });
});

describe('a new waiver is refused, before anything is written', () => {
  it.each([
    ['a policy that there is not', { policy: 'image-tag' }, ['waiver/unknown-policy option:policy']],
    ['what the pipeline finds', { policy: 'resolve/unknown-capability' }, ['waiver/unknown-policy option:policy']],
    ['a subject that there is not', { subject: 'component:checkuot' }, ['waiver/unknown-subject option:subject']],
    ['a day that is over', { expires: '2026-11-20' }, ['waiver/term option:expires']],
    ['a day that is too far', { expires: '2027-11-21' }, ['waiver/term option:expires']],
    ['a day that there is not', { expires: '2027-02-30' }, ['waiver/term option:expires']],
    ['what is no day', { expires: 'soon' }, ['scaffold/waiver option:expires']],
    ['a reason of spaces', { reason: '  ' }, ['scaffold/waiver option:reason']],
    ['an environment that there is not', { environments: ['prod'] }, ['waiver/unknown-environment option:environment']],
    ['a path that is none', { path: 'a..b' }, ['waiver/field-path option:path']],
    [
      'groups that there are not',
      { owner: 'a', approver: 'b' },
      ['scaffold/owner option:owner', 'scaffold/owner option:approver'],
    ],
    ['a policy that nobody owns', { approver: undefined }, ['scaffold/owner option:approver']],
    ['a way out of the folder', { name: '../../x' }, ['scaffold/waiver option:name']],
    [
      'all at once',
      { policy: 'image-tag', expires: '2026-11-20' },
      ['waiver/unknown-policy option:policy', 'waiver/term option:expires'],
    ],
  ])('for %s', (_, options, said) => {
    expect(plan(options)).toMatchObject({ brief: said, changes: [] });
  });

  it('for a policy that cannot be waived', () => {
    const { brief } = plan({}, policy('idp.internal/waivable: "false"'));
    expect(brief).toEqual(['waiver/not-waivable option:policy']);
  });

  it('where there is another one: of that name, or for the same', () => {
    const { after } = plan();
    const codes = (options: Partial<WaiverOptions>) =>
      planWaiver(after, { ...asked, ...options }, now).findings.map(({ code }) => code);
    expect(codes({ reason: 'other' })).toEqual(['scaffold/waiver-exists']);
    expect(codes({ container: 'main' })).toEqual(['waiver/overlapping']);
  });
});
