import { describe, expect, it } from 'vitest';
import { exampleUse } from '../finding/example-files.ts';
import type { ExampleFiles } from '../finding/rule.ts';
import { property } from '../json/json.ts';
import { evaluatePlatform } from '../platform/evaluate-platform.ts';
import { loadPlatform } from '../platform/load-platform.ts';
import { toJson } from '../provenance/traced.ts';
import { examplePlatform } from '../testing/example-platform.ts';

function evaluate(files: ExampleFiles, resource = 'cache: { type: cache }', spec = '') {
  const { services, findings } = evaluatePlatform(loadPlatform(examplePlatform(exampleUse({ files, spec }, resource))));
  const objects = services[0]?.trees.get('dev')?.targets[0]?.objects ?? [];
  const own = objects.filter(({ node }) => property(property(toJson(node), 'metadata'), 'name') !== 'checkout');
  return { findings: findings.map(({ code, path, line }) => `${path}:${line} ${code}`), objects: own };
}

const rule = (annotation: string) => `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: {{yaml instance.name}}
spec:
  groups:
    - name: {{yaml instance.name}}
      rules:
        - alert: CacheDown
          expr: up{instance="{{yaml instance.name}}"} == 0
          annotations:
            summary: "${annotation}"
`;

describe('the alerts of a capability', () => {
  const alerts = (text: string) => evaluate({ 'alerts/down.yaml': text });

  it('are rendered with every instance, with its owner, without a declaration', () => {
    const { findings, objects } = evaluate(
      { 'alerts/down.yaml': rule('gone') },
      'a: { type: cache }\nb: { type: cache }',
    );
    expect(findings).toEqual([]);
    const rules = objects.filter(({ kind }) => kind === 'PrometheusRule');
    expect(rules.map(({ namespace, name }) => `${namespace}/${name.slice(0, -5)}`)).toEqual([
      'checkout/checkout-a-',
      'checkout/checkout-b-',
    ]);
    expect(toJson(rules[0]?.node ?? expect.fail())).toMatchObject({
      metadata: { labels: { 'idp.internal/owner': 'team-payments', 'app.kubernetes.io/name': 'cache' } },
      spec: { groups: [{ rules: [{ expr: `up{instance="${rules[0]?.name}"} == 0` }] }] },
    });
  });

  it('keep the braces of Prometheus when they are escaped, and say how when they are not', () => {
    const { findings, objects } = alerts(rule('\\{{ $labels.pod }} is at \\{{ $value | humanize }}'));
    expect(findings).toEqual([]);
    expect(
      JSON.stringify(toJson(objects.find(({ kind }) => kind === 'PrometheusRule')?.node ?? expect.fail())),
    ).toContain('{{ $labels.pod }} is at {{ $value | humanize }}');
    const bare = loadPlatform(
      examplePlatform(exampleUse({ files: { 'alerts/down.yaml': rule('{{ $labels.pod }}') } })),
    );
    expect(bare.findings).toMatchObject([
      {
        code: 'template/bare-value',
        path: 'capabilities/cache/alerts/down.yaml',
        line: 12,
        hint: expect.stringContaining('`\\{{$labels.pod}}`'),
      },
    ]);
  });

  it('are PrometheusRules and nothing else, also of what the capability may render elsewhere', () => {
    const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\n';
    expect(evaluate({ 'alerts/a.yaml': map }, undefined, 'objects: { kinds: [v1/ConfigMap] }').findings).toEqual([
      'capabilities/cache/alerts/a.yaml:2 render/undeclared-kind',
    ]);
  });

  it('are in the namespace of the service, like everything else', () => {
    const elsewhere = rule('x').replace('metadata:\n', 'metadata:\n  namespace: monitoring\n');
    expect(alerts(elsewhere).findings).toEqual(['capabilities/cache/alerts/down.yaml:4 render/foreign-namespace']);
  });
});

describe('the dashboards of a capability', () => {
  const dashboard = (text: string, resource?: string) => evaluate({ 'dashboards/latency.json': text }, resource);
  const content = (objects: ReturnType<typeof evaluate>['objects']) => {
    const map = objects.find(({ name }) => name.endsWith('-latency')) ?? expect.fail('there is no dashboard');
    const data = property(toJson(map.node), 'data');
    return { map, value: JSON.parse(String(property(data, `${map.name}.json`))) as unknown };
  };

  it('are ConfigMaps that the sidecar of Grafana finds, named by the instance', () => {
    const { findings, objects } = dashboard(
      '{ "title": "Latency of {{json service.name}}", "refresh": {{json params}}, "panels": [] }',
    );
    expect(findings).toEqual([]);
    const { map, value } = content(objects);
    expect(toJson(map.node)).toMatchObject({ metadata: { labels: { grafana_dashboard: '1' }, namespace: 'checkout' } });
    expect(map.name).toMatch(/^checkout-cache-\w{5}-latency$/);
    expect(value).toMatchObject({
      title: 'Latency of checkout',
      refresh: {},
      uid: expect.stringMatching(/^i-\w{16}-latency$/),
    });
  });

  it('have the `uid` that they say, and none of a number of Grafana’s database', () => {
    const { value } = content(dashboard('{\n\t"uid": "mine", "id": 17,\n\t"version": 3\n}').objects);
    expect(value).toEqual({ uid: 'mine', version: 3 });
  });

  it.each(['"', '\\', '", "x": "', '\n', '${x}', '{{json y}}', '\u2028', '😀'])(
    'hold a value as it is, whatever is in it: %j',
    (title) => {
      const spec = `parameters: { type: object, properties: { title: { type: string } } }`;
      const { findings, objects } = evaluate(
        { 'dashboards/latency.json': '{ "title": {{json params.title}}, "text": "<{{json params.title}}>" }' },
        `cache: { type: cache, params: { title: ${JSON.stringify(title.replaceAll('$', '$$$$'))} } }`,
        spec,
      );
      expect(findings).toEqual([]);
      expect(content(objects).value).toMatchObject({ title, text: `<${title}>` });
    },
  );

  it('keep the braces of Grafana when they are escaped, and are refused at their line when they are not', () => {
    expect(content(dashboard('{ "legendFormat": "\\{{pod}}" }').objects).value).toMatchObject({
      legendFormat: '{{pod}}',
    });
    expect(dashboard('{\n  "legendFormat": "{{pod}}"\n}').findings).toContain(
      'capabilities/cache/dashboards/latency.json:2 template/bare-value',
    );
  });

  it.each(['', '[]', 'null', '"x"', '{}\n---\n{}'])('are one object: %j is refused', (text) => {
    expect(dashboard(text).findings).toEqual(['capabilities/cache/dashboards/latency.json:1 render/not-a-dashboard']);
  });

  it('are refused where the JSON is broken, at its line', () => {
    expect(dashboard('{\n  "a": 1,\n  "b"  [\n}\n').findings).toEqual([
      expect.stringMatching(/^capabilities\/cache\/dashboards\/latency\.json:\d template\/invalid-yaml$/),
    ]);
  });
});
