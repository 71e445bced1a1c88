import { describe, expect, it } from 'vitest';
import { loadPlatform } from '../platform/load-platform.ts';
import { withLock, withService } from '../platform/with-service.ts';
import { snapshotOf } from '../snapshot/index-entries.ts';
import { overlaySnapshot } from '../snapshot/overlay-snapshot.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { exampleMint, examplePlatform } from '../testing/example-platform.ts';
import { planNearby, planService, planServices } from './plan-service.ts';
import type { ServiceOptions } from './service-request.ts';
import { Surroundings } from './surroundings.ts';

const component = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: {{yaml service.name}} }
spec: { type: service, lifecycle: {{yaml service.lifecycle}}, owner: {{yaml service.owner}} }
`;
const score =
  'apiVersion: score.dev/v1b1\nmetadata: { name: {{yaml service.name}} }\ncontainers: { main: { image: . } }\n';
const folder = 'capabilities/web/templates/scaffold';
const files = { [`${folder}/catalog-info.yaml`]: component, [`${folder}/score.yaml`]: score };
const options: ServiceOptions = { name: 'cart', owner: 'team-payments', template: 'web', lifecycle: 'production' };

const nearby = (snapshot: Snapshot, changed: Partial<ServiceOptions> = {}) =>
  planNearby(new Surroundings(snapshot), { ...options, ...changed }, exampleMint(7));

/** A platform with some services more, none of which anything is to be read of. */
function crowded(base: Snapshot, count: number): Snapshot {
  const crowd = Array.from({ length: count }, (_, index) => ({
    path: `services/other-${index}/score.yaml`,
    mode: '100644' as const,
    oid: String(index).padStart(40, '0'),
  }));
  return snapshotOf([...base.list(), ...crowd], ({ path }) =>
    path.startsWith('services/other-') ? undefined : base.read(path),
  );
}

describe('planNearby', () => {
  it('reads nothing of other services, however many there are', () => {
    const planned = nearby(crowded(examplePlatform(files), 500));
    expect(planned?.value?.changes.map(({ path }) => path)).toEqual([
      'services/cart/catalog-info.yaml',
      'services/cart/score.yaml',
      'services/cart/.idp/lock.yaml',
    ]);
  });

  it.each<Partial<ServiceOptions>>([
    {},
    { system: 'payment-processing' },
    { owner: 'group:default/team-payments' },
    { title: 'A cart' },
  ])('decides of %j what everything together decides', (changed) => {
    const base = examplePlatform(files);
    const planned = nearby(base, changed);
    const everything = loadPlatform(overlaySnapshot(base, planned?.value?.changes ?? []));
    expect(everything.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(planned).toEqual(planService(base, { ...options, ...changed }, exampleMint(7)));
  });

  it('brings what its template requires', () => {
    const requiring = examplePlatform({
      ...files,
      'capabilities/web/capability.yaml': `${text(examplePlatform(), 'capabilities/web/capability.yaml')}  requires: [{ capability: database, version: ^1.0.0, as: db, outputs: { host: { type: string } } }]\n`,
    });
    expect(nearby(requiring)?.value?.changes).toHaveLength(3);
  });

  it.each<readonly [string, Snapshot, Partial<ServiceOptions>]>([
    ['a refusal, whose hints know of everything', examplePlatform(files), { owner: 'team-paymnets' }],
    [
      'a name that the catalog has',
      examplePlatform({
        ...files,
        'catalog/cart.yaml': component.replace('{{yaml service.name}}', 'cart').replace(/\{\{.*?\}\}/g, 'x'),
      }),
      {},
    ],
    [
      'an entity that may be somewhere else',
      examplePlatform({
        ...files,
        [`${folder}/catalog-info.yaml`]: `${component}---\napiVersion: backstage.io/v1alpha1\nkind: Resource\nmetadata: { name: shared }\nspec: { type: x, owner: team-payments }\n`,
      }),
      {},
    ],
    [
      'an instance that may be another’s',
      examplePlatform({
        ...files,
        [`${folder}/score.yaml`]: `${score}resources: { db: { type: database, id: shared, params: {} } }\n`,
      }),
      {},
    ],
    [
      'a service that is called',
      examplePlatform({ ...files, [`${folder}/score.yaml`]: `${score}resources: { checkout: { type: service } }\n` }),
      {},
    ],
  ])('leaves %s to the whole', (_, snapshot, changed) => {
    expect(nearby(snapshot, changed)).toBeUndefined();
  });

  it.each(['services/Cart/x', 'services/cart', 'services'])('sees %j, which is in the way', (path) => {
    const base = examplePlatform(files);
    const entries = base.list().filter((entry) => path !== 'services' || !entry.path.startsWith('services/'));
    const blocked = snapshotOf([...entries, { path, mode: '100644', oid: '0'.repeat(40) }], (entry) =>
      base.read(entry.path),
    );
    expect(nearby(blocked)).toBeUndefined();
    expect(planService(overlaySnapshot(base, [{ path, content: '' }]), options, exampleMint(7)).value).toBeUndefined();
  });
});

it('planServices plans each service as if those before it had been written', () => {
  const base = examplePlatform(files);
  const requests = ['cart', 'basket', 'cart', 'checkout', 'Nonsense', 'order'].map((name) => ({ ...options, name }));
  const mints = [exampleMint(7), exampleMint(7)] as const;
  let snapshot = base;
  const expected = requests.map((request) => {
    const planned = planService(snapshot, request, mints[0]);
    snapshot = overlaySnapshot(snapshot, planned.value?.changes ?? []);
    return planned;
  });
  const planned = [...planServices(base, requests, mints[1])];
  expect(planned).toEqual(expected);
  expect(planned.map(({ value }) => value?.changes.length)).toEqual([3, 3, 0, undefined, undefined, 3]);
});

it('planServices reads the files of the repository for one service, and not again for the next', () => {
  const base = examplePlatform(files);
  const reads = (names: readonly string[]) => {
    const read: string[] = [];
    const counted: Snapshot = {
      ...base,
      read(path) {
        read.push(path);
        return base.read(path);
      },
    };
    const requests = names.map((name) => ({ ...options, name, system: 'payment-processing' }));
    const planned = [...planServices(counted, requests, exampleMint(7))];
    expect(planned.map(({ value }) => value?.changes.length)).toEqual(names.map(() => 3));
    return read;
  };
  expect(reads(['cart', 'basket', 'order', 'stock'])).toEqual(reads(['cart']));
});

it('withService of no file is the platform as it is', () => {
  const base = loadPlatform(examplePlatform());
  const { platform, findings } = withService(base, examplePlatform(), 'cart');
  expect(findings).toEqual([]);
  expect([...platform.workloads.keys()]).toEqual([...base.workloads.keys()]);
  expect(platform.catalog.entities.map(({ ref }) => ref)).toEqual(base.catalog.entities.map(({ ref }) => ref));
});

/** What a person may leave in the folder of a service, and how the whole platform is read with it. */
it.each<readonly [string, Readonly<Record<string, string>>]>([
  ['as it is', {}],
  ['without an entity', { 'catalog-info.yaml': '# nothing\n' }],
  [
    'with the entity of another',
    {
      'catalog-info.yaml':
        'apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: { name: team-payments }\nspec: { type: team, children: [] }\n',
    },
  ],
  ['with YAML that is none', { 'score.yaml': 'a: [\n' }],
  [
    'with an unknown field',
    { 'score.yaml': 'apiVersion: score.dev/v1b1\nmetadata: { name: checkout }\ncontainerz: {}\n' },
  ],
  ['with a broken lock', { '.idp/lock.yaml': 'kind: Lock\n' }],
  ['with an override for no environment', { 'environments/prd.yaml': 'containers: {}\n' }],
])('withService says of a folder %s what loadPlatform says', (_, changed) => {
  const changes = Object.entries(changed).map(([file, content]) => ({ path: `services/checkout/${file}`, content }));
  const whole = overlaySnapshot(examplePlatform(), changes);
  const others = whole.list().filter(({ path }) => !path.startsWith('services/checkout/'));
  const base = loadPlatform(snapshotOf(others, ({ path }) => whole.read(path)));
  const { platform, findings } = withService(base, whole, 'checkout');
  const expected = loadPlatform(whole);
  const said = (all: typeof findings) => [...new Set(all.map((finding) => JSON.stringify(finding)))].sort();
  const inFolder = expected.findings.filter(({ path }) => path?.startsWith('services/checkout/'));
  expect(said(findings)).toEqual(said(inFolder));
  expect([...platform.workloads.keys()]).toEqual([...expected.workloads.keys()]);
  expect(platform.unreadableServices).toEqual(expected.unreadableServices);
  expect(platform.catalog.entities.map(({ ref }) => ref).sort()).toEqual(
    expected.catalog.entities.map(({ ref }) => ref).sort(),
  );
});

function text(snapshot: Snapshot, path: string): string {
  return new TextDecoder().decode(snapshot.read(path));
}

it('withLock is withService of a folder that got its lock', () => {
  const whole = examplePlatform();
  const others = whole.list().filter(({ path }) => !path.startsWith('services/checkout/'));
  const base = loadPlatform(snapshotOf(others, ({ path }) => whole.read(path)));
  const lock = 'services/checkout/.idp/lock.yaml';
  const unlocked = withService(base, overlaySnapshot(whole, [{ path: lock, content: undefined }]), 'checkout');
  for (const content of [text(whole, lock), 'kind: Lock\n', 'a: [\n']) {
    const files = overlaySnapshot(whole, [{ path: lock, content }]);
    const expected = withService(base, files, 'checkout');
    const locked = withLock(unlocked, files, 'checkout');
    expect(locked.findings).toEqual(expected.findings);
    expect(locked.platform.workloads.get('checkout')?.workload.lock?.document).toEqual(
      expected.platform.workloads.get('checkout')?.workload.lock?.document,
    );
    expect(locked.platform.catalog.refs(['resource'])).toEqual(expected.platform.catalog.refs(['resource']));
  }
});
