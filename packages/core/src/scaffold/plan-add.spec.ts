import { describe, expect, it } from 'vitest';
import { evaluatePlatform } from '../platform/evaluate-platform.ts';
import { loadPlatform } from '../platform/load-platform.ts';
import { snapshotOf } from '../snapshot/index-entries.ts';
import { overlaySnapshot } from '../snapshot/overlay-snapshot.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { exampleFiles, exampleMint, examplePlatform } from '../testing/example-platform.ts';
import { planAdd, planAddNearby } from './plan-add.ts';
import { planLock } from './plan-lock.ts';
import { planService } from './plan-service.ts';
import type { AddOptions } from './resource-offer.ts';

const database = exampleFiles['capabilities/database/capability.yaml'];
const base = examplePlatform({
  'capabilities/database/capability.yaml': `${database}  variables: { HOST: host, PASSWORD: password }\n`,
  'services/cart/catalog-info.yaml': exampleFiles['services/checkout/catalog-info.yaml'].replace('checkout', 'cart'),
  'services/cart/score.yaml': exampleFiles['services/checkout/score.yaml'].replace(
    '{ name: checkout }',
    '{ name: cart }',
  ),
});
const options: AddOptions = { service: 'checkout', capability: 'database', as: 'orders', params: {} };
const plan = (changed: Partial<AddOptions> = {}, snapshot: Snapshot = base, seed = 7) =>
  planAdd(snapshot, { ...options, ...changed }, exampleMint(seed));
const changes = (of: ReturnType<typeof plan>) => of.value?.changes ?? expect.fail(JSON.stringify(of.findings));
const score = 'services/checkout/score.yaml';
const text = (snapshot: Snapshot, path = score) => new TextDecoder().decode(snapshot.read(path));

