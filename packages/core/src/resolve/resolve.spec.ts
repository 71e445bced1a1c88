import { describe, expect, it } from 'vitest';
import { exampleCapability, exampleComponent, exampleScore } from '../finding/example-files.ts';
import type { Finding } from '../finding/finding.ts';
import type { ExampleFiles } from '../finding/rule.ts';
import { evaluatePlatform } from '../platform/evaluate-platform.ts';
import { loadPlatform } from '../platform/load-platform.ts';
import { examplePlatform } from '../testing/example-platform.ts';

const evaluate = (files: ExampleFiles) => evaluatePlatform(loadPlatform(examplePlatform(files)));
const shown = ({ code, path, line, column, endColumn, message }: Finding) =>
  `${path}:${line}:${column}-${endColumn} ${code} ${message}`;
const findings = (files: ExampleFiles) => evaluate(files).findings.map(shown);
const score = (variables: string, more = ''): ExampleFiles => ({
  'services/checkout/score.yaml': `apiVersion: score.dev/v1b1
metadata: { name: checkout }
containers:
  main:
    image: registry.example.com/checkout:1.0.0
    variables:
${variables}
resources:
  db: { type: database }
${more}`,
});
const service = (name: string, ports: string): ExampleFiles => ({
  ...exampleComponent(name),
  [`services/${name}/score.yaml`]: `apiVersion: score.dev/v1b1
metadata: { name: ${name} }
containers: { main: { image: registry.example.com/${name}:1.0.0 } }
service: { ports: ${ports} }
`,
});

describe('a placeholder that cannot be resolved', () => {
  const wrong = (column: number, line = 7) =>
    `services/checkout/score.yaml:${line}:${column}-${column + 20} resolve/unknown-output "db" has no output "hots"`;

  it('is shown on its own columns in a plain string', () => {
    expect(findings(score('      A: ${resources.db.hots}'))).toEqual([wrong(10)]);
    expect(findings(score('      A: http://${resources.db.hots}:80'))).toEqual([wrong(17)]);
  });

  it('is shown on its own columns in quotes', () => {
    expect(findings(score('      A: "a\\tb ${resources.db.hots}"'))).toEqual([wrong(16)]);
    expect(findings(score("      A: 'it''s ${resources.db.hots}'"))).toEqual([wrong(17)]);
  });

  it('is shown on its own line in a block', () => {
    expect(findings(score('      A: |\n        first\n        then ${resources.db.hots}'))).toEqual([wrong(14, 9)]);
    expect(findings(score('      A: >-\n        first\n        then ${resources.db.hots}'))).toEqual([wrong(14, 9)]);
  });

  it('is not mixed up with the same text before it, escaped or wrong as well', () => {
    expect(findings(score('      A: $${resources.db.hots} ${resources.db.hots}'))).toEqual([wrong(32)]);
    expect(findings(score('      A: ${resources.db.hots} ${resources.db.hots}'))).toEqual([wrong(10), wrong(31)]);
  });

  it('is shown in the override that it stands in', () => {
    const override = 'containers:\n  main:\n    variables:\n      A: ${resources.db.hots}\n';
    expect(findings({ 'services/checkout/environments/dev.yaml': override })).toEqual([
      'services/checkout/environments/dev.yaml:4:10-30 resolve/unknown-output "db" has no output "hots"',
    ]);
  });

  it('is shown in the base when an override takes the resource away', () => {
    expect(
      findings({
        ...score('      A: ${resources.db.host}'),
        'services/checkout/environments/dev.yaml': 'resources: { db: null }\n',
      }),
    ).toEqual(['services/checkout/score.yaml:7:10-30 resolve/unknown-resource there is no resource "db"']);
  });

  it('is shown in commands, arguments and params too', () => {
    const files = exampleScore({ container: 'args: ["--db", "${resources.dbs.host}"]' });
    expect(findings(files)).toEqual([
      'services/checkout/score.yaml:6:21-42 resolve/unknown-resource there is no resource "dbs"',
    ]);
  });
});

