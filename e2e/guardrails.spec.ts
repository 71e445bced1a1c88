import { fileURLToPath } from 'node:url';
import {
  isFixturePath,
  type JsonObject,
  literalSnapshot,
  memoryStore,
  overlaySnapshot,
  type PolicyViolation,
  platformPolicySources,
  policyPack,
  property,
  type Snapshot,
  type Source,
  stringOf,
  testPolicies,
  writeYaml,
} from '@idp/core';
import { loadWorkingTreeSnapshot } from '@idp/git';
import { beforeAll, describe, expect, it } from 'vitest';
import { resumedRun } from '../packages/verbs/src/check/resumed-run.ts';
import { check } from '../packages/verbs/src/check/verb.ts';
import { exportPolicies } from '../packages/verbs/src/export/export-policies.ts';
import { engineOf } from '../packages/verbs/src/test/selection.ts';
import { inEnvironment } from './generated/policy-pages.ts';
import { platformRepository } from './testing/platform-repository.ts';

/** The guardrails that this repository ships, each example judged by all of them together. */
const root = fileURLToPath(new URL('..', import.meta.url));
let snapshot: Snapshot;
let tests: ReturnType<typeof testPolicies>;

beforeAll(async () => {
  const wanted = ({ path }: { readonly path: string }) => isFixturePath(path);
  snapshot = await loadWorkingTreeSnapshot(root, { wanted });
  tests = testPolicies(snapshot, [], engineOf);
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

  it('judge what pods are made from as they judge pods', () => {
    const pods = tests.examples.filter(({ source }) => stringOf(property(source.documents[0], 'kind')) === 'Pod');
    const templates = pods.map(({ source }) => {
      const [document] = source.documents;
      const metadata = property(document, 'metadata') ?? {};
      const spec = property(document, 'spec') ?? {};
      return {
        path: source.path,
        content: writeYaml({ apiVersion: 'v1', kind: 'PodTemplate', metadata, template: { metadata, spec } }),
      };
    });
    expect(testPolicies(overlaySnapshot(snapshot, templates), [], engineOf).findings).toEqual([]);
    const overPods = tests.policies.filter(({ source }) => source.text.includes('podtemplates'));
    const shown = new Set(pods.filter(({ verdict }) => verdict === 'fails').map(({ policy }) => policy));
    expect(overPods.filter(({ name }) => !shown.has(name)).map(({ id }) => id)).toEqual([]);
    expect(overPods.length).toBeGreaterThanOrEqual(26);
  });

  it('judge a dashboard of hundreds of kilobytes in a ConfigMap', () => {
    const panel = (id: number) => ({
      id,
      title: `Requests ${id}`,
      targets: [{ expr: 'sum(rate(kube_pod_container_status_restarts_total[5m])) by (pod)', refId: 'A' }],
    });
    const panels = Array.from({ length: 2_000 }, (_, id) => panel(id));
    const dashboard = (more: JsonObject) => ({
      path: `policies/secrets/fixtures/no-secrets-in-config-maps/${'token' in more ? 'fails' : 'passes'}-large.yaml`,
      content: writeYaml({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'dashboard', namespace: 'checkout' },
        data: { 'requests.json': JSON.stringify({ panels, ...more }, null, 2) },
      }),
    });
    const written = [dashboard({}), dashboard({ token: 'Zx81QpLmR7vT2nKc9WbY4hJd6Fg' + 'A3sE' })];
    expect(written[0]?.content.length).toBeGreaterThan(400_000);
    const { findings, examples } = testPolicies(overlaySnapshot(snapshot, written), [], engineOf);
    expect(findings).toEqual([]);
    expect(examples.filter(({ source }) => source.path.endsWith('-large.yaml'))).toHaveLength(2);
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

describe('the export of the guardrails', () => {
  it('is what was run: read again, it gives the verdict of every example in every environment', () => {
    const { sources, exported, left } = exportOf(snapshot);
    const again = engineOf(sources(exported.map(({ documents }) => documents)));
    expect(again.findings).toEqual([]);
    const ids = new Set(exported.map(({ id }) => id));
    const names = new Set(tests.policies.filter(({ id }) => ids.has(id)).map(({ name }) => name));
    expect(names.size).toBeGreaterThanOrEqual(30);
    expect([...names].length + left.length).toBe(tests.policies.length);
    // What a cluster can have no verdict of has a reason.
    expect(left.map(({ id }) => id)).toContain('catalog/on-call');
    let denied = 0;
    for (const environment of ['dev', 'staging', 'prod']) {
      const here = inEnvironment(snapshot, environment);
      const mine = testPolicies(here, [...ids], engineOf).examples;
      const theirs = testPolicies(here, [...ids], () => again).examples;
      expect(theirs.length).toBe(mine.length);
      for (const [index, example] of mine.entries()) {
        const said = example.violations.filter(({ policy }) => names.has(policy)).map(verdict);
        expect(theirs[index]?.violations.map(verdict), `${example.source.path} in ${environment}`).toEqual(said);
        denied += said.length;
      }
    }
    expect(denied).toBeGreaterThan(200);
  });

  it('for one environment has the bindings that hold there, and gives its verdicts there', () => {
    const { sources, exported, left } = exportOf(snapshot, 'dev');
    expect(left.map(({ id, reason }) => `${id}: ${reason}`)).toContain(
      'reliability/replicas-in-prod: no binding puts it in force in dev',
    );
    const ids = exported.map(({ id }) => id);
    const names = new Set(ids.map((id) => id.slice(id.lastIndexOf('/') + 1)));
    const again = engineOf(sources(exported.map(({ documents }) => documents)));
    const here = inEnvironment(snapshot, 'dev');
    const mine = testPolicies(here, ids, engineOf).examples;
    const theirs = testPolicies(here, ids, () => again).examples;
    for (const [index, { violations, source }] of mine.entries())
      expect(theirs[index]?.violations.map(verdict), source.path).toEqual(
        violations.filter(({ policy }) => names.has(policy)).map(verdict),
      );
  });
});

function exportOf(of: Snapshot, environment?: string) {
  const store = memoryStore();
  const result = exportPolicies(platformPolicySources(of, store), { environment });
  /** What is exported as files of their own, as a cluster is given them. */
  const sources = (policies: readonly (readonly JsonObject[])[]): readonly Source[] => {
    const files = policies.map((documents, index) => [
      `policies/${index}.yaml`,
      documents.map(writeYaml).join('---\n'),
    ]);
    return platformPolicySources(literalSnapshot(Object.fromEntries(files)), store);
  };
  return { ...result, sources };
}

function verdict({ policy, severity, kind, message, fieldPaths }: PolicyViolation) {
  return { policy, severity, kind, message, fieldPaths };
}

describe('a check by the guardrails', () => {
  it('judges a changed service alone: none of them reads the catalog of everybody for it', async () => {
    const { root, edit } = await platformRepository(['services']);
    const now = '2026-12-01T09:00:00Z';
    const context = {
      cwd: '/',
      now: () => new Date(now),
      randomBytes: (count: number) => new Uint8Array(count),
      progress: () => {},
      build: 'a-build',
    };
    await check.run({ root }, context);
    await edit('services/invoices/score.yaml', 'LOG_LEVEL: info', 'LOG_LEVEL: warn');
    const resumed = await resumedRun({ root }, context, { services: [], environments: [], now, strict: false });
    expect(resumed).toHaveProperty('run.findings');
  });
});
