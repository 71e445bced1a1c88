import { loadPlatform } from '@idp/core';
import { describe, expect, it } from 'vitest';
import { exampleFiles, examplePlatform } from '../../../core/src/testing/example-platform.ts';
import { loadPolicies } from '../context/policies.ts';
import { checkPlatform } from './check-platform.ts';
import { examplePolicy } from './testing/example-policy.ts';

const entity = 'services/checkout/catalog-info.yaml';

/** What one expression says, over the resources of a group, of the example with files laid over it. */
function check(expression: string, resources: readonly [group: string, resource: string], files = {}) {
  const [group, resource] = resources;
  const policy = examplePolicy({ name: 'rule', group, resource, expression });
  const snapshot = examplePlatform({ 'policies/rule.yaml': policy, ...files });
  const platform = loadPlatform(snapshot);
  const scope = { services: [], environments: [], now: '2026-12-01T00:00:00.000Z' };
  return checkPlatform(platform, snapshot, loadPolicies(platform), scope).findings.map(
    ({ code, severity, message, path, line, column }) => `${path}:${line}:${column} ${severity} ${code} ${message}`,
  );
}

const components = ['backstage.io', 'components'] as const;

describe('policies that read the catalog', () => {
  const team = "has(catalog.entity.owner) && catalog.entity.owner.spec.type == 'team'";

  it('follow an entity to its owner, and point at the field that names it', () => {
    expect(check(team, components)).toEqual([]);
    const squad = exampleFiles['catalog/payments.yaml'].replace('type: team', 'type: business-unit');
    expect(check(team, components, { 'catalog/payments.yaml': squad })).toEqual([
      `${entity}:4:54 error policy/rule Component checkout: no`,
    ]);
  });

  const stable =
    "object.spec.lifecycle != 'production' || catalog.entity.dependsOn.all(d, d.spec.?lifecycle.orValue('production') == 'production')";

  it('see what Score files add: production depends on production', () => {
    const cart = (lifecycle: string) => ({
      'services/cart/catalog-info.yaml': exampleFiles[entity]
        .replace('checkout', 'cart')
        .replace('production', lifecycle),
      'services/cart/score.yaml':
        'apiVersion: score.dev/v1b1\nmetadata: { name: cart }\ncontainers: { a: { image: "a:1" } }\n',
      'services/checkout/score.yaml': `${exampleFiles['services/checkout/score.yaml']}  cart: { type: service }\n`,
    });
    expect(check(stable, components, cart('production'))).toEqual([]);
    expect(check(stable, components, cart('experimental'))).toEqual([
      `${entity}:4:35 error policy/rule Component checkout: no`,
    ]);
  });

  it('look up any entity, and what is not there is no error', () => {
    expect(check("catalog.entities['group:team-payments'].metadata.name == 'team-payments'", components)).toEqual([]);
    expect(
      check("!('group:gone' in catalog.entities) && !catalog.entities[?'group:gone'].hasValue()", components),
    ).toEqual([]);
    expect(
      check("catalog.entities[?'constructor'].hasValue() || has(catalog.entities.__proto__)", components),
    ).toHaveLength(1);
  });

  it('judge a Score file by the component of its service, and a lock by the versions that there are', () => {
    expect(check("catalog.entity.spec.lifecycle == 'experimental'", ['score.dev', 'workloads'])).toEqual([
      'services/checkout/score.yaml:2:19 error policy/rule Workload checkout: no',
    ]);
    const current =
      'object.capabilities.all(name, object.capabilities[name].version == catalog.capabilities[name].version)';
    expect(check(current, ['idp.internal', 'locks'])).toEqual([]);
  });

  it('cannot decide about rendered objects: a cluster has no catalog', () => {
    expect(check(team, ['apps', 'deployments'])).toEqual([
      expect.stringMatching(/ warning policy\/rule Deployment checkout: cannot be decided here: /),
    ]);
  });
});
