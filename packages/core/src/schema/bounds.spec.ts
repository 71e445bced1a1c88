import { describe, expect, it } from 'vitest';
import { didYouMean } from '../finding/did-you-mean.ts';
import { environmentSchema } from './environment.schema.ts';
import { schemaProblems } from './schema-problems.ts';

const environment = (targets: number, after: number) => ({
  apiVersion: 'idp.internal/v1alpha1',
  kind: 'Environment',
  metadata: { name: 'dev' },
  spec: {
    after: Array.from({ length: after }, (_, index) => `e${index}`),
    targets: Array.from({ length: targets }, (_, index) => ({ name: `t${index}`, cluster: 'c' })),
  },
});

describe('bounds', () => {
  it('let an environment have 100 targets and follow 50 environments, and not one more', () => {
    const places = (targets: number, after: number) =>
      schemaProblems(environmentSchema, environment(targets, after), 'ours').map(({ pointer }) => pointer.join('.'));
    expect(places(100, 50)).toEqual([]);
    expect(places(101, 51).sort()).toEqual(['spec.after', 'spec.targets']);
  });

  it('compare no word of more than 100 characters with others', () => {
    const others = (length: number) => Array.from({ length: 9 }, (_, index) => `${'a'.repeat(length)}${index}`);
    expect(didYouMean('a'.repeat(100), others(99))).toBe(`did you mean "${'a'.repeat(99)}0"?`);
    expect(didYouMean('a'.repeat(101), others(100))).toBeUndefined();
  });
});