describe('requirements of capabilities', () => {
  const requires = (lines: string) => `requires:\n${lines}`;
  const store = exampleCapability({
    name: 'store',
    spec: 'outputs:\n  name: { schema: { type: string }, value: "{{instance.name}}" }',
  });
  const use = exampleScore({ resources: 'db: { type: database }\ncache: { type: cache }' });

  it('give each instance its own, named by its path in the lock', () => {
    const cache = exampleCapability({
      spec: requires(
        '  - { capability: store, version: ^1.0.0, as: disk }\n  - { capability: store, version: "*", as: log }',
      ),
    });
    const [checkout] = evaluate({ ...store, ...cache, ...use }).services;
    expect([...(checkout?.resolution?.uses.keys() ?? [])]).toEqual(['cache', 'cache/disk', 'cache/log', 'db']);
    const ids = [...(checkout?.resolution?.uses.values() ?? [])].map(({ instance }) => instance.id);
    expect(new Set(ids).size).toBe(4);
  });

  /** Loading leaves such a capability out; `resolve` does not rely on it: `name` is taken from another platform. */
  const together = (files: ExampleFiles, other: ExampleFiles, name: string) => {
    const platform = loadPlatform(examplePlatform({ ...files, ...use }));
    const capabilities = new Map(platform.capabilities);
    const foreign = loadPlatform(examplePlatform(other)).capabilities.get(name);
    if (foreign === undefined) capabilities.delete(name);
    else capabilities.set(name, foreign);
    return evaluatePlatform({ ...platform, capabilities }).findings;
  };

  it('that the workspace cannot meet are shown with the chain of who asked', () => {
    const cache = exampleCapability({ spec: requires('  - { capability: middle, version: "*", as: mid }') });
    const middle = exampleCapability({
      name: 'middle',
      spec: requires('  - { capability: store, version: ^1.0.0, as: disk }'),
    });
    const newer = { ...store, 'capabilities/store/package.json': '{ "name": "capability-store", "version": "2.0.0" }' };
    expect(together({ ...store, ...cache, ...middle }, newer, 'store').map(shown)).toEqual([
      'capabilities/middle/capability.yaml:9:37-43 resolve/version-conflict store ^1.0.0 is asked for by checkout: cache → cache@1.0.0: mid → middle@1.0.0: disk, but the workspace has 2.0.0',
    ]);
  });

  it('that lead back are shown as the cycle that they are', () => {
    const cache = exampleCapability({ spec: requires('  - { capability: store, version: "*", as: disk }') });
    const back = exampleCapability({
      name: 'store',
      spec: requires('  - { capability: cache, version: "*", as: again }'),
    });
    expect(together({ ...store, ...cache }, { ...back, ...exampleCapability() }, 'store').map(shown)).toEqual([
      'capabilities/store/capability.yaml:9:21-26 resolve/requirement-cycle capabilities require each other: checkout: cache → cache@1.0.0: disk → store@1.0.0: again → cache',
    ]);
  });

  it('that do not exist are shown at the requirement, with the service that needs them beside it', () => {
    const cache = exampleCapability({ spec: requires('  - { capability: store, version: "*", as: disk }') });
    const near = exampleCapability({ name: 'stores' });
    const [finding] = together({ ...store, ...near, ...cache }, {}, 'store');
    expect(finding).toMatchObject({
      code: 'resolve/unknown-capability',
      path: 'capabilities/cache/capability.yaml',
      line: 9,
      hint: 'did you mean "stores"?',
      related: [{ path: 'services/checkout/score.yaml', line: 10 }],
    });
  });
});

