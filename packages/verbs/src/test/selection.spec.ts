import { literalSnapshot } from '@idp/core';
import { describe, expect, it } from 'vitest';
import { policyTests, selectedCapabilities, type TestSelection } from './selection.ts';

const snapshot = literalSnapshot({
  'capabilities/postgres/capability.yaml': '',
  'capabilities/redis/capability.yaml': '',
});
const nothing: TestSelection = { capabilities: [], policies: [], onlyPolicies: false };

describe('selectedCapabilities', () => {
  it('are all of them, those that are named, or none where only policies are asked for', () => {
    expect(selectedCapabilities(snapshot, nothing)).toEqual(['postgres', 'redis']);
    expect(selectedCapabilities(snapshot, { ...nothing, capabilities: ['redis', 'redis'] })).toEqual(['redis']);
    expect(selectedCapabilities(snapshot, { ...nothing, policies: ['pods'] })).toEqual([]);
    expect(selectedCapabilities(snapshot, { ...nothing, onlyPolicies: true })).toEqual([]);
  });
});

describe('policyTests', () => {
  it('are none where only capabilities are asked for', () => {
    expect(policyTests(snapshot, { ...nothing, capabilities: ['redis'] })).toMatchObject({ policies: [] });
  });

  it('refuse a policy that does not exist, and no policies at all', () => {
    const code = (selection: Partial<TestSelection>) => {
      const result = policyTests(snapshot, { ...nothing, ...selection });
      return result.findings.map((finding) => finding.code);
    };
    expect(code({ policies: ['pods'] })).toEqual(['usage/unknown-policy']);
    expect(code({ onlyPolicies: true })).toEqual(['usage/nothing-to-test']);
  });

  it('say which file cannot be read, where the policy may be', () => {
    const broken = literalSnapshot({ 'policies/pods/limits.yaml': 'a: [' });
    const result = policyTests(broken, { ...nothing, policies: ['pods/limits'] });
    expect(result.findings.map(({ code }) => code)).toEqual(['source/invalid-yaml', 'usage/unknown-policy']);
  });
});
