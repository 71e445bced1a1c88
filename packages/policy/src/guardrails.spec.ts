import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { evaluatePolicies } from './evaluate/evaluate-policies.ts';
import { isObject, type JsonObject, stringAt } from './json.ts';
import { readPolicies } from './policy/read-policies.ts';

/** The policies that this repository ships, as they are. */
const POLICIES = fileURLToPath(new URL('../../../policies', import.meta.url));

function documentsOf(file: string): readonly JsonObject[] {
  return parseAllDocuments(readFileSync(file, 'utf8')).flatMap((document) => {
    const value: unknown = document.toJS();
    return isObject(value) ? [value] : [];
  });
}

const files = readdirSync(POLICIES, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => file.replaceAll('\\', '/'))
  .sort();
const policyFiles = files.filter((file) => !file.includes('/fixtures/') && !file.startsWith('waivers/'));
const fixtures = files.filter((file) => file.includes('/fixtures/'));
const read = readPolicies(
  policyFiles.flatMap((path) => documentsOf(join(POLICIES, path)).map((document) => ({ path, document }))),
);

it('every guardrail is read without a problem', () => {
  expect(read.problems).toEqual([]);
  expect(read.policies.policies.map(({ name }) => name)).toEqual([
    'image-tags',
    'liveness-probe',
    'readiness-probe',
    'replicas-in-prod',
    'resource-limits',
    'restricted-security-context',
    'standard-labels',
  ]);
});

it.each(read.policies.policies)('$name says what it is, why, how to mend it and whose it is', (policy) => {
  expect(basename(policy.path, '.yaml')).toBe(policy.name);
  const { title, rationale, mend, owner } = policy;
  for (const text of [title, rationale, mend, owner]) expect(text).toMatch(/\S/);
});

it.each(read.policies.policies)('$name has two examples or more that pass and two that fail', ({ name }) => {
  const examples = fixtures.filter((file) => file.includes(`/fixtures/${name}/`)).map((file) => basename(file));
  expect(examples.filter((file) => file.startsWith('passes')).length).toBeGreaterThanOrEqual(2);
  expect(examples.filter((file) => file.startsWith('fails')).length).toBeGreaterThanOrEqual(2);
});

describe.each(fixtures)('%s', (file) => {
  const policyName = file.split('/').at(-2) ?? '';
  const documents = documentsOf(join(POLICIES, file));
  const namespaceObject = documents.find((document) => stringAt(document, 'kind') === 'Namespace');
  const objects = documents.filter((document) => document !== namespaceObject);
  const expected = basename(file).startsWith('fails') ? [policyName] : [];

  it.each(objects.map((object, index) => [index, object] as const))('object %d', (_index, object) => {
    const violations = evaluatePolicies(read.policies, { object, ...(namespaceObject ? { namespaceObject } : {}) });
    expect(violations.filter(({ kind }) => kind !== 'violated')).toEqual([]);
    expect([...new Set(violations.map(({ policy }) => policy))]).toEqual(expected);
    for (const { fieldPaths } of violations) expect(fieldPaths.length).toBeGreaterThan(0);
  });
});

it('a violation points at the container at fault, also through a variable that joins two lists', () => {
  const file = 'workloads/fixtures/resource-limits/fails-by-what-is-missing.yaml';
  const object = documentsOf(join(POLICIES, file)).at(-1);
  if (!object) throw new Error('the fixture is empty');
  const [first] = evaluatePolicies(read.policies, { object, namespaceObject: {} });
  expect(first).toMatchObject({
    policy: 'resource-limits',
    validation: 0,
    action: 'deny',
    severity: 'error',
    message: 'every container must request CPU (resources.requests.cpu)',
    fieldPaths: [['spec', 'template', 'spec', 'initContainers', 0, 'resources', 'requests', 'cpu']],
  });
});

it('the replicas of production are a warning with a message of their own', () => {
  const [namespaceObject, object] = documentsOf(join(POLICIES, 'workloads/fixtures/replicas-in-prod/fails.yaml'));
  if (!namespaceObject || !object) throw new Error('the fixture is incomplete');
  expect(evaluatePolicies(read.policies, { object, namespaceObject })).toEqual([
    {
      policy: 'replicas-in-prod',
      path: 'workloads/replicas-in-prod.yaml',
      validation: 0,
      kind: 'violated',
      action: 'warn',
      severity: 'warning',
      reason: 'Invalid',
      expression: "variables.replicas >= 2 || variables.annotations[?'idp.internal/single-replica'].orValue('') != ''",
      message: 'Deployment checkout runs 1 replica in production, two are needed to survive the loss of one',
      fieldPaths: [
        ['spec', 'replicas'],
        ['metadata', 'annotations', 'idp.internal/minimum-replicas'],
        ['metadata', 'annotations', 'idp.internal/single-replica'],
      ],
    },
  ]);
  expect(evaluatePolicies(read.policies, { object })).toMatchObject([
    { policy: 'replicas-in-prod', kind: 'inconclusive', severity: 'warning' },
  ]);
});
