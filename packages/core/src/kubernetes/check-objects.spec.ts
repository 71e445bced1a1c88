import { describe, expect, it } from 'vitest';
import { exampleScore, exampleUse } from '../finding/example-files.ts';
import type { ExampleFiles } from '../finding/rule.ts';
import { evaluatePlatform } from '../platform/evaluate-platform.ts';
import { loadPlatform } from '../platform/load-platform.ts';
import { exampleFiles, examplePlatform } from '../testing/example-platform.ts';

const evaluated = (files: ExampleFiles) => evaluatePlatform(loadPlatform(examplePlatform(files)));
const brief = (files: ExampleFiles) =>
  evaluated(files).findings.map(
    ({ code, path, line, column, hint }) => `${code} ${path}:${line}:${column}${hint === undefined ? '' : `: ${hint}`}`,
  );
const prod = { 'environments/prod.yaml': exampleFiles['environments/dev.yaml'].replace('name: dev', 'name: prod') };
const patch = (body: string): ExampleFiles => ({
  'capabilities/web/patches/deployment.yaml': `target: { group: apps, kind: Deployment, name: {{yaml service.name}} }\npatch:\n  spec:\n${body}\n`,
});

describe('a finding of the schema check', () => {
  it('points at the key in the template that does not exist', () => {
    expect(brief(patch('    replcas: {{yaml params.replicas}}'))).toEqual([
      'kubernetes/unknown-field capabilities/web/patches/deployment.yaml:4:5: did you mean "replicas"?',
    ]);
  });

  it('points at the key also where its value begins on the next line', () => {
    expect(brief(patch('    strateg:\n      type: Recreate'))).toEqual([
      'kubernetes/unknown-field capabilities/web/patches/deployment.yaml:4:5: did you mean "strategy"?',
    ]);
  });

  it('points at the template that writes a value of another type, or makes one of a value', () => {
    expect(brief(patch('    replicas: "{{yaml params.replicas}}"'))).toEqual([
      'kubernetes/wrong-type capabilities/web/patches/deployment.yaml:4:15: write 1 without quotes',
    ]);
    expect(brief(patch('    replicas: "3"'))).toEqual([
      'kubernetes/wrong-type capabilities/web/patches/deployment.yaml:4:15: write 3 without quotes',
    ]);
  });

  it('points at the line of the Score file that a value comes from', () => {
    const score = exampleScore({
      container:
        'livenessProbe: { httpGet: { path: /, port: 8080, scheme: HTTP, httpHeaders: [{ name: A, value: b, vlue: c }] } }',
    });
    expect(brief(score)).toEqual([expect.stringMatching(/^workload\/unknown-field services\/checkout\/score.yaml:6:/)]);
    const use = exampleUse(
      {
        spec: 'parameters: { type: object, properties: { labels: { type: object } } }\nobjects: { kinds: [v1/ConfigMap] }',
        files: {
          'templates/deploy/c.yaml':
            'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: {{yaml instance.name}}, labels: {{yaml params.labels}} }\n',
        },
      },
      'cache: { type: cache, params: { labels: { team: a b } } }',
    );
    const [finding, ...more] = evaluated(use).findings;
    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      code: 'kubernetes/wrong-value',
      path: 'services/checkout/score.yaml',
      line: 10,
      column: 51,
      subject: 'service:checkout',
      message: 'metadata.labels.team of a ConfigMap has to be at most 63 letters, digits, `-`, `_` and `.`, not "a b"',
      related: [
        { message: 'by a template of cache@1.0.0', path: 'capabilities/cache/templates/deploy/c.yaml', line: 3 },
        { message: expect.stringMatching(/^rendered as ConfigMap checkout-cache-\w+ in dev by cache@1.0.0$/) },
      ],
    });
  });

  it('is there once, however many environments and services it shows itself in, with examples of where', () => {
    const second = Object.fromEntries(
      ['catalog-info.yaml', 'score.yaml'].map((file) => [
        `services/basket/${file}`,
        String(exampleFiles[`services/checkout/${file}` as keyof typeof exampleFiles]).replaceAll('checkout', 'basket'),
      ]),
    );
    const { findings, services } = evaluated({ ...prod, ...second, ...patch('    replcas: 1') });
    expect(findings).toHaveLength(1);
    expect(findings[0]?.subject).toBeUndefined();
    expect(findings[0]?.related?.map(({ message }) => message)).toEqual([
      'rendered as Deployment basket in dev by the conversion of Score',
      'rendered as Deployment basket in prod by the conversion of Score',
      'rendered as Deployment checkout in dev by the conversion of Score',
      'rendered as Deployment checkout in prod by the conversion of Score',
    ]);
    expect(services.map(({ trees }) => trees.size)).toEqual([0, 0]);
  });

  it('is not given of what came of another mistake', () => {
    const wrong = {
      ...prod,
      'environments/prod.yaml': prod['environments/prod.yaml'].replace('replicas: 1', 'replicas: many'),
    };
    expect(brief(wrong).filter((text) => text.startsWith('kubernetes/'))).toEqual([]);
  });

  it('keeps a service from being rendered only where it is wrong', () => {
    const only = patch('{{#if (eq environment.name "prod")}}    replcas: 1{{else}}    replicas: 1{{/if}}');
    expect([...(evaluated({ ...prod, ...only }).services[0]?.trees.keys() ?? [])]).toEqual(['dev']);
  });
});

it('ends for an object of which everything is wrong', () => {
  const many = Array.from({ length: 5000 }, (_, index) => `    f${index}: 1`).join('\n');
  expect(brief(patch(many))).toHaveLength(20);
});
