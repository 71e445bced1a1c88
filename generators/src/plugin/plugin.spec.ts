import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CreateDependenciesContext, ProjectConfiguration } from '@nx/devkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDependencies, createNodes } from './plugin.ts';

const component = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: checkout }
spec: { type: service, owner: group:default/team-payments, system: shop, lifecycle: production }
`;

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'idp-plugin-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

async function nodes(...descriptors: readonly string[]): Promise<Record<string, Partial<ProjectConfiguration>>> {
  const [, infer] = createNodes;
  const results = await infer(descriptors, undefined, { workspaceRoot: root, nxJsonConfiguration: {} });
  return Object.assign({}, ...results.map(([, { projects }]) => projects ?? {}));
}

/** Infers the projects of the written descriptors, and their dependencies from all written files. */
async function dependencies(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  write(files);
  const paths = Object.keys(files);
  const inferred = await nodes(...paths.filter((path) => /(catalog-info|capability)\.yaml$/.test(path)));
  const projects: Record<string, ProjectConfiguration> = {};
  const projectFileMap: Record<string, { file: string; hash: string }[]> = {};
  for (const [folder, project] of Object.entries(inferred)) {
    const name = project.name ?? folder;
    projects[name] = { ...project, root: folder };
    projectFileMap[name] = paths.filter((path) => path.startsWith(`${folder}/`)).map((file) => ({ file, hash: '' }));
  }
  const fileMap = { projectFileMap, nonProjectFiles: [] };
  const context: CreateDependenciesContext = {
    externalNodes: {},
    projects,
    nxJsonConfiguration: {},
    fileMap,
    filesToProcess: fileMap,
    workspaceRoot: root,
  };
  const found = await createDependencies(undefined, context);
  return found.map(({ source, target, type, ...rest }) => {
    expect(type).toBe('static');
    return `${source} -> ${target} (${'sourceFile' in rest ? rest.sourceFile : ''})`;
  });
}

describe('projects of services', () => {
  it('are named by their folder and tagged from their Component', async () => {
    write({ 'services/checkout/catalog-info.yaml': component });
    expect(await nodes('services/checkout/catalog-info.yaml')).toEqual({
      'services/checkout': {
        name: 'checkout',
        projectType: 'application',
        tags: ['type:service', 'owner:team-payments', 'system:shop', 'lifecycle:production'],
        targets: {},
      },
    });
  });

  it('find the Component among other documents of the file', async () => {
    write({ 'services/checkout/catalog-info.yaml': `kind: API\nspec: { owner: other }\n---\n${component}` });
    const projects = await nodes('services/checkout/catalog-info.yaml');
    expect(projects['services/checkout']?.tags).toContain('owner:team-payments');
  });

  it.each([
    ['broken YAML', 'kind: [\n'],
    ['a duplicate key', 'kind: Component\nkind: Component\n'],
    ['an empty file', ''],
    ['a list', '- Component\n'],
    ['fields of other types', 'kind: Component\nspec: { owner: [a], system: 1, lifecycle: {} }\n'],
    ['a prototype key', 'kind: Component\nspec: { __proto__: { owner: x } }\n'],
  ])('stay in the graph with %s', async (_, text) => {
    write({ 'services/checkout/catalog-info.yaml': text });
    const projects = await nodes('services/checkout/catalog-info.yaml');
    expect(projects['services/checkout']).toMatchObject({ name: 'checkout', tags: ['type:service'] });
  });

  it('give way to projects of ours with the same name', async () => {
    const projects = await nodes(
      'nx.json',
      'services/platform/catalog-info.yaml',
      'services/idp/catalog-info.yaml',
      'services/capability-postgres/catalog-info.yaml',
    );
    expect(Object.values(projects).map(({ name }) => name)).toEqual([
      'platform',
      'service-platform',
      'service-idp',
      'service-capability-postgres',
    ]);
  });
});

describe('targets of services', () => {
  const targetsOf = async (files: Readonly<Record<string, string>>) => {
    write({ 'services/checkout/catalog-info.yaml': component, ...files });
    return (await nodes('services/checkout/catalog-info.yaml'))['services/checkout']?.targets;
  };

  it('are the scripts of package.json, after an install by the lock file', async () => {
    const targets = await targetsOf({
      'services/checkout/package.json': '{"scripts":{"build":"tsc","test":"node --test","start":"node ."}}',
      'services/checkout/package-lock.json': '{}',
    });
    expect(Object.keys(targets ?? {})).toEqual(['install', 'build', 'test']);
    expect(targets?.['install']).toMatchObject({
      command: 'npm ci --no-audit --no-fund',
      options: { cwd: '{projectRoot}' },
      cache: true,
      inputs: expect.arrayContaining(['{projectRoot}/package.json', '{projectRoot}/package-lock.json']),
      outputs: ['{projectRoot}/node_modules'],
    });
    expect(targets?.['test']).toMatchObject({
      command: 'npm run test',
      dependsOn: ['install'],
      cache: true,
      inputs: expect.arrayContaining(['{projectRoot}/**/*']),
    });
    expect(targets?.['build']).toMatchObject({ dependsOn: ['install'], outputs: ['{projectRoot}/dist'] });
  });

  it('use the package manager that the lock file belongs to', async () => {
    const targets = await targetsOf({
      'services/checkout/package.json': '{"scripts":{"test":"x"}}',
      'services/checkout/pnpm-lock.yaml': '',
    });
    expect(targets?.['install']?.command).toBe('pnpm install --frozen-lockfile');
    expect(targets?.['test']?.command).toBe('pnpm run test');
  });

  it('need no install without a lock file', async () => {
    const targets = await targetsOf({ 'services/checkout/package.json': '{"scripts":{"test":"x"}}' });
    expect(targets).toMatchObject({ test: { dependsOn: [] } });
    expect(targets?.['install']).toBeUndefined();
  });

  it.each(['{', '[]', 'null', '{"scripts":{"test":1}}'])('are none for the package.json %s', async (text) => {
    expect(await targetsOf({ 'services/checkout/package.json': text })).toEqual({});
  });
});

describe('the platform and capabilities', () => {
  it('have one uncached target a verb', async () => {
    const platform = (await nodes('nx.json'))['.'];
    expect(platform?.name).toBe('platform');
    expect(
      Object.entries(platform?.targets ?? {}).map(([name, target]) => [name, target.executor, target.cache]),
    ).toEqual([
      ['lock', 'idp:lock', false],
      ['schemas', 'idp:schemas', false],
      ['validate', 'idp:validate', false],
      ['catalog', 'idp:catalog', false],
      ['check', 'idp:check', false],
      ['explain', 'idp:explain', false],
      ['render', 'idp:render', false],
      ['export', 'idp:export', false],
      ['plan', 'idp:plan', false],
      ['promote', 'idp:promote', false],
      ['status', 'idp:status', false],
    ]);
  });

  it('exports policies without being told what to export', async () => {
    const export_ = (await nodes('nx.json'))['.']?.targets?.['export'];
    expect(export_?.options).toEqual({ what: 'policies' });
  });

  it('have a project for the policies where there are any, with their test', async () => {
    expect((await nodes('nx.json'))['policies']).toBeUndefined();
    write({ 'policies/pods/limits.yaml': '' });
    const policies = (await nodes('nx.json'))['policies'];
    expect(policies?.name).toBe('policies');
    expect(policies?.targets?.['test']).toMatchObject({
      executor: 'idp:test',
      options: { policies: true },
      cache: false,
    });
  });

  it('are tagged, named where npm does not name them, and tested by the kit unless they have a script for it', async () => {
    const test = (capability: string) => ({
      executor: 'idp:test',
      options: { capability: [capability] },
      cache: false,
      metadata: { description: expect.any(String) },
    });
    write({
      'capabilities/postgres/capability.yaml': 'spec: { owner: group:default/team-data, lifecycle: production }\n',
      'capabilities/queue/capability.yaml': 'spec: { owner: user:infra/ana }\n',
      'capabilities/queue/package.json': '{"name":"capability-queue"}',
      'capabilities/cache/capability.yaml': 'spec: {}\n',
      'capabilities/cache/package.json': '{"name":"capability-cache","scripts":{"test":"vitest run"}}',
    });
    const files = ['postgres', 'queue', 'cache'].map((name) => `capabilities/${name}/capability.yaml`);
    expect(await nodes(...files)).toEqual({
      'capabilities/postgres': {
        name: 'capability-postgres',
        tags: ['type:capability', 'owner:team-data', 'lifecycle:production'],
        targets: { test: test('postgres') },
      },
      'capabilities/queue': { tags: ['type:capability', 'owner:user:infra/ana'], targets: { test: test('queue') } },
      'capabilities/cache': { tags: ['type:capability'], targets: {} },
    });
  });
});

describe('dependencies', () => {
  it('go from a service to what its Score file and its overrides use', async () => {
    const found = await dependencies({
      'services/checkout/catalog-info.yaml': component,
      'services/checkout/score.yaml': `metadata: { name: checkout, workload: { type: node-service } }