describe('planAdd', () => {
  it('adds the resource, its variables and its identity, and nothing else', () => {
    const after = overlaySnapshot(base, changes(plan({ params: { size: 'large' } })));
    expect(changes(plan()).map(({ path }) => path)).toEqual([score, 'services/checkout/.idp/lock.yaml']);
    expect(text(after)).toBe(
      text(base)
        .replace(
          '      DB_PASSWORD: ${resources.db.password}\n',
          (line) =>
            `${line}      ORDERS_HOST: \${resources.orders.host}\n      ORDERS_PASSWORD: \${resources.orders.password}\n`,
        )
        .replace(/$/, '  orders:\n    type: database\n    params:\n      size: large\n'),
    );
    expect(loadPlatform(after).findings).toEqual([]);
    const evaluation = evaluatePlatform(loadPlatform(after));
    expect(evaluation.findings).toEqual([]);
    expect(evaluation.services.find(({ service }) => service === 'checkout')?.trees.get('dev')?.files.size).toBe(7);
  });

  it('adds what is built in: a volume that is kept gets an identity, the environment none', () => {
    const volume = changes(plan({ capability: 'volume', as: 'data', params: { size: '1Gi' } }));
    const kept = overlaySnapshot(base, volume);
    expect(text(kept)).toContain('  data:\n    type: volume\n    params:\n      size: 1Gi\n');
    expect(text(kept, 'services/checkout/.idp/lock.yaml')).toContain('capability: volume\n');
    expect(loadPlatform(kept).findings).toEqual([]);
    const environment = changes(plan({ capability: 'environment', as: 'env' }));
    expect(environment.map(({ path }) => path)).toEqual([score]);
    expect(plan({ capability: 'volume', as: 'data', params: { siez: '1Gi' } }).findings).toMatchObject([
      { code: 'scaffold/parameter', subject: 'option:siez' },
    ]);
  });

  it('changes nothing when it is run again, whatever tokens are minted then', () => {
    const after = overlaySnapshot(base, changes(plan()));
    expect(plan({}, after, 99)).toMatchObject({ value: { changes: [], nextSteps: [] } });
  });

  it.each<readonly [Partial<AddOptions>, string, string]>([
    [{ service: 'chekout' }, 'scaffold/unknown-service', 'checkout'],
    [{ capability: 'databse' }, 'scaffold/unknown-capability', 'database'],
    [{ capability: 'web' }, 'scaffold/unknown-capability', ''],
    [{ capability: 'constructor' }, 'scaffold/unknown-capability', ''],
    [{ as: 'Orders' }, 'scaffold/name', 'lower-case'],
    [{ as: 'a'.repeat(31) }, 'scaffold/name', 'at most 30'],
    [{ params: { size: 'huge' } }, 'scaffold/parameter', 'large'],
    [{ params: { sise: 'large' } }, 'scaffold/parameter', 'size'],
    [{ params: { size: 5 } }, 'scaffold/parameter', 'large'],
    [{ class: 'romy' }, 'scaffold/class', 'roomy'],
    [{ as: 'db', params: { size: 'large' } }, 'scaffold/resource-exists', '--as'],
    [{ capability: 'service', as: 'crat' }, 'scaffold/unknown-service', 'cart'],
    [{ capability: 'service', as: 'checkout' }, 'scaffold/unknown-service', ''],
  ])('refuses %j before any change', (changed, code, hint) => {
    const refused = plan(changed);
    expect(refused.value).toBeUndefined();
    expect(refused.findings).toEqual([expect.objectContaining({ code })]);
    expect(refused.findings[0]?.hint ?? '').toContain(hint);
  });

  const parameters = (schema: string, more = '') => {
    const path = 'capabilities/database/capability.yaml';
    const content = text(base, path).replace('properties: { size: { enum: [small, large], default: small } }', schema);
    const snapshot = overlaySnapshot(base, [{ path, content: content + more }]);
    const locks = planLock(snapshot, { services: [], images: [] }, exampleMint(3)).value?.changes ?? [];
    return overlaySnapshot(snapshot, locks);
  };

  it('refuses a resource without a parameter that nothing else gives, as the option that is missing', () => {
    const needy = parameters('properties: { size: { enum: [small, large] } }\n    required: [size]');
    // The resource that is there already has the same mistake, which is not this change's.
    expect(plan({}, needy)).toEqual({
      findings: [
        {
          code: 'scaffold/parameter',
          severity: 'error',
          message: 'database@1.2.0: "size" is missing',
          hint: 'give it: `--size=…`',
          subject: 'option:size',
        },
      ],
    });
    expect(changes(plan({ params: { size: 'large' } }, needy))).toHaveLength(2);
    const given = parameters(
      'properties: { size: { enum: [small, large] }, replicas: { type: integer } }\n    required: [replicas]',
      '  fromEnvironment: { replicas: values.replicas }\n',
    );
    expect(changes(plan({}, given))).toHaveLength(2);
  });

  it('says nothing of quotes that a shell would take away', () => {
    const typed = parameters(
      'properties: { size: { enum: [small, large], default: small }, n: { type: integer }, s: { type: string }, v: { enum: ["16", "17"] } }',
    );
    const hints = (params: AddOptions['params']) => plan({ params }, typed).findings.map(({ hint }) => hint);
    expect(hints({ n: 'three' })).toEqual(['write a number, such as `--n=1`']);
    expect(hints({ v: 17 })).toEqual([`write \`--v='"17"'\``]);
    expect(hints({ v: 15 })).toEqual(['did you mean "16"? one of 16, 17']);
    expect(hints({ s: 5 })).toEqual([`write \`--s='"5"'\``]);
  });

  it('takes a class', () => {
    const after = overlaySnapshot(base, changes(plan({ class: 'roomy' })));
    expect(text(after)).toContain('  orders:\n    type: database\n    class: roomy\n');
  });

  it('adds another service, by its name or under another', () => {
    const after = overlaySnapshot(base, changes(plan({ capability: 'service', as: 'cart' })));
    expect(text(after)).toContain('      CART_HOST: ${resources.cart.host}\n      CART_PORT: ${resources.cart.port}\n');
    const renamed = overlaySnapshot(base, changes(plan({ capability: 'service', as: 'basket', id: 'cart' })));
    expect(text(renamed)).toContain('  basket:\n    type: service\n    id: cart\n');
    for (const snapshot of [after, renamed]) expect(evaluatePlatform(loadPlatform(snapshot)).findings).toEqual([]);
  });

  it('overwrites no variable that means something else, and says where it is', () => {
    const taken = overlaySnapshot(base, [
      { path: score, content: text(base).replace('      DB_HOST', '      ORDERS_HOST: mine\n      DB_HOST') },
    ]);
    const refused = plan({}, taken);
    expect(refused.value).toBeUndefined();
    expect(refused.findings).toMatchObject([{ code: 'scaffold/variable-exists', path: score, line: 7, column: 20 }]);
  });

  it('does not take a service that cannot be read for one that is missing', () => {
    const unreadable = overlaySnapshot(base, [{ path: score, content: 'a:\n\t- b\n' }]);
    for (const { value, findings } of [
      plan({}, unreadable),
      planLock(unreadable, { services: ['checkout'], images: [] }, exampleMint(1)),
    ]) {
      expect(value?.changes ?? []).toEqual([]);
      expect(findings).toMatchObject([{ code: 'source/invalid-yaml', path: score, line: 2 }]);
    }
    const all = planLock(unreadable, { services: [], images: [] }, exampleMint(1));
    expect(all).toMatchObject({
      value: { summary: expect.stringContaining('1 could not be made') },
      findings: [{ code: 'source/invalid-yaml' }],
    });
    const template = { path: 'capabilities/web/templates/scaffold/README.md', content: 'x\n' };
    const again = planService(
      overlaySnapshot(unreadable, [template]),
      { name: 'checkout', owner: 'team-payments', template: 'web', lifecycle: 'production' },
      exampleMint(1),
    );
    expect(again).toMatchObject({ findings: [{ code: 'source/invalid-yaml' }] });
  });

  it('does not touch a service that has errors, and says which', () => {
    const broken = overlaySnapshot(base, [{ path: score, content: `${text(base)}bogus: 1\n` }]);
    const refused = plan({}, broken);
    expect(refused.value).toBeUndefined();
    expect(refused.findings).toMatchObject([{ code: 'workload/unknown-field', path: score }]);
  });
});

