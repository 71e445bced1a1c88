import { describe, expect, it } from 'vitest';
import type { ExampleFiles } from '../finding/rule.ts';
import { sortFindings } from '../finding/sort-findings.ts';
import { type Json, property, stringOf, valueAt } from '../json/json.ts';
import { evaluateServices } from '../platform/evaluate-platform.ts';
import { loadPlatform } from '../platform/load-platform.ts';
import { exampleFiles, examplePlatform } from '../testing/example-platform.ts';
import { noWaivers } from '../waiver/waivers-in-force.ts';
import { checkedFiles } from './checked-files.ts';
import type { ParsedDockerfile } from './file-document.ts';
import { noPolicies } from './no-policies.ts';
import { type Judged, judgedTogether, PlatformCheck } from './platform-check.ts';
import type { PolicyRequest, PolicyViolation } from './policy-engine.ts';
import { subjectKinds } from './subject-kinds.ts';

const prod = `apiVersion: idp.internal/v1alpha1
kind: Environment
metadata: { name: prod }
spec: { targets: [{ name: eu, cluster: prod-eu }], values: { replicas: 2, domain: example.com } }
`;

/** A parser that knows the first line only. */
const fromLine = (text: string): ParsedDockerfile => ({
  spec: { stages: [{ image: text.split('\n')[0] ?? '' }] },
  rangeOf: () => ({ start: 0, end: 4 }),
});

/** Checks the example with files over it; `says` is the engine. */
function check(files: ExampleFiles, says: (request: PolicyRequest) => readonly PolicyViolation[] = () => []) {
  const snapshot = examplePlatform(files);
  const platform = loadPlatform(snapshot);
  const requests: PolicyRequest[] = [];
  const engine = {
    ...noPolicies,
    evaluate(request: PolicyRequest) {
      requests.push(request);
      return says(request);
    },
  };
  const environments = [...platform.environments.keys()];
  const all = new PlatformCheck({
    platform,
    engine,
    waivers: noWaivers,
    files: checkedFiles(snapshot, fromLine),
    environments,
  });
  const judged = new Set<string>();
  const parts: Judged[] = [];
  for (const evaluated of evaluateServices(platform)) {
    judged.add(evaluated.service);
    parts.push(all.entitiesOf(evaluated), all.service(evaluated));
  }
  const { findings, ...counts } = judgedTogether([...parts, all.rest(judged)]);
  return { requests, ...counts, findings: sortFindings(findings) };
}

const kindOf = (object: Json) => stringOf(property(object, 'kind')) ?? '';
const nameOf = (object: Json) => stringOf(valueAt(object, ['metadata', 'name'])) ?? '';

/** Says something against all objects of a kind, at a place. */
const against =
  (kind: string, path: readonly (string | number)[]) =>
  ({ object }: PolicyRequest): readonly PolicyViolation[] =>
    kindOf(object) === kind
      ? [{ policy: 'p', path: 'p.yaml', severity: 'error', message: 'no', fieldPaths: [path], kind: 'violated' }]
      : [];