resources:
  db: { type: postgres }
  payments: { type: service }
  ledger: { type: service, id: books }
  data: { type: volume }
  env: { type: environment }
  gone: { type: missing }
  self: { type: service, id: checkout }
`,
      'services/checkout/environments/prod.yaml': 'resources: { cache: { type: redis } }\n',
      'services/payments/catalog-info.yaml': component,
      'services/books/catalog-info.yaml': component,
      'capabilities/postgres/capability.yaml': '',
      'capabilities/redis/capability.yaml': '',
      'capabilities/node-service/capability.yaml': '',
    });
    expect(found).toEqual([
      'checkout -> capability-node-service (services/checkout/score.yaml)',
      'checkout -> capability-postgres (services/checkout/score.yaml)',
      'checkout -> payments (services/checkout/score.yaml)',
      'checkout -> books (services/checkout/score.yaml)',
      'checkout -> capability-redis (services/checkout/environments/prod.yaml)',
    ]);
  });

  it('go between capabilities along requires', async () => {
    const found = await dependencies({
      'capabilities/postgres/capability.yaml':
        'spec: { requires: [{ capability: secret-store }, { capability: gone }, x] }\n',
      'capabilities/secret-store/capability.yaml': '',
    });
    expect(found).toEqual(['capability-postgres -> capability-secret-store (capabilities/postgres/capability.yaml)']);
  });

  it('are none for a file that is not YAML', async () => {
    expect(
      await dependencies({ 'services/checkout/catalog-info.yaml': component, 'services/checkout/score.yaml': 'a: [' }),
    ).toEqual([]);
  });
});
