import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOfContainer, isWithin, parseFieldPattern } from './field-pattern.ts';

const deployment = {
  metadata: { labels: { 'app.kubernetes.io/name': 'checkout' } },
  spec: {
    template: {
      spec: {
        hostNetwork: true,
        containers: [{ name: 'main', image: 'a' }, { name: 'proxy' }],
        initContainers: [{ name: 'main' }],
      },
    },
  },
};
const containers = ['spec', 'template', 'spec', 'containers'];

describe('parseFieldPattern', () => {
  it.each([
    ['spec.replicas', ['spec', 'replicas']],
    ['spec.containers[main].image', ['spec', 'containers', 'main', 'image']],
    ['spec.containers[0]', ['spec', 'containers', '0']],
    ['metadata.labels["app.kubernetes.io/name"]', ['metadata', 'labels', 'app.kubernetes.io/name']],
    ['["a\\"b"].c', ['a"b', 'c']],
  ])('reads %s', (text, names) => {
    expect(parseFieldPattern(text)?.map(({ name }) => name)).toEqual(names);
  });

  it.each(['', '.', '.spec', 'spec.', 'spec..a', 'spec[', 'spec[]', 'spec]a', 'a["b', 'a[b]c', 'a[b]["c"]d'])(
    'refuses %j',
    (text) => {
      expect(parseFieldPattern(text)).toBeUndefined();
    },
  );

  it('ends for any text, in time by its length', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '.', '[', ']', '"', '\\') }), (text) => {
        const pattern = parseFieldPattern(text);
        expect(pattern === undefined || pattern.length > 0).toBe(true);
      }),
    );
    expect(parseFieldPattern('["'.repeat(20_000))).toBeUndefined();
  });
});

describe('isWithin', () => {
  const within = (text: string, pointer: readonly (string | number)[]) =>
    isWithin(parseFieldPattern(text) ?? [], pointer, deployment);

  it('covers a field and what is below it, and not what is above or beside it', () => {
    expect(within('spec.template', [...containers, 0, 'image'])).toBe(true);
    expect(within('spec.template.spec.hostNetwork', ['spec', 'template', 'spec', 'hostNetwork'])).toBe(true);
    expect(within('spec.template.spec.hostNetwork', ['spec', 'template', 'spec'])).toBe(false);
    expect(within('spec.template.spec.hostNetwork', ['spec', 'template', 'spec', 'hostPID'])).toBe(false);
    expect(within('metadata.labels["app.kubernetes.io/name"]', ['metadata', 'labels', 'app.kubernetes.io/name'])).toBe(
      true,
    );
  });

  it('finds an element of a list by its name wherever it stands, or by its index', () => {
    expect(within('spec.template.spec.containers[proxy]', [...containers, 1, 'livenessProbe'])).toBe(true);
    expect(within('spec.template.spec.containers[proxy]', [...containers, 0, 'livenessProbe'])).toBe(false);
    expect(within('spec.template.spec.containers[1]', [...containers, 1])).toBe(true);
    expect(within('spec.template.spec.containers[none]', [...containers, 7])).toBe(false);
  });
});

describe('isOfContainer', () => {
  it('knows a container by its name, in any of the lists of a pod', () => {
    expect(isOfContainer('main', [...containers, 0, 'image'], deployment)).toBe(true);
    expect(isOfContainer('main', ['spec', 'template', 'spec', 'initContainers', 0], deployment)).toBe(true);
    expect(isOfContainer('main', [...containers, 1, 'image'], deployment)).toBe(false);
    expect(isOfContainer('main', containers, deployment)).toBe(false);
    expect(isOfContainer('main', ['spec', 'replicas'], deployment)).toBe(false);
  });
});
