import { describe, expect, it } from 'vitest';
import { evaluateService } from '../platform/evaluate-platform.ts';
import { loadPlatform } from '../platform/load-platform.ts';
import { keyPositionOf, passedThrough, positionOf } from '../provenance/origin.ts';
import { isList, isMap, type Traced } from '../provenance/traced.ts';
import { exampleFiles, examplePlatform } from '../testing/example-platform.ts';
import type { RenderedTree } from './rendered-tree.ts';

const environment = (name: string, targets: string, values: string) => `apiVersion: idp.internal/v1alpha1
kind: Environment
metadata: { name: ${name} }
spec: { promotion: automatic, targets: [${targets}], values: ${values} }
`;

/** Templates of every kind, of which some read the environment, some its values, some neither. */
const files = {
  'environments/staging.yaml': environment('staging', '{ name: eu, cluster: s }', '{ replicas: 1, domain: s.example }'),
  'environments/prod.yaml': environment(
    'prod',
    '{ name: eu, cluster: a }, { name: us, cluster: b, values: { replicas: 5 } }',
    '{ replicas: 3, domain: p.example }',
  ),
  'capabilities/database/templates/deploy/config.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: {{yaml instance.name}}, labels: { replicas: "{{yaml environment.values.replicas}}" } }
data:
  size: {{yaml params.size}}
  domain: "{{yaml environment.values.domain}} in {{yaml environment.name}}"
{{#each workload.containers}}
  {{yaml @key}}: {{yaml image}}
{{/each}}
{{#if (eq environment.values.replicas 1)}}
  only: "one"
{{/if}}
---
apiVersion: v1
kind: ConfigMap
metadata: { name: fixed }
data: { a: b }
`,
  'capabilities/database/dashboards/d.json': '{ "title": {{json service.name}}, "of": {{json environment.name}} }',
  'capabilities/web/dashboards/d.json': '{ "title": {{json service.name}} }',
  'capabilities/web/patches/more.yaml': `target: { group: apps, kind: Deployment, name: {{yaml service.name}} }
patch: { spec: { template: { spec: { containers: [{ name: main, tty: true }] } } } }
`,
  'services/checkout/score.yaml': exampleFiles['services/checkout/score.yaml']
    .replace('DB_HOST:', 'DOMAIN: ${resources.env.domain}\n      DB_HOST:')
    .replace('image: registry.example.com/checkout:1.0.0', 'image: .')
    .replace('resources:\n', 'resources:\n  env: { type: environment }\n'),
  'services/checkout/environments/prod.yaml':
    'containers: { main: { variables: { LEVEL: info } } }\nresources: { db: { class: roomy } }\n',
};

/** All that can be known of a tree: its bytes, and of each value where it came from and on which way. */
function known(tree: RenderedTree | undefined): unknown {
  const places = (node: Traced): unknown => [
    positionOf(node.origin),
    keyPositionOf(node.origin),
    passedThrough(node.origin),
    isMap(node) ? [...node.content].map(([key, value]) => [key, places(value)]) : undefined,
    isList(node) ? node.content.map(places) : undefined,
  ];
  if (tree === undefined) throw new Error('there is no tree');
  return {
    digest: tree.digest,
    release: tree.release,
    files: [...tree.files],
    places: tree.targets.map(({ objects }) => objects.map(({ path, node }) => [path, places(node)])),
  };
}

/** One service in some environments, one after the other, on a platform that knows nothing yet. */
function evaluated(names: readonly string[]) {
  const platform = loadPlatform(examplePlatform(files));
  const environments = names.flatMap((name) => platform.environments.get(name) ?? []);
  const { trees, findings } = evaluateService('checkout', platform, environments, []);
  return { trees: new Map(names.map((name) => [name, known(trees.get(name))])), findings, platform, raw: trees };
}

describe('what is known of a service from one environment', () => {
  const alone = new Map(['dev', 'staging', 'prod'].map((name) => [name, evaluated([name])]));

  it.each([
    [['dev', 'staging', 'prod']],
    [['dev', 'prod', 'staging']],
    [['staging', 'dev', 'prod']],
    [['staging', 'prod', 'dev']],
    [['prod', 'dev', 'staging']],
    [['prod', 'staging', 'dev']],
  ])('changes nothing in the next: neither bytes nor places nor findings, in the order %j', (names) => {
    const { trees, findings } = evaluated(names);
    for (const name of names) expect(trees.get(name)).toEqual(alone.get(name)?.trees.get(name));
    expect(findings).toEqual(names.flatMap((name) => alone.get(name)?.findings ?? []));
    expect(findings.length).toBeGreaterThan(0);
  });

  it('is not made again where nothing that it is made of differs', () => {
    const { raw } = evaluated(['dev', 'staging', 'prod']);
    const nodes = (name: string, target = 0) =>
      new Map((raw.get(name)?.targets[target]?.objects ?? []).map(({ path, node }) => [path.split('/').at(-1), node]));
    const same = (one: ReturnType<typeof nodes>, other: ReturnType<typeof nodes>) =>
      [...one].filter(([file, node]) => other.get(file) === node).map(([file]) => file);
    // A variable of the Deployment differs by the environment: the workload is converted again.
    expect(same(nodes('dev'), nodes('staging'))).toEqual(['configmap-checkout-d.yaml', 'configmap-fixed.yaml']);
    // Replicas differ by the target: those of the Deployment, and what the ConfigMap says of them.
    expect(same(nodes('prod'), nodes('prod', 1))).toEqual([
      'configmap-checkout-d.yaml',
      expect.stringMatching(/^configmap-checkout-db-.*-d\.yaml$/),
      'configmap-fixed.yaml',
      'poddisruptionbudget.policy-checkout.yaml',
      'service-checkout.yaml',
      'serviceaccount-checkout.yaml',
    ]);
  });
});
