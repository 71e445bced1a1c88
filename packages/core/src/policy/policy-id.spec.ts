import { describe, expect, it } from 'vitest';
import { policyId, policyPack } from './policy-id.ts';

describe('policyId', () => {
  it.each([
    ['policies/pods/resource-limits.yaml', 'pods/limits'],
    ['policies/pods/linux/resource-limits.yaml', 'pods/linux/limits'],
    ['policies/all.yaml', 'limits'],
    ['capabilities/postgres/policies/size.yaml', 'postgres/limits'],
    ['capabilities/postgres/policies/deep/size.yaml', 'postgres/limits'],
  ])('of the policy "limits" in %s is %s', (path, id) => {
    expect(policyId('limits', path)).toBe(id);
  });

  it('has no pack outside of the places of policies', () => {
    expect(policyPack('elsewhere/pods/limits.yaml')).toBeUndefined();
  });
});
