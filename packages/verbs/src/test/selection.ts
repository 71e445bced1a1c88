import { didYouMean, type EngineOf, isCalled, type PolicyTests, quote, type Snapshot, testPolicies } from '@idp/core';
import { loadPolicies } from '../context/policies.ts';
import { usage } from '../output/usage.ts';
import type { VerbResult } from '../verb.ts';

/** What somebody asked to be tested; nothing means everything. */
export interface TestSelection {
  readonly capabilities: readonly string[];
  /** Names, packs or ids. */
  readonly policies: readonly string[];
  readonly onlyPolicies: boolean;
}

export const engineOf: EngineOf = (policies, known) => {
  const { types, capabilities, brokenCapabilities, settings } = known ?? {};
  const typed = {
    ...(types && { types }),
    ...(capabilities && { capabilities }),
    ...(brokenCapabilities && { brokenCapabilities }),
    ...(settings && { settings }),
  };
  return loadPolicies({ policies, findings: [], ...typed });
};

/** The capabilities; none where only policies are asked for. */
export function selectedCapabilities(
  snapshot: Snapshot,
  { capabilities: written, policies, onlyPolicies }: TestSelection,
): readonly string[] | VerbResult {
  const folders = snapshot.list().flatMap(({ path }) => /^capabilities\/([^/]+)\/./.exec(path)?.[1] ?? []);
  const known = [...new Set(folders)];
  const unknown = written.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const hint = didYouMean(unknown, known) ?? 'a capability is in capabilities/<name>';
    return usage('unknown-capability', `there is no capability ${quote(unknown)}`, hint);
  }
  if (written.length > 0) return [...new Set(written)];
  return policies.length > 0 || onlyPolicies ? [] : known;
}

/** The tests of policies; of none where only capabilities are asked for. */
export function policyTests(
  snapshot: Snapshot,
  { capabilities, policies: written, onlyPolicies }: TestSelection,
): PolicyTests | VerbResult {
  if (capabilities.length > 0 && written.length === 0 && !onlyPolicies)
    return { policies: [], examples: [], unjudged: [], findings: [] };
  const tests = testPolicies(snapshot, onlyPolicies ? [] : written, engineOf);
  const unknown = written.find((name) => !tests.policies.some((policy) => isCalled(policy, name)));
  if (unknown !== undefined) {
    const refusal = unknownPolicy(snapshot, unknown);
    // It may be in a file that cannot be read.
    const unreadable = tests.findings.filter(({ code }) => code.startsWith('source/'));
    return { ...refusal, findings: [...unreadable, ...refusal.findings] };
  }
  if (onlyPolicies && tests.policies.length === 0)
    return usage('nothing-to-test', 'there is no policy to test', 'add one below policies/');
  return tests;
}

function unknownPolicy(snapshot: Snapshot, written: string): VerbResult {
  const { policies } = testPolicies(snapshot, [], engineOf);
  const known = policies.flatMap(({ name, id }) => [name, id, id.slice(0, id.lastIndexOf('/'))]);
  const hint = didYouMean(written, new Set(known)) ?? 'a policy is in policies/<pack>/<policy>.yaml';
  return usage('unknown-policy', `there is no policy ${quote(written)}`, hint);
}
