import { fileURLToPath } from 'node:url';
import { isFixturePath, policyPack, property, type Snapshot, stringOf, testPolicies } from '@idp/core';
import { loadWorkingTreeSnapshot } from '@idp/git';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadPolicies } from '../packages/verbs/src/context/policies.ts';

/** The guardrails that this repository ships, each example judged by all of them together. */
const root = fileURLToPath(new URL('..', import.meta.url));
let snapshot: Snapshot;
let tests: ReturnType<typeof testPolicies>;

beforeAll(async () => {
  const wanted = ({ path }: { readonly path: string }) => path.startsWith('policies/') && isFixturePath(path);
  snapshot = await loadWorkingTreeSnapshot(root, { wanted });
  tests = testPolicies(snapshot, [], (policies) => loadPolicies({ policies, findings: [] }));
});

describe('the guardrails', () => {
  it('say of every example what it is there for', () => {
    expect(tests.findings).toEqual([]);
    expect(tests.policies.length).toBeGreaterThanOrEqual(30);
  });

  it('have two examples or more that pass and two that fail', () => {
    const count = (name: string, verdict: string): number =>
      tests.examples.filter((example) => example.policy === name && example.verdict === verdict).length;
    const few = tests.policies.filter(({ name }) => count(name, 'passes') < 2 || count(name, 'fails') < 2);
    expect(few.map(({ id }) => id)).toEqual([]);
  });

  it('do not overlap: what one of them denies, no other says anything against, and what passes one passes all', () => {
    const judged = tests.examples.map(({ policy, verdict, source, violations }) => ({
      path: source.path,
      said: [...new Set(violations.map((violation) => violation.policy))],
      expected: verdict === 'fails' ? [policy] : [],
    }));
    expect(judged.length).toBeGreaterThanOrEqual(4 * tests.policies.length);
    expect(judged.filter(({ said, expected }) => said.join() !== expected.join())).toEqual([]);
  });

  it('point at a value of what they deny, or at where it would be', () => {
    const fails = tests.examples.filter(({ verdict }) => verdict === 'fails');
    const blind = fails.filter(({ violations }) => violations.some(({ fieldPaths }) => fieldPaths.length === 0));
    expect(blind.map(({ source }) => source.path)).toEqual([]);
  });

  it('point at the container at fault, also through a variable that joins two lists', () => {
    const file = 'policies/pods/fixtures/resource-limits/fails-by-what-is-missing.yaml';
    const example = tests.examples.find(({ source }) => source.path === file);
    expect(example?.violations.map(({ message, fieldPaths }) => [message, fieldPaths[0]])).toEqual([
      [
        'every container must limit its memory (resources.limits.memory)',
        ['spec', 'template', 'spec', 'initContainers', 0, 'resources', 'limits', 'memory'],
      ],
    ]);
  });

  it('are files of their names, in packs, with an owner and texts for people', () => {
    for (const { name, id, source, document } of tests.policies) {
      expect(source.path).toBe(`policies/${id}.yaml`);
      expect(policyPack(source.path)).toMatch(/^[a-z-]+$/);
      const annotations = property(property(source.documents[document], 'metadata'), 'annotations');
      for (const text of ['title', 'rationale', 'mend'])
        expect(stringOf(property(annotations, `idp.internal/${text}`)), `${name}: ${text}`).toMatch(/\S/);
      expect(stringOf(property(annotations, 'idp.internal/owner')), name).toMatch(/^group:default\/team-[a-z]+$/);
      // A full stop at the end of a title is none in a list of titles; rationale and mend are sentences.
      expect(stringOf(property(annotations, 'idp.internal/title')), name).not.toMatch(/\.$/);
    }
  });
});
