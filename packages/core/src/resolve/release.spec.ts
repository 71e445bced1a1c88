import { describe, expect, it } from 'vitest';
import { decodeText } from '../digest/text.ts';
import { exampleScore } from '../finding/example-files.ts';
import type { ExampleFiles } from '../finding/rule.ts';
import { loadPlatform } from '../platform/load-platform.ts';
import { exampleFiles, examplePlatform } from '../testing/example-platform.ts';
import { releaseValue } from './resolution.ts';
import { resolve } from './resolve.ts';

function resolved(files: ExampleFiles) {
  const { value, findings } = resolve('checkout', loadPlatform(examplePlatform(files)));
  if (value === undefined) throw new Error(JSON.stringify(findings));
  return value;
}
const releaseOf = (files: ExampleFiles): string => resolved(files).release;
const text = (path: string): string => {
  const bytes = examplePlatform().read(path);
  return (bytes && decodeText(bytes)) ?? '';
};
const lockPath = 'services/checkout/.idp/lock.yaml';
const lock = text(lockPath);
const score = exampleFiles['services/checkout/score.yaml'];
const info = 'services/checkout/catalog-info.yaml';
const database = 'capabilities/database/capability.yaml';
const image = (digit: string) => `registry.example.com/checkout@sha256:${digit.repeat(64)}`;
const built = exampleScore({ image: '.' });
const scoreIs = (content: string): ExampleFiles => ({ 'services/checkout/score.yaml': content });

const before = releaseOf({});

describe('the digest of a release', () => {
  it.each<readonly [string, ExampleFiles]>([
    [
      'the order of keys in the Score file',
      scoreIs(`resources:
  db: { type: database }
service: { ports: { http: { port: 8080 } } }
containers:
  main:
    variables:
      DB_PASSWORD: \${resources.db.password}
      DB_HOST: \${resources.db.host}
    image: registry.example.com/checkout:1.0.0
metadata: { name: checkout }
apiVersion: score.dev/v1b1
`),
    ],
    ['comments and quotes in the Score file', scoreIs(`# why\n${score.replace('name: checkout', 'name: "checkout"')}`)],
    [
      'answers and files in the lock',
      { [lockPath]: `${lock}answers: { template: web }\nfiles: { Dockerfile: seeded }\n` },
    ],
    [
      'the values of an environment',
      { 'environments/dev.yaml': exampleFiles['environments/dev.yaml'].replace('replicas: 1', 'replicas: 5') },
    ],
    [
      'another environment',
      { 'environments/prod.yaml': exampleFiles['environments/dev.yaml'].replaceAll('dev', 'prod') },
    ],
    [
      'docs and fixtures of a capability',
      { 'capabilities/database/docs/README.md': '# db\n', 'capabilities/database/fixtures/a.yaml': 'a: 1\n' },
    ],
    ['files that a capability scaffolds', { 'capabilities/web/templates/scaffold/README.md': 'hello\n' }],
    [
      'a capability that the service does not use',
      { 'capabilities/x/package.json': '{ "name": "capability-x", "version": "1.0.0" }' },
    ],
    [
      'another service',
      {
        'services/other/score.yaml':
          'apiVersion: score.dev/v1b1\nmetadata: { name: other }\ncontainers: { main: { image: a } }\n',
      },
    ],
    [
      'what the catalog says of it beside what is rendered',
      { [info]: exampleFiles[info].replace('name: checkout', 'name: checkout, tags: [shop]') },
    ],
  ])('does not depend on %s', (_, files) => {
    expect(releaseOf(files)).toBe(before);
  });

  it.each<readonly [string, ExampleFiles]>([
    ['a value of the Score file', scoreIs(score.replace('port: 8080', 'port: 8081'))],
    ['the type of a value', scoreIs(score.replace('type: database', 'type: database, params: { size: small }'))],
    ['an override', { 'services/checkout/environments/dev.yaml': 'containers: { main: { args: [a] } }\n' }],
    ['the namespace', { [lockPath]: lock.replace('namespace: checkout', 'namespace: shop') }],
    ['the id of an instance', { [lockPath]: lock.replace(/id: i-\w+/, 'id: i-0000000000000000') }],
    ['the name of an instance', { [lockPath]: lock.replace(/name: checkout-db-\w+/, 'name: checkout-db-zzzzz') }],
    ["the workload's instance", { [lockPath]: lock.replace(/(workload:[\s\S]*id: )i-\w+/, '$1i-1111111111111111') }],
    [
      'the version of a capability',
      { 'capabilities/database/package.json': '{ "name": "capability-database", "version": "1.3.0" }' },
    ],
    [
      'the document of a capability',
      { [database]: exampleFiles[database].replace('default: small', 'default: large') },
    ],
    [
      'a template of a capability',
      {
        'capabilities/database/templates/deploy/config.yaml': `${exampleFiles['capabilities/database/templates/deploy/config.yaml']}immutable: true\n`,
      },
    ],
    [
      'a patch of what runs it',
      {
        'capabilities/web/patches/deployment.yaml': exampleFiles['capabilities/web/patches/deployment.yaml'].replace(
          'replicas: {{',
          'minReadySeconds: {{',
        ),
      },
    ],
    ['the owner', { [info]: exampleFiles[info].replace('owner: team-payments', 'owner: group:default/team-payments') }],
    ['the lifecycle', { [info]: exampleFiles[info].replace('production', 'experimental') }],
    ['the system', { [info]: exampleFiles[info].replace(', system: payment-processing', '') }],
    ['the title', { [info]: exampleFiles[info].replace('name: checkout', 'name: checkout, title: Checkout') }],
  ])('changes with %s', (_, files) => {
    expect(releaseOf(files)).not.toBe(before);
  });

  it('changes with the image that is pinned', () => {
    const pinned = (digit: string): ExampleFiles => ({
      ...built,
      [lockPath]: lock.replace('images: {}', `images: { main: "${image(digit)}" }`),
    });
    expect(new Set([releaseOf(built), releaseOf(pinned('0')), releaseOf(pinned('1'))]).size).toBe(3);
    expect(releaseOf(pinned('0'))).toBe(releaseOf(pinned('0')));
  });

  it('changes with the ports of a service that it calls, and with nothing else of it', () => {
    const shop = (port: number, more = ''): ExampleFiles => ({
      'services/shop/catalog-info.yaml': exampleFiles[info].replaceAll('checkout', 'shop'),
      'services/shop/score.yaml': `apiVersion: score.dev/v1b1
metadata: { name: shop }
containers: { main: { image: a${more} } }
service: { ports: { http: { port: ${port} } } }
`,
      ...exampleScore({ resources: 'db: { type: database }\nshop: { type: service }' }),
    });
    expect(releaseOf(shop(80, ', args: [x]'))).toBe(releaseOf(shop(80)));
    expect(releaseOf(shop(81))).not.toBe(releaseOf(shop(80)));
  });

  it('is over a value that no value of an environment is in', () => {
    const secret = 'zz-only-in-the-environment';
    const value = releaseValue(
      resolved({ 'environments/dev.yaml': exampleFiles['environments/dev.yaml'].replace('dev.example.com', secret) }),
    );
    expect(JSON.stringify(value)).not.toContain(secret);
  });
});
