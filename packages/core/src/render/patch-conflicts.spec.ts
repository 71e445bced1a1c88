import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleUse } from '../finding/example-files.ts';
import { evaluatePlatform } from '../platform/evaluate-platform.ts';
import { loadPlatform } from '../platform/load-platform.ts';
import { toJson } from '../provenance/traced.ts';
import { examplePlatform } from '../testing/example-platform.ts';

/** The service with two instances of one capability, each patching the workload by a text of its own. */
function patched(a: string, b: string) {
  const files = exampleUse(
    {
      spec: 'parameters: { type: object, properties: { second: { type: boolean, default: false } } }',
      files: {
        'patches/p.yaml': `target: { group: apps, kind: {{yaml renderer.workloadKind}}, name: {{yaml service.name}} }
{{#if params.second}}
patch: ${b}
{{else}}
patch: ${a}
{{/if}}
`,
      },
    },
    'a: { type: cache }\nb: { type: cache, params: { second: true } }',
  );
  const { services, findings } = evaluatePlatform(loadPlatform(examplePlatform(files)));
  const objects = services[0]?.trees.get('dev')?.targets[0]?.objects ?? [];
  const workload = objects.find(({ kind, name }) => kind === 'Deployment' && name === 'checkout');
  return { findings, workload: workload && toJson(workload.node) };
}

const containers = (fields: string) => `{ spec: { template: { spec: { containers: [{ name: main, ${fields} }] } } } }`;

describe('two patches of one object', () => {
  it.each([
    ['different fields', '{ spec: { minReadySeconds: 5 } }', '{ spec: { revisionHistoryLimit: 2 } }'],
    ['the same value', '{ spec: { minReadySeconds: 5 } }', '{ spec: { minReadySeconds: 5 } }'],
    ['both delete it', '{ spec: { replicas: null } }', '{ spec: { replicas: null } }'],
    [
      'items of a list by their key',
      containers('env: [{ name: A, value: "1" }]'),
      containers('env: [{ name: B, value: "2" }]'),
    ],
  ])('are both carried out: %s', (_, a, b) => {
    expect(patched(a, b).findings).toEqual([]);
  });

  it.each([
    [
      'different values',
      '{ spec: { minReadySeconds: 5 } }',
      '{ spec: { minReadySeconds: 6 } }',
      'spec.minReadySeconds',
    ],
    [
      'one deletes it',
      '{ spec: { minReadySeconds: 5 } }',
      '{ spec: { minReadySeconds: null } }',
      'spec.minReadySeconds',
    ],
    [
      'one deletes what is around it',
      '{ spec: { strategy: { type: Recreate } } }',
      '{ spec: { strategy: null } }',
      'spec.strategy',
    ],
    [
      'one replaces what is around it',
      '{ spec: { template: { spec: { nodeSelector: { disk: ssd } } } } }',
      '{ spec: { template: { spec: { nodeSelector: { $patch: replace, zone: a } } } } }',
      'spec.template.spec.nodeSelector',
    ],
    [
      'one writes into what is gone',
      '{ spec: { strategy: null } }',
      '{ spec: { strategy: { type: Recreate } } }',
      'spec.strategy.type',
    ],
    [
      'items of one key',
      containers('env: [{ name: A, value: "1" }]'),
      containers('env: [{ name: A, value: "2" }]'),
      'spec.template.spec.containers[name=main].env[name=A].value',
    ],
    [
      'lists that are replaced',
      containers('args: [a]'),
      containers('args: [b]'),
      'spec.template.spec.containers[name=main].args',
    ],
    [
      'an item that one deletes',
      containers('env: [{ name: A, value: "1" }]'),
      containers('env: [{ name: A, $patch: delete }]'),
      'spec.template.spec.containers[name=main].env[name=A]',
    ],
  ])('are a finding that names both: %s', (_, a, b, field) => {
    const { findings, workload } = patched(a, b);
    expect(findings).toMatchObject([
      {
        code: 'render/patch-conflict',
        message: `cache (a) and cache (b) want different things of \`${field}\` in the Deployment "checkout"`,
        path: 'capabilities/cache/patches/p.yaml',
        line: 3,
      },
    ]);
    expect(findings[0]?.related?.at(-1)).toMatchObject({ path: 'capabilities/cache/patches/p.yaml', line: 5 });
    expect(workload).toBeUndefined();
  });

  it('may change what the capability that runs the workload set', () => {
    expect(patched('{ spec: { replicas: 7 } }', '{ spec: { minReadySeconds: 1 } }')).toMatchObject({
      findings: [],
      workload: { spec: { replicas: 7 } },
    });
  });

  it('come to the same in either order, or are a finding in both', () => {
    const value = fc.constantFrom('1', '2', 'null');
    const fields = fc.dictionary(
      fc.constantFrom('minReadySeconds', 'revisionHistoryLimit', 'progressDeadlineSeconds'),
      value,
      {
        minKeys: 1,
      },
    );
    const text = (patch: Readonly<Record<string, string>>) =>
      `{ spec: { ${Object.entries(patch)
        .map(([name, written]) => `${name}: ${written}`)
        .join(', ')} } }`;
    fc.assert(
      fc.property(fields, fields, (a, b) => {
        const [forth, back] = [patched(text(a), text(b)), patched(text(b), text(a))];
        expect(forth.findings.length).toBe(back.findings.length);
        expect(forth.workload).toEqual(back.workload);
        const differs = Object.keys(a).some((name) => Object.hasOwn(b, name) && a[name] !== b[name]);
        expect(forth.findings.length > 0).toBe(differs);
      }),
      { numRuns: 25 },
    );
  });
});
