import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isObject, type Json } from '../json/json.ts';
import { evaluatePlatform } from '../platform/evaluate-platform.ts';
import { loadPlatform } from '../platform/load-platform.ts';
import { exampleFiles, examplePlatform } from '../testing/example-platform.ts';
import { treeDigest } from './rendered-tree.ts';

const score: Json = {
  apiVersion: 'score.dev/v1b1',
  metadata: { name: 'checkout', annotations: { a: 'b', c: 'd' } },
  containers: {
    main: {
      image: 'registry.example.com/checkout:1',
      variables: { URL: 'x${resources.db.password}', B: '${resources.other.password}y', A: '${resources.db.host}' },
      resources: { limits: { memory: '1Gi', cpu: '1' }, requests: { cpu: '1', memory: '1Gi' } },
    },
    other: {
      image: 'registry.example.com/other:1',
      args: ['${resources.other.password}', '${resources.db.password}!'],
    },
  },
  service: { ports: { web: { port: 80, targetPort: 8080 }, admin: { port: 81, targetPort: 8080 } } },
  resources: { db: { type: 'database', params: { size: 'small' } }, other: { type: 'database' } },
};
const override: Json = {
  service: { ports: { extra: { port: 90 } } },
  containers: { main: { variables: { C: 'c', A: 'a' } } },
};

function evaluate(document: Json, dev: Json) {
  const snapshot = examplePlatform({
    'environments/dev.yaml': exampleFiles['environments/dev.yaml'].replace(
      '}]',
      '}, { name: us, cluster: dev-us, values: { replicas: 2 } }]',
    ),
    'services/checkout/score.yaml': `${JSON.stringify(document)}\n`,
    'services/checkout/environments/dev.yaml': `${JSON.stringify(dev)}\n`,
  });
  const evaluation = evaluatePlatform(loadPlatform(snapshot));
  expect(evaluation.findings).toEqual([]);
  return evaluation.services[0]?.trees.get('dev') ?? expect.fail('there is no tree');
}

/** The same value with the keys of every map in another order. */
function shuffled(value: Json, order: (keys: number) => number): Json {
  if (Array.isArray(value)) return value.map((item: Json) => shuffled(item, order));
  if (!isObject(value)) return value;
  const left = Object.entries(value);
  const entries: [string, Json][] = [];
  while (left.length > 0) {
    for (const [key, inner] of left.splice(order(left.length), 1)) entries.push([key, shuffled(inner, order)]);
  }
  return Object.fromEntries(entries);
}

describe('render', () => {
  it('gives the same release, the same tree and the same bytes whatever the order of keys', () => {
    const expected = evaluate(score, override);
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat({ max: 1_000 })), (numbers) => {
        const order = (count: number): number => Number(numbers.next().value) % count;
        const tree = evaluate(shuffled(score, order), shuffled(override, order));
        expect(tree.release).toBe(expected.release);
        expect(tree.digest).toBe(expected.digest);
        expect([...tree.files]).toEqual([...expected.files]);
      }),
      { numRuns: 20 },
    );
  });

  it('renders each target with its own values, the files of all sorted by path', () => {
    const tree = evaluate(score, override);
    expect(tree.targets.map(({ target }) => target)).toEqual(['eu', 'us']);
    expect(tree.targets[0]?.digest).not.toBe(tree.targets[1]?.digest);
    const paths = [...tree.files.keys()];
    expect(paths).toEqual([...paths].sort());
    const replicas = (target: string) =>
      tree.files
        .get(`manifests/${target}/checkout/checkout/deployment.apps-checkout.yaml`)
        ?.match(/replicas: (\d)/)?.[1];
    expect([replicas('eu'), replicas('us')]).toEqual(['1', '2']);
  });

  it('has a digest over paths and contents, and nothing else', () => {
    const tree = evaluate(score, override);
    expect(treeDigest(tree.files)).toBe(tree.digest);
    expect(treeDigest(new Map([...tree.files].reverse()))).toBe(tree.digest);
    const [[path = '', content = ''] = []] = tree.files;
    expect(treeDigest(new Map([...tree.files, [path, `${content}#`]]))).not.toBe(tree.digest);
    expect(treeDigest(new Map([...tree.files].filter(([name]) => name !== path)))).not.toBe(tree.digest);
  });
});