describe('ranges of versions', () => {
  const range = (text: string) => `{ type: database, metadata: { annotations: { idp.internal/version: "${text}" } } }`;

  it.each(['^1.0.0', '1.x', '>=1.2 <2', '1.2.0 || 3', '*'])('%s takes 1.2.0', (text) => {
    expect(findings(exampleScore({ resources: `db: ${range(text)}` }))).toEqual([]);
  });

  it.each(['^1.3.0', '~1.1', '2', '<1.2.0', '1.2.0-alpha'])('%s does not take 1.2.0', (text) => {
    expect(findings(exampleScore({ resources: `db: ${range(text)}` }))).toEqual([
      expect.stringContaining('resolve/version-conflict'),
    ]);
  });

  it('of an override are checked as well, in its file', () => {
    expect(findings({ 'services/checkout/environments/dev.yaml': `resources: { db: ${range('^9')} }\n` })).toEqual([
      expect.stringMatching(/^services\/checkout\/environments\/dev\.yaml:1:.* resolve\/version-conflict/),
    ]);
  });
});

describe('what an override cannot change', () => {
  it('is the type of a resource', () => {
    const files = {
      ...exampleCapability(),
      'services/checkout/environments/dev.yaml': 'resources:\n  db: { type: cache }\n',
    };
    expect(findings(files)).toEqual([
      'services/checkout/environments/dev.yaml:2:15-20 resolve/type-differs "db" is a "database" elsewhere and a "cache" here',
    ]);
  });

  it('is what runs the workload', () => {
    const files = { 'services/checkout/environments/dev.yaml': 'metadata:\n  workload: { type: other }\n' };
    expect(findings(files)).toEqual([
      'services/checkout/environments/dev.yaml:2:21-26 resolve/type-differs the workload is run by "web" elsewhere and by "other" here',
    ]);
  });
});

describe('a resource of type service', () => {
  const calling = (variable: string, resource = 'shop: { type: service }'): ExampleFiles =>
    exampleScore({ variable, resources: `db: { type: database }\n${resource}` });
  const addressOf = (files: ExampleFiles, environment: string) => {
    const [checkout] = evaluate(files).services;
    const deployment = [...(checkout?.trees.get(environment)?.files ?? [])].find(([path]) =>
      path.includes('deployment'),
    );
    return /name: SHOP\n\s+value: "?([^"\n]*)/.exec(deployment?.[1] ?? '')?.[1];
  };
  const prod = {
    'environments/prod.yaml': `apiVersion: idp.internal/v1alpha1
kind: Environment
metadata: { name: prod }
spec: { targets: [{ name: eu, cluster: prod-eu }] }
`,
  };

  it('gives the address and the ports of that service', () => {
    const files = {
      ...service('shop', '{ web: { port: 80 }, admin: { port: 9000 } }'),
      ...calling('SHOP: "${resources.shop.host}:${resources.shop.port}/${resources.shop.ports.web}"'),
    };
    expect(addressOf(files, 'dev')).toBe('shop.shop.svc:9000/80');
  });

  it('gives the ports that it has in the environment', () => {
    const files = {
      ...prod,
      ...service('shop', '{ web: { port: 80 } }'),
      'services/shop/environments/dev.yaml': 'service: { ports: { web: { port: 8081 } } }\n',
      ...calling('SHOP: ${resources.shop.ports.web}'),
    };
    expect(addressOf(files, 'dev')).toBe('8081');
    expect(addressOf(files, 'prod')).toBe('80');
  });

  it('may be another service in one environment', () => {
    const files = {
      ...prod,
      ...service('shop', '{ web: { port: 80 } }'),
      ...service('shop-mock', '{ web: { port: 81 } }'),
      ...calling('SHOP: ${resources.shop.host}'),
      'services/checkout/environments/dev.yaml': 'resources: { shop: { id: shop-mock } }\n',
    };
    expect(addressOf(files, 'dev')).toBe('shop-mock.shop-mock.svc');
    expect(addressOf(files, 'prod')).toBe('shop.shop.svc');
  });

  it('has no output that the service does not offer', () => {
    const files = { ...service('shop', '{ web: { port: 80 } }'), ...calling('SHOP: ${resources.shop.ports.wbe}') };
    expect(findings(files)).toEqual([
      expect.stringContaining('resolve/unknown-output "shop" has no output "ports.wbe"'),
    ]);
  });
});