describe('PlatformCheck', () => {
  it('judges what is rendered, each entity, the Score file of each environment and our own kinds, each once', () => {
    const { requests, entities, documents, objects } = check({ 'environments/prod.yaml': prod });
    const isWritten = ({ object }: PolicyRequest) =>
      subjectKinds.some(({ apiVersion, kind }) => object['apiVersion'] === apiVersion && object['kind'] === kind);
    const written = requests.filter(isWritten).map(({ object }) => `${kindOf(object)} ${nameOf(object)}`);
    expect(written.sort()).toEqual([
      'Capability database',
      'Capability web',
      'Component checkout',
      'Domain payments',
      'Environment dev',
      'Environment prod',
      'Group team-payments',
      'Lock ',
      'Platform example',
      'System payment-processing',
      'Workload checkout',
      'Workload checkout',
    ]);
    expect({ entities, documents }).toEqual({ entities: 4, documents: 8 });
    expect(requests).toHaveLength(objects + 12);
  });

  it('points at the line of an entity, and names the entity', () => {
    expect(check({}, against('Component', ['spec', 'lifecycle'])).findings).toEqual([
      {
        code: 'policy/p',
        severity: 'error',
        message: 'Component checkout: no',
        subject: 'component:default/checkout',
        path: 'services/checkout/catalog-info.yaml',
        line: 4,
        column: 35,
        endLine: 4,
        endColumn: 45,
        related: [{ message: 'the policy', path: 'p.yaml' }],
      },
    ]);
  });

  it('judges a Score file as it is in each environment, which the Namespace names', () => {
    const override = 'containers: { main: { image: "registry.example.com/checkout:2.0.0" } }\n';
    const files = { 'environments/prod.yaml': prod, 'services/checkout/environments/prod.yaml': override };
    const { requests, findings } = check(files, against('Workload', ['containers', 'main', 'image']));
    const scores = requests.filter(({ object }) => kindOf(object) === 'Workload');
    const seen = scores.map(({ object, namespaceObject }) => [
      valueAt(namespaceObject ?? null, ['metadata', 'labels', 'idp.internal/environment']),
      valueAt(object, ['containers', 'main', 'image']),
    ]);
    expect(seen).toEqual([
      ['dev', 'registry.example.com/checkout:1.0.0'],
      ['prod', 'registry.example.com/checkout:2.0.0'],
    ]);
    expect(findings).toMatchObject([
      { path: 'services/checkout/environments/prod.yaml', line: 1, environments: ['prod'] },
      { path: 'services/checkout/score.yaml', line: 5, environments: ['dev'] },
    ]);
  });

  it('says once what a Score file says for all environments', () => {
    const { findings } = check({ 'environments/prod.yaml': prod }, against('Workload', ['resources', 'db', 'type']));
    expect(findings).toMatchObject([{ path: 'services/checkout/score.yaml', line: 11, column: 15 }]);
    expect(findings[0]).not.toHaveProperty('environments');
  });

  it('gives the catalog to what is written, and to no rendered object: a cluster has none', () => {
    const { requests } = check({});
    const behind = (kind: string) =>
      requests
        .filter(({ object }) => kindOf(object) === kind)
        .map(({ catalog }) => catalog && valueAt(catalog, ['entity', 'ref']));
    expect(behind('Workload')).toEqual(['component:default/checkout']);
    expect(behind('Lock')).toEqual(['component:default/checkout']);
    expect(behind('System')).toEqual(['system:default/payment-processing']);
    const rendered = requests.filter(({ object }) => kindOf(object) === 'Deployment');
    expect(rendered.map(({ catalog }) => catalog)).toEqual([undefined]);
  });

  it('lets policies of a capability judge what is written of its users', () => {
    const { requests } = check({});
    const users = requests.filter(({ scopes }) => scopes.has('database')).map(({ object }) => kindOf(object));
    expect(users).toEqual(expect.arrayContaining(['Component', 'Workload', 'Lock', 'Deployment']));
    expect(users).not.toContain('System');
  });

  it('judges workflows, whose keys are words of YAML 1.2, at their own lines', () => {
    const workflow = 'on:\n  push: { branches: [main] }\njobs:\n  test:\n    steps:\n      - uses: a/b@v1\n';
    const path = ['spec', 'jobs', 'test', 'steps', 0, 'uses'];
    const { requests, findings } = check({ '.github/workflows/ci.yml': workflow }, against('Workflow', path));
    const [judged] = requests.filter(({ object }) => kindOf(object) === 'Workflow');
    expect(judged?.object).toMatchObject({ metadata: { name: 'ci' }, spec: { on: { push: { branches: ['main'] } } } });
    expect(findings).toMatchObject([
      { message: 'Workflow ci: no', subject: 'workflow:ci', path: '.github/workflows/ci.yml', line: 6, column: 15 },
    ]);
  });

  it('judges the Dockerfiles of services, and says which it cannot read', () => {
    const { requests, findings } = check(
      {
        'services/checkout/Dockerfile': 'FROM a\n',
        'services/checkout/tools/Dockerfile.dev': 'FROM b\n',
        'services/checkout/Dockerfile.linked': { mode: '120000', content: 'Dockerfile' },
        'services/checkout/Dockerfile.binary': new Uint8Array([0xff, 0xfe]),
        'services/checkout/Dockerfile.huge': '#'.repeat(100_001),
        'services/checkout/Dockerfile.d/a': 'FROM c\n',
      },
      against('Dockerfile', ['spec', 'user']),
    );
    expect(requests.filter(({ object }) => kindOf(object) === 'Dockerfile')).toHaveLength(2);
    expect(findings.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'policy/p services/checkout/Dockerfile',
      'source/not-utf8 services/checkout/Dockerfile.binary',
      'source/too-large services/checkout/Dockerfile.huge',
      'source/symlink services/checkout/Dockerfile.linked',
      'policy/p services/checkout/tools/Dockerfile.dev',
    ]);
    expect(findings[0]).toMatchObject({ subject: 'component:default/checkout', line: 1, column: 1, endColumn: 5 });
  });

  it('does not judge what is wrong in itself: one mistake is one finding', () => {
    const entity = exampleFiles['services/checkout/catalog-info.yaml'].replace('owner: team-payments', 'owner: gone');
    const { requests } = check({ 'services/checkout/catalog-info.yaml': entity, 'environments/dev.yaml': 'kind: 1\n' });
    const kinds = requests.map(({ object }) => kindOf(object));
    expect(kinds).not.toContain('Component');
    expect(kinds).not.toContain('Environment');
    expect(kinds).toContain('System');
  });
});
