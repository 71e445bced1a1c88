import { describe, expect, it } from 'vitest';
import { decodeText } from '../digest/text.ts';
import { evaluatePlatform } from '../platform/evaluate-platform.ts';
import { loadPlatform } from '../platform/load-platform.ts';
import { examplePlatform } from '../testing/example-platform.ts';

const lock = 'services/checkout/.idp/lock.yaml';
const codesIn = (namespace: string) => {
  const written = decodeText(examplePlatform().read(lock) ?? new Uint8Array()) ?? '';
  const text = written.replace('namespace: checkout', `namespace: ${namespace}`);
  expect(text).toContain(`namespace: ${namespace}`);
  const { findings } = evaluatePlatform(loadPlatform(examplePlatform({ [lock]: text })));
  return findings.map(({ code, path }) => `${code} ${path}`);
};

describe('the namespace of a lock', () => {
  it.each(['default', 'kube-system', 'kube-public', 'kube-of-tomorrow'])(
    'is not %s, which is of Kubernetes',
    (name) => {
      expect(codesIn(name)).toEqual([`resolve/reserved-namespace ${lock}`]);
    },
  );

  it.each(['checkout', 'defaults', 'my-kube-1', 'kubecost'])('may be %s', (name) => {
    expect(codesIn(name)).toEqual([]);
  });
});