describe('planAddNearby', () => {
  const nearby = (changed: Partial<AddOptions> = {}, snapshot: Snapshot = base) =>
    planAddNearby(snapshot, { ...options, ...changed }, exampleMint(7));
  /** A platform in which nothing can be read of the services but one. */
  const alone = (snapshot: Snapshot, service: string) =>
    snapshotOf(snapshot.list(), ({ path }) =>
      path.startsWith('services/') && !path.startsWith(`services/${service}/`)
        ? expect.fail(path)
        : snapshot.read(path),
    );

  it.each<Partial<AddOptions>>([
    {},
    { params: { size: 'large' } },
    { class: 'roomy' },
    { as: 'db' },
    { capability: 'volume', as: 'data', params: { size: '1Gi' } },
  ])('decides of %j what everything together decides, and reads no other service', (changed) => {
    const planned = nearby(changed, alone(base, 'checkout'));
    expect(planned?.value).toBeDefined();
    expect(planned).toEqual(plan(changed));
  });

  it.each<readonly [string, Partial<AddOptions>, Snapshot]>([
    ['a refusal, whose hints know of everything', { capability: 'databse' }, base],
    ['another service', { capability: 'service', as: 'cart' }, base],
    ['an instance that may be shared', { id: 'orders-db' }, base],
    [
      'a service that has errors when it is rendered',
      { capability: 'volume', as: 'data' },
      overlaySnapshot(base, [
        { path: 'environments/dev.yaml', content: text(base, 'environments/dev.yaml').replace(/after: .*/, '') },
        { path: score, content: text(base).replace('type: database', 'type: nothing') },
      ]),
    ],
  ])('leaves %s to the whole', (_, changed, snapshot) => {
    expect(nearby(changed, snapshot)).toBeUndefined();
  });

  it('leaves a service to the whole that shares an instance in one environment only', () => {
    const owned = 'common: { type: database, id: common, params: {} }';
    const twice = overlaySnapshot(base, [
      { path: 'services/checkout/environments/dev.yaml', content: `resources: { ${owned} }\n` },
      { path: 'services/cart/score.yaml', content: `${text(base, 'services/cart/score.yaml')}  ${owned}\n` },
    ]);
    expect(plan({}, twice).findings).toMatchObject([{ code: 'resolve/shared-instance' }]);
    expect(nearby({}, twice)).toBeUndefined();
  });

  it('finds what only rendering shows, and says of it what everything together says', () => {
    const path = 'capabilities/database/templates/deploy/config.yaml';
    const refusing = overlaySnapshot(base, [
      { path, content: `${text(base, path)}{{#if (eq params.size 'large')}}\nbroken: 1\n{{/if}}\n` },
    ]);
    const locks = planLock(refusing, { services: [], images: [] }, exampleMint(3)).value?.changes ?? [];
    const locked = overlaySnapshot(refusing, locks);
    expect(nearby({}, locked)?.value).toBeDefined();
    expect(nearby({ params: { size: 'large' } }, locked)).toBeUndefined();
    const refused = plan({ params: { size: 'large' } }, locked);
    expect(refused.value).toBeUndefined();
    expect(refused.findings).toMatchObject([{ severity: 'error', path }]);
  });
});

