import { fileURLToPath } from 'node:url';
import {
  checkService,
  decodeText,
  evaluatePlatform,
  type Json,
  literalSnapshot,
  loadPlatform,
  memoryStore,
  noWaivers,
  type Origin,
  type Platform,
  parseYaml,
  platformPolicySources,
  positionOf,
  type Snapshot,
  type Traced,
  writeYaml,
} from '@idp/core';
import { loadWorkingTreeSnapshot } from '@idp/git';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkPlatform } from '../packages/verbs/src/check/check-platform.ts';
import { loadPolicies } from '../packages/verbs/src/context/policies.ts';
import { exportPolicies } from '../packages/verbs/src/export/export-policies.ts';
import { companyPage } from './generated/company-page.ts';
import { callBin } from './testing/run-bin.ts';

/** The repository's own company: what its people would see deployed, held by files that are reviewed like code. */
const root = fileURLToPath(new URL('..', import.meta.url));
let snapshot: Snapshot;
let platform: Platform;

beforeAll(async () => {
  snapshot = await loadWorkingTreeSnapshot(root);
  platform = loadPlatform(snapshot);
});

describe('the company', () => {
  it('has no findings that are errors', () => {
    expect(platform.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(evaluatePlatform(platform).findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect([...platform.workloads.keys()].length).toBeGreaterThanOrEqual(13);
  });

  it('renders to the manifests that were reviewed', async () => {
    const { services } = evaluatePlatform(platform, { environments: ['dev', 'prod'] });
    for (const { service, trees } of services) {
      for (const environment of ['dev', 'prod']) {
        const files = trees.get(environment)?.files ?? expect.fail(`${service} has no tree in ${environment}`);
        const text = [...files].map(([path, content]) => `# ${path}\n${content}`).join('---\n');
        await expect(text).toMatchFileSnapshot(`./__golden__/${environment}/${service}.yaml`);
      }
    }
  });

  it('is drawn as it is in docs/company.md', async () => {
    await expect(companyPage(platform)).toMatchFileSnapshot('../docs/company.md');
  });

  it('is denied nothing by its own policies', () => {
    const { engine, findings: problems } = loadPolicies(platform);
    expect(problems).toEqual([]);
    expect(engine.policies).toBeGreaterThanOrEqual(30);
    for (const evaluated of evaluatePlatform(platform).services) {
      const { findings, objects } = checkService(evaluated, { engine, waivers: noWaivers });
      expect(findings, evaluated.service).toEqual([]);
      expect(objects, evaluated.service).toBeGreaterThan(10);
    }
  });

  it('passes all of its guardrails with two waivers that have a reason', () => {
    const scope = { services: [], environments: [], now: '2026-12-01T12:00:00Z' };
    const checked = checkPlatform(platform, snapshot, loadPolicies(platform), scope);
    expect(checked.findings.map(({ code, waived }) => [code, waived?.path])).toEqual([
      ['policy/no-cluster-scoped-objects', 'policies/waivers/one-store-for-all-secrets.yaml'],
      ['policy/database-backups', 'policies/waivers/no-backups-in-dev.yaml'],
    ]);
    for (const { waived } of checked.findings) expect(waived?.reason).toMatch(/\w+ \w+ \w+/);
    expect(checked.documents).toBeGreaterThan(50);
  });

  it('passes what a cluster is given as it passes here', () => {
    const { exported } = exportPolicies(platform.policies);
    const texts = exported.map(({ documents }) => documents.map((document) => writeYaml(document)).join('---\n'));
    const files = Object.fromEntries(texts.map((text, index) => [`policies/${index}.yaml`, text]));
    const sources = platformPolicySources(literalSnapshot(files), memoryStore());
    const { engine, findings } = loadPolicies({ policies: sources, findings: [] });
    expect(findings).toEqual([]);
    for (const evaluated of evaluatePlatform(platform, { environments: ['prod'] }).services)
      expect(checkService(evaluated, { engine, waivers: noWaivers }).findings, evaluated.service).toEqual([]);
  });

  it('renders no object that nobody could check: each kind has a schema', () => {
    const unknown = new Set<string>();
    for (const { trees } of evaluatePlatform(platform).services)
      for (const tree of trees.values())
        for (const { objects } of tree.targets)
          for (const { group, version, kind } of objects) {
            const apiVersion = group === '' ? version : `${group}/${version}`;
            if (platform.types.find(apiVersion, kind).kind !== 'known') unknown.add(`${apiVersion}/${kind}`);
          }
    expect([...unknown]).toEqual([]);
  });

  it('has capabilities that pass their own fixtures', async () => {
    const ran = await callBin(root, ['test', '--format=json']);
    const { findings, summary } = JSON.parse(ran.stdout);
    expect(findings).toEqual([]);
    expect(summary.capabilities).toBe(platform.capabilities.size);
    expect(platform.capabilities.size).toBeGreaterThanOrEqual(10);
  });

  it('knows of every rendered value where a person has to look', () => {
    let leaves = 0;
    const kinds = new Set<string>();
    for (const [path, leaf] of renderedLeaves(platform)) {
      leaves += 1;
      kinds.add(leaf.origin.kind);
      const place = positionOf(leaf.origin);
      expect(snapshot.entry(place.path), `${path} comes from ${place.path}`).toBeDefined();
      expect(place.line, path).toBeGreaterThanOrEqual(1);
      const said = saidAt(leaf.origin);
      // The path of a file or a volume is the key of its entry: it stands there, or in the line before.
      const isKey = said?.lines.includes(`${String(leaf.content)}:`) === true;
      if (said !== undefined && said.value !== leaf.content && !isKey)
        // A placeholder, `image: .`, or the capability's template of an output stands for the value.
        expect(String(said.value), `${path} of ${place.path}:${place.line}`).toMatch(/\$|^\.$|\{\{|^service$/);
    }
    expect(leaves).toBeGreaterThan(1_000);
    expect([...kinds].sort()).toEqual(['renderer', 'source', 'template']);
  });
});

function* renderedLeaves(of: Platform): Generator<readonly [string, Traced]> {
  for (const { trees } of evaluatePlatform(of).services)
    for (const tree of trees.values())
      for (const target of tree.targets) for (const object of target.objects) yield* leavesOf(object.path, object.node);
}

function* leavesOf(path: string, node: Traced): Generator<readonly [string, Traced]> {
  if (node.content instanceof Map) for (const [key, value] of node.content) yield* leavesOf(`${path}/${key}`, value);
  else if (Array.isArray(node.content))
    for (const [index, item] of (node.content as readonly Traced[]).entries())
      yield* leavesOf(`${path}/${index}`, item);
  else yield [path, node];
}

/** What stands in the file at the place of a value, read anew from the file's text. */
function saidAt(origin: Origin): { readonly value: Json | undefined; readonly lines: string } | undefined {
  if (origin.kind !== 'source') return undefined;
  const { line, column, endLine, endColumn, path } = positionOf(origin);
  const bytes = snapshot.read(path);
  // A file of the service that a container gets as it is.
  if (!path.endsWith('.yaml')) return { value: bytes && decodeText(bytes), lines: '' };
  const all = (bytes && decodeText(bytes))?.split('\n') ?? [];
  const lines = all.slice(line - 1, endLine);
  const last = lines.length - 1;
  const text = lines
    .map((each, index) => each.slice(index === 0 ? column - 1 : 0, index === last ? endColumn - 1 : undefined))
    .join('\n');
  const parsed = parseYaml(text);
  return {
    value: parsed.ok ? parsed.documents[0] : undefined,
    lines: all.slice(Math.max(0, line - 2), line).join('\n'),
  };
}
