import { overlaySnapshot, planPolicy, policySubjects, testPolicies } from '@idp/core';
import { describe, expect, it } from 'vitest';
import { examplePlatform } from '../../../../core/src/testing/example-platform.ts';
import { engineOf } from '../../test/selection.ts';
import { policyOptions } from './options.ts';
import schema from './schema.json' with { type: 'json' };

describe.each(Object.keys(policySubjects))('a generated policy over %s', (over) => {
  it.each(['require-runbook', 'no-runbook'])('passes its own tests as it is: %s', (name) => {
    const snapshot = examplePlatform();
    const { value } = planPolicy(snapshot, policyOptions({ name, owner: 'payments', over }));
    const tests = testPolicies(overlaySnapshot(snapshot, value?.changes ?? []), [], engineOf);
    expect(tests.findings).toEqual([]);
    expect(tests.examples.map(({ verdict }) => verdict).sort()).toEqual(['fails', 'fails', 'passes', 'passes']);
  });
});

it('is offered over all that there are shapes of', () => {
  expect(schema.properties.over.enum).toEqual(Object.keys(policySubjects));
});
