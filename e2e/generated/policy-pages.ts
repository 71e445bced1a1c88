import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  literalSnapshot,
  memoryStore,
  overlaySnapshot,
  type PolicyExample,
  platformPolicySources,
  type Severity,
  type Snapshot,
  testPolicies,
} from '@idp/core';
import { exportPolicies } from '../../packages/verbs/src/export/export-policies.ts';
import { engineOf } from '../../packages/verbs/src/test/selection.ts';
import { type DocumentedPolicy, policyNote, policyPage } from './policy-page.ts';

const workspace = resolve(import.meta.dirname, '../..');
/** Those of the company, in the order in which a release goes through them. */
const environments = ['dev', 'staging', 'prod'];

/** The pages of the guardrails, by path; their severities are what the engine says of their own examples. */
export function policyPages(): readonly (readonly [string, string])[] {
  const policies = documentedPolicies();
  return [
    ['docs/policies/README.md', policiesIndex(policies)],
    ...policies.map((policy) => [`docs/policies/${policy.id}.md`, policyPage(policy)] as const),
  ];
}

function documentedPolicies(): readonly DocumentedPolicy[] {
  const snapshot = literalSnapshot(Object.fromEntries(filesBelow('policies')));
  const { policies, examples } = testPolicies(snapshot, [], engineOf);
  const { left } = exportPolicies(platformPolicySources(snapshot, memoryStore()));
  const staying = new Map(left.map(({ id, reason }) => [id, reason]));
  const elsewhere = new Map(
    environments.map((name) => [name, testPolicies(inEnvironment(snapshot, name), [], engineOf)]),
  );
  return policies.map((policy) => {
    const mine = examples.filter((example) => example.policy === policy.name);
    const ordered = [...mine].sort((a, b) => a.verdict.localeCompare(b.verdict) || order(a) - order(b));
    const actions = new Map(
      [...elsewhere].map(([name, judged]) => [name, actionOn(judged.examples, policy.name)] as const),
    );
    return { ...policy, examples: ordered, actions, staysHere: staying.get(policy.id) };
  });
}

/** The shortest example shows the most. */
function order({ source }: PolicyExample): number {
  return source.text.length;
}

const actionOf: Readonly<Record<Severity, string>> = { error: 'denies', warning: 'warns', info: 'notes' };

function actionOn(examples: readonly PolicyExample[], policy: string): string {
  const fails = examples.filter((example) => example.policy === policy && example.verdict === 'fails');
  const said = fails.flatMap(({ violations }) => violations.filter((violation) => violation.policy === policy));
  const [strongest] = (['error', 'warning', 'info'] as const).filter((each) =>
    said.some(({ severity }) => severity === each),
  );
  return strongest === undefined ? '' : actionOf[strongest];
}

/** The examples with all their Namespaces in one environment. */
export function inEnvironment(snapshot: Snapshot, environment: string): Snapshot {
  const examples = snapshot.list().filter(({ path }) => path.startsWith('policies/') && path.includes('/fixtures/'));
  const moved = examples.map(({ path }) => {
    const text = new TextDecoder().decode(snapshot.read(path));
    return { path, content: text.replaceAll(/(idp\.internal\/environment): [a-z]+/g, `$1: ${environment}`) };
  });
  return overlaySnapshot(snapshot, moved);
}

function policiesIndex(policies: readonly DocumentedPolicy[]): string {
  const packs = [...new Set(policies.map(({ id }) => id.slice(0, id.lastIndexOf('/'))))];
  return [
    policyNote,
    '# Guardrails',
    '',
    `The ${policies.length} policies of \`policies/\`, by pack. What a policy is, and how one is written: \`docs/policies.md\`.`,
    '',
    ...packs.flatMap((pack) => [
      `## ${pack}`,
      '',
      `| policy | ${environments.join(' | ')} | in a cluster |`,
      `|---|${environments.map(() => '---|').join('')}---|`,
      ...policies.filter(({ id }) => id.startsWith(`${pack}/`)).map((policy) => indexRow(policy)),
      '',
    ]),
  ].join('\n');
}

function indexRow({ id, name, actions, staysHere }: DocumentedPolicy): string {
  return `| [${name}](${id}.md) | ${[...actions.values()].join(' | ')} | ${staysHere === undefined ? 'yes' : 'no'} |`;
}

function filesBelow(folder: string): readonly (readonly [string, string])[] {
  return readdirSync(join(workspace, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return [file.slice(workspace.length + 1).replaceAll('\\', '/'), readFileSync(file, 'utf8')] as const;
    });
}