describe('planLock', () => {
  const lock = (snapshot: Snapshot, services: readonly string[] = [], images: readonly string[] = []) =>
    planLock(snapshot, { services, images }, exampleMint(5));
  const digest = `sha256:${'a'.repeat(64)}`;

  it('has nothing to do where every lock fits', () => {
    expect(lock(base)).toMatchObject({ value: { changes: [], summary: 'every lock is up to date' }, findings: [] });
  });

  it('mints what is missing, keeps what is there, and is done then', () => {
    const edited = overlaySnapshot(base, [{ path: score, content: `${text(base)}  two: { type: database }\n` }]);
    const before = loadPlatform(base).workloads.get('checkout')?.workload.lock?.document.instances;
    const after = overlaySnapshot(edited, lock(edited).value?.changes ?? []);
    const instances = loadPlatform(after).workloads.get('checkout')?.workload.lock?.document.instances;
    expect(instances).toMatchObject({ ...before, two: { capability: 'database' } });
    expect(lock(after).value?.changes).toEqual([]);
  });

  it('mints anew what is added again after it was removed', () => {
    const without = overlaySnapshot(base, [
      {
        path: score,
        content: text(base)
          .replace(/ +DB_.*\n/g, '')
          .replace('    variables:\n', '')
          .replace(/resources:\n.*/, ''),
      },
    ]);
    const removed = overlaySnapshot(without, lock(without).value?.changes ?? []);
    const again = overlaySnapshot(removed, [{ path: score, content: text(base) }]);
    const back = overlaySnapshot(again, lock(again).value?.changes ?? []);
    const id = (of: Snapshot) =>
      loadPlatform(of).workloads.get('checkout')?.workload.lock?.document.instances['db']?.id;
    expect(id(removed)).toBeUndefined();
    expect(id(back)).toMatch(/^i-/);
    expect(id(back)).not.toBe(id(base));
  });

  it.each<readonly [readonly string[], readonly string[], string]>([
    [['chekout'], [], 'scaffold/unknown-service'],
    [[], [`main=r.example.com/x@${digest}`], 'scaffold/image-service'],
    [['checkout', 'cart'], [`main=r.example.com/x@${digest}`], 'scaffold/image-service'],
  ])('refuses %j with %j', (services, images, code) => {
    expect(lock(base, services, images)).toEqual({ findings: [expect.objectContaining({ code })] });
  });

  it.each([
    'main=r.example.com/x:1.0',
    'main',
    'other=r.example.com/x@',
    `main=r.example.com/x@${digest}\n`,
    `main=r.example.com/x@${digest}`,
  ])('pins no image by %j where none is built', (image) => {
    const { value, findings } = lock(base, ['checkout'], [image]);
    expect(findings).toMatchObject([{ code: 'scaffold/image' }]);
    expect(value?.changes).toEqual([]);
  });
});
