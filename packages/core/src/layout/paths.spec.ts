import { describe, expect, it } from 'vitest';
import {
  capabilityFile,
  dockerfileService,
  environmentFile,
  isCatalogFile,
  isPlatformPath,
  isPolicyFile,
  isRenderRelevant,
  overrideFile,
  policyOwner,
  serviceFile,
  waiverFile,
} from './paths.ts';

describe('the platform reads', () => {
  it.each([
    'idp.yaml',
    'catalog/groups.yaml',
    'catalog/deep/er/users.yml',
    'catalog-info.yaml',
    'services/checkout/catalog-info.yaml',
    'services/checkout/catalog-info.yml',
    'services/checkout/score.yaml',
    'services/checkout/environments/prod.yaml',
    'services/checkout/.idp/lock.yaml',
    'environments/dev.yaml',
    'policies/workloads/limits.yaml',
    'capabilities/postgres/capability.yaml',
    'capabilities/postgres/templates/deploy/cluster.yaml',
    'capabilities/postgres/package.json',
    'capabilities/postgres/policies/backups.yaml',
  ])('%s', (path) => {
    expect(isPlatformPath(path)).toBe(true);
  });
});

describe('the platform never reads', () => {
  it.each([
    'services/checkout/src/main.ts',
    'services/checkout/deep/score.yaml',
    'services/checkout/environments/deep/prod.yaml',
    'services/score.yaml',
    'x/services/checkout/score.yaml',
    'catalog/readme.md',
    'apps/shop/catalog-info.yaml',
    'environments/deep/dev.yaml',
    'policies/workloads/fixtures/image.yaml',
    'capabilities/postgres/node_modules/x/index.js',
    'capabilities/readme.md',
    'idp.yml',
  ])('%s', (path) => {
    expect(isPlatformPath(path)).toBe(false);
  });
});

describe('the Dockerfile of a service', () => {
  it.each([
    'Dockerfile',
    'dockerfile',
    'Containerfile',
    'deep/er/Dockerfile',
    'Dockerfile.prod',
    'Containerfile.prod',
    'worker.Dockerfile',
    'worker.dockerfile',
    'images/worker.containerfile',
  ])('is called %s', (file) => {
    expect(dockerfileService(`services/checkout/${file}`)).toBe('checkout');
  });

  it.each([
    'src/dockerfile.ts',
    'Dockerfile/readme.md',
    'Dockerfile.dockerignore',
    'MyDockerfile',
    '.dockerignore',
    'node_modules/x/Dockerfile',
  ])('is not called %s', (file) => {
    expect(dockerfileService(`services/checkout/${file}`)).toBeUndefined();
  });
});

it('names the parts of a path', () => {
  expect(serviceFile('services/checkout/.idp/lock.yaml')).toEqual({ folder: 'checkout', file: '.idp/lock.yaml' });
  expect(serviceFile('services/checkout')).toBeUndefined();
  expect(capabilityFile('capabilities/postgres/patches/a.yaml')).toEqual({
    folder: 'postgres',
    file: 'patches/a.yaml',
  });
  expect(environmentFile('environments/dev.yml')).toBe('dev');
  expect(environmentFile('environments/.yaml')).toBeUndefined();
  expect(overrideFile('environments/prod.yaml')).toBe('prod');
  expect(overrideFile('score.yaml')).toBeUndefined();
  expect(isCatalogFile('services/a/catalog-info.yaml')).toBe(true);
  expect(isCatalogFile('services/a/src/catalog-info.yaml')).toBe(false);
  expect(isPolicyFile('policies/waivers/a.yaml')).toBe(false);
  expect(waiverFile('policies/waivers/a.yaml')).toBe('a');
  expect(waiverFile('policies/waivers/payments/b.yml')).toBe('b');
  expect(waiverFile('policies/waivers.yaml')).toBeUndefined();
  expect(isPlatformPath('policies/waivers/a.yaml')).toBe(true);
});

it('counts as part of a release only what decides what is rendered', () => {
  const files = ['capability.yaml', 'templates/deploy/a.yaml', 'patches/a.yaml', 'templates/scaffold/a', 'docs/a.md'];
  expect(files.filter(isRenderRelevant)).toEqual(['capability.yaml', 'templates/deploy/a.yaml', 'patches/a.yaml']);
});

it('knows a policy of a capability, but not the examples that show it', () => {
  expect(isPolicyFile('capabilities/postgres/policies/deep/backups.yml')).toBe(true);
  expect(policyOwner('capabilities/postgres/policies/backups.yaml')).toBe('postgres');
  expect(policyOwner('policies/workloads/limits.yaml')).toBeUndefined();
  for (const path of ['policies/fixtures/a.yaml', 'patches/policies/a.yaml', 'policies/a.md', 'policies.yaml'])
    expect(isPolicyFile(`capabilities/postgres/${path}`), path).toBe(false);
  expect(isPolicyFile('capabilities/postgres/policies/node_modules/a.yaml')).toBe(false);
});
