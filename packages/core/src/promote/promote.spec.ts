import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../finding/finding.ts';
import type { ExampleFiles } from '../finding/rule.ts';
import { evaluatePlatform } from '../platform/evaluate-platform.ts';
import { loadPlatform } from '../platform/load-platform.ts';
import { type LiteralFile, literalSnapshot } from '../snapshot/literal-snapshot.ts';
import { overlaySnapshot } from '../snapshot/overlay-snapshot.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { exampleFiles, examplePlatform } from '../testing/example-platform.ts';
import { type PromotionDecision, type PromotionInput, promote } from './promote.ts';
import { readRecord } from './record.ts';

const score = exampleFiles['services/checkout/score.yaml'];
const dev = exampleFiles['environments/dev.yaml'];
const cart: ExampleFiles = {
  'services/cart/catalog-info.yaml': exampleFiles['services/checkout/catalog-info.yaml'].replace('checkout', 'cart'),
  'services/cart/score.yaml':
    'apiVersion: score.dev/v1b1\nmetadata: { name: cart }\ncontainers: { main: { image: "registry.example.com/cart:1" } }\n',
};
const monday = '2026-11-23T09:00:00.000Z';
const tuesday = '2026-11-24T09:00:00.000Z';
const empty = literalSnapshot({});
const manifest = 'manifests/eu/checkout/checkout/deployment.apps-checkout.yaml';
const recordFile = '.idp/services/checkout.json';

function decide(
  files: ExampleFiles = {},
  branch: Snapshot = empty,
  added: Partial<PromotionInput> & { readonly only?: readonly string[] } = {},
): PromotionDecision {
  const platform = loadPlatform(examplePlatform(files));
  const environment = platform.environments.get('dev');
  if (environment === undefined) throw new Error('there is no environment dev');
  const { services } = evaluatePlatform(platform, added.only && { services: added.only });
  const unreadable = new Map([...platform.unreadableServices].map((name) => [name, [] as readonly Finding[]]));
  return promote({
    environment,
    commit: 'a'.repeat(40),
    services,
    unreadable,
    judge: () => [],
    branch: { branch: 'env/dev', oid: branch === empty ? undefined : 'b'.repeat(40), snapshot: branch },
    now: monday,
    whole: added.only === undefined,
    ...added,
  });
}

function committed(decision: PromotionDecision) {
  if (decision.kind !== 'commit')
    throw new Error(`the decision is ${decision.kind}: ${JSON.stringify(decision.findings)}`);
  return decision;
}

/** The branch after a decision. */
const after = (decision: PromotionDecision, branch: Snapshot = empty): Snapshot =>
  decision.kind === 'commit' ? overlaySnapshot(branch, decision.update.writes) : branch;

const record = (branch: Snapshot) => {
  const read = readRecord(branch, 'checkout', 'dev');
  return read.kind === 'record' ? read.record : expect.fail(read.kind);
};
const codes = ({ findings }: PromotionDecision) => findings.map(({ code, subject }) => `${code} ${subject}`);
const promotedOnce = () => after(decide());

function withFile(branch: Snapshot, path: string, file: LiteralFile | undefined): Snapshot {
  const files = branch.list().map((entry) => [entry.path, branch.read(entry.path) ?? ''] as const);
  const all = Object.fromEntries(files.filter(([name]) => name !== path));
  return literalSnapshot(file === undefined ? all : { ...all, [path]: file });
}

describe('promote', () => {
  it('writes a new service whole, only if the branch is still as it was read', () => {
    const { update, promoted, unchanged } = committed(decide());
    expect(promoted).toMatchObject([{ service: 'checkout', change: 'new', written: 6 }]);
    expect(unchanged).toBe(0);
    expect(update).toMatchObject({ branch: 'env/dev', expected: undefined });
    expect(update.writes.map(({ path }) => path)).toEqual([
      'manifests/eu/_cluster/checkout/namespace-checkout.yaml',
      expect.stringMatching(/^manifests\/eu\/checkout\/checkout\/configmap-checkout-db-.....\.yaml$/),
      manifest,
      'manifests/eu/checkout/checkout/poddisruptionbudget.policy-checkout.yaml',
      'manifests/eu/checkout/checkout/service-checkout.yaml',
      'manifests/eu/checkout/checkout/serviceaccount-checkout.yaml',
      recordFile,
    ]);
    expect(record(after(decide()))).toMatchObject({
      environment: 'dev',
      source: { commit: 'a'.repeat(40) },
      capabilities: { database: '1.2.0', web: '1.0.0' },
      soakStart: monday,
      retained: [],
    });
  });

  it('does nothing where everything is as it should be', () => {
    expect(decide({}, promotedOnce(), { now: tuesday, commit: 'c'.repeat(40) })).toEqual({
      kind: 'nothing',
      unchanged: 1,
      findings: [],
    });
  });

  it('writes just what changed, and lets soak start again', () => {
    const files = { 'services/checkout/score.yaml': score.replace(':1.0.0', ':1.1.0') };
    const decision = committed(decide(files, promotedOnce(), { now: tuesday }));
    expect(decision.promoted).toMatchObject([{ change: 'release', written: 1 }]);
    expect(decision.update.expected).toBe('b'.repeat(40));
    expect(decision.update.writes.map(({ path }) => path)).toEqual([manifest, recordFile]);
    expect(record(after(decision, promotedOnce())).soakStart).toBe(tuesday);
  });

  it('moves the record only when a release renders to the same, and lets soak start again', () => {
    const files = {
      'services/checkout/score.yaml': score.replace('{ name: checkout }', '{ name: checkout, note: b }'),
    };
    const decision = committed(decide(files, promotedOnce(), { now: tuesday }));
    expect(decision.promoted).toMatchObject([{ change: 'release', written: 0 }]);
    expect(decision.update.writes.map(({ path }) => path)).toEqual([recordFile]);
    expect(record(after(decision, promotedOnce())).soakStart).toBe(tuesday);
  });

  it('says when only values of the environment changed', () => {
    const files = { 'environments/dev.yaml': dev.replace('replicas: 1', 'replicas: 2') };
    const decision = committed(decide(files, promotedOnce(), { now: tuesday }));
    expect(decision.promoted).toMatchObject([{ change: 'environment', written: 1 }]);
    expect(record(after(decision, promotedOnce())).release).toBe(record(promotedOnce()).release);
  });

  it.each<readonly [string, LiteralFile | undefined]>([
    ['changed', 'kind: Deployment\n'],
    ['deleted', undefined],
    ['made a link', { mode: '120000', content: '/etc/passwd' }],
  ])('restores a manifest that somebody %s by hand, without another soak', (_what, file) => {
    const branch = withFile(promotedOnce(), manifest, file);
    const decision = committed(decide({}, branch, { now: tuesday, commit: 'c'.repeat(40) }));
    expect(decision.promoted).toMatchObject([{ change: 'restored', written: 1 }]);
    expect(decision.update.writes.map(({ path }) => path)).toEqual([manifest]);
    expect(record(after(decision, branch))).toEqual(record(promotedOnce()));
  });

  it('restores a record that somebody edited by hand', () => {
    const path = '.idp/services/checkout.json';
    const written = record(promotedOnce());
    const branch = withFile(promotedOnce(), path, JSON.stringify({ ...written, capabilities: {} }));
    const decision = committed(decide({}, branch, { now: tuesday, commit: 'c'.repeat(40) }));
    expect(decision.promoted).toMatchObject([{ change: 'restored', written: 0 }]);
    expect(record(after(decision, branch))).toEqual(written);
  });

  it('never deletes: what is no longer rendered stays, is recorded, and is said once', () => {
    const files = {
      'services/checkout/score.yaml': score.replace('service: { ports: { http: { port: 8080 } } }\n', ''),
    };
    const decision = committed(decide(files, promotedOnce()));
    const path = 'manifests/eu/checkout/checkout/service-checkout.yaml';
    expect(decision.update.writes.every(({ content }) => content !== undefined)).toBe(true);
    expect(codes(decision)).toEqual(['promote/retained service:checkout']);
    const branch = after(decision, promotedOnce());
    expect(branch.entry(path)).toBeDefined();
    expect(record(branch).retained).toEqual([path]);
    expect(decide(files, branch)).toEqual({ kind: 'nothing', unchanged: 1, findings: [] });
    const back = committed(decide({}, branch));
    expect(record(after(back, branch)).retained).toEqual([]);
  });

  describe('a Deployment whose place a StatefulSet takes', () => {
    const stateful = manifest.replace('deployment', 'statefulset');
    const kept = {
      'services/checkout/score.yaml': score
        .replace('    variables:', '    volumes: { /data: { source: "${resources.disk}" } }\n    variables:')
        .concat('  disk: { type: volume, params: { size: 1Gi } }\n'),
    };
    const turned = () => after(committed(decide(kept, promotedOnce())), promotedOnce());

    it('goes in the same commit: both would run behind one Service', () => {
      const decision = committed(decide(kept, promotedOnce()));
      expect(codes(decision)).toEqual([]);
      expect(decision.promoted).toMatchObject([{ written: decision.update.writes.length - 1 }]);
      expect([turned().entry(manifest), turned().entry(stateful)?.path]).toEqual([undefined, stateful]);
      expect(record(turned()).retained).toEqual([]);
      expect(decide(kept, turned())).toEqual({ kind: 'nothing', unchanged: 1, findings: [] });
    });

    it('goes where an earlier version left it', () => {
      const branch = withFile(
        withFile(turned(), manifest, 'kind: Deployment\n'),
        recordFile,
        JSON.stringify({ ...record(turned()), retained: [manifest] }),
      );
      expect(after(committed(decide(kept, branch)), branch).entry(manifest)).toBeUndefined();
    });

    it('comes back beside the StatefulSet, whose volumes may go with it', () => {
      const back = committed(decide({}, turned()));
      expect(codes(back)).toEqual(['promote/retained service:checkout']);
      expect(after(back, turned()).entry(stateful)).toBeDefined();
      expect(record(after(back, turned())).retained).toContain(stateful);
    });
  });

  const valid = (change: (text: string) => string) =>
    change(new TextDecoder().decode(promotedOnce().read(recordFile) ?? expect.fail('there is no record')));
  it.each<readonly [string, () => LiteralFile]>([
    ['is no JSON', () => '{'],
    ['is no text', () => Uint8Array.from([0xff, 0xfe])],
    ['is a link', () => ({ mode: '120000', content: '../../etc/passwd' })],
    ['is of another service', () => valid((text) => text.replace('"service": "checkout"', '"service": "cart"'))],
    ['has an unknown field', () => valid((text) => text.replace('{', '{ "__proto__": { "release": "x" },'))],
    ['lacks a field', () => valid((text) => text.replace(/ *"tree": .*\n/, ''))],
    ['is a list', () => '[]'],
  ])('leaves a service as it is whose record %s', (_what, file) => {
    const decision = decide(cart, withFile(promotedOnce(), recordFile, file()));
    expect(codes(decision)).toEqual(['promote/invalid-record service:checkout']);
    expect(committed(decision).promoted).toMatchObject([{ service: 'cart' }]);
    expect(committed(decision).update.writes.some(({ path }) => path.includes('checkout'))).toBe(false);
  });

  it('leaves out what has errors, or is denied by a policy, and lets the others go', () => {
    const files = { ...cart, 'services/checkout/score.yaml': score.replace('db.host', 'db.hots') };
    const broken = decide(files);
    expect(codes(broken)).toEqual(['promote/blocked service:checkout']);
    expect(broken.findings[0]).toMatchObject({ path: 'services/checkout/score.yaml', line: 7 });
    expect(committed(broken).promoted).toMatchObject([{ service: 'cart' }]);
    const denial: Finding = { code: 'policy/x', severity: 'error', message: 'no' };
    const denied = decide(cart, empty, {
      judge: ({ service }) => [service === 'cart' ? denial : { ...denial, severity: 'warning' }],
    });
    // The warning goes with the service that goes.
    expect(codes(denied)).toEqual(['promote/blocked service:cart', 'policy/x undefined']);
    expect(committed(denied).promoted).toMatchObject([{ service: 'checkout' }]);
  });

  it('judges no gates, and says where they are', () => {
    for (const [line, field] of [
      ['gates: { checks: [smoke] }', 'gates'],
      ['after: [staging]', 'after'],
    ] as const) {
      const files: ExampleFiles = {
        'environments/dev.yaml': dev.replace('  promotion', `  ${line}\n  promotion`),
        'environments/staging.yaml': dev.replace('name: dev', 'name: staging'),
      };
      const decision = decide(files);
      expect(decision).toMatchObject({
        kind: 'closed',
        findings: [
          {
            code: 'promote/gated',
            path: 'environments/dev.yaml',
            line: 5,
            message: expect.stringContaining(field === 'gates' ? 'gates' : 'staging'),
          },
        ],
      });
    }
  });

  it('says which services are gone, but only when it looked at all of them', () => {
    const branch = after(decide(cart));
    expect(codes(decide({}, branch))).toEqual(['promote/service-gone service:cart']);
    expect(codes(decide(cart, branch, { only: ['checkout'] }))).toEqual([]);
    const unreadable = decide({ ...cart, 'services/cart/score.yaml': 'a: [\n' }, branch);
    expect(codes(unreadable)).toEqual(['promote/blocked service:cart']);
  });

  it('says what moved in trailers that git reads', () => {
    const { update, promoted } = committed(decide(cart));
    expect(update.message.split('\n')[0]).toBe('Promote 2 services to dev');
    const { stdout } = spawnSync('git', ['interpret-trailers', '--parse'], { input: update.message, encoding: 'utf8' });
    expect(stdout.trim().split('\n')).toEqual([
      'Idp-Environment: dev',
      `Idp-Source: ${'a'.repeat(40)}`,
      ...promoted.map(({ service, release }) => `Idp-Release: ${service} ${release}`),
    ]);
    expect(committed(decide()).update.message.split('\n')[0]).toBe('Promote checkout to dev');
  });

  it('has nothing to do after it was done, whatever was edited before', () => {
    const edit = fc.record({
      image: fc.constantFrom(':1.0.0', ':2'),
      replicas: fc.constantFrom('replicas: 1', 'replicas: 2'),
      ports: fc.boolean(),
      title: fc.boolean(),
      cart: fc.boolean(),
    });
    const filesOf = (chosen: {
      image: string;
      replicas: string;
      ports: boolean;
      title: boolean;
      cart: boolean;
    }): ExampleFiles => ({
      'services/checkout/score.yaml': (chosen.ports ? score : score.replace(/service: .*\n/, '')).replace(
        ':1.0.0',
        chosen.image,
      ),
      'environments/dev.yaml': dev.replace('replicas: 1', chosen.replicas),
      'services/checkout/catalog-info.yaml': exampleFiles['services/checkout/catalog-info.yaml'].replace(
        'name: checkout',
        chosen.title ? 'name: checkout, title: Checkout' : 'name: checkout',
      ),
      ...(chosen.cart && cart),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        let branch = empty;
        for (const chosen of edits) {
          const files = filesOf(chosen);
          const first = decide(files, branch);
          branch = after(first, branch);
          const second = decide(files, branch, { now: tuesday });
          expect(second.kind).toBe('nothing');
          for (const path of record(branch).manifests) expect(branch.entry(path)).toBeDefined();
        }
      }),
      { numRuns: 25 },
    );
  });

  it('leaves alone what would become another instance, or another namespace', () => {
    const written = record(promotedOnce());
    const [path] = Object.keys(written.instances);
    const other = { capability: 'database', id: 'i-zzzzzzzzzzzzzzzz', name: 'checkout-db-zzzzz' };
    const renamed = { ...written.instances[path ?? ''], name: other.name };
    const instances = [other, renamed].map((instance) => ({ instances: { [path ?? '']: instance } }));
    for (const changed of [...instances, { namespace: 'shop' }]) {
      const branch = withFile(promotedOnce(), recordFile, JSON.stringify({ ...written, ...changed }));
      const decision = decide({}, branch);
      expect(decision).toMatchObject({ kind: 'nothing', unchanged: 0 });
      expect(codes(decision)).toEqual(['promote/identity-changed service:checkout']);
    }
  });

  it('gives nothing of one service to another, also when the first one is gone or has let go of it', () => {
    const written = record(promotedOnce());
    const moved = (path: string) =>
      path.replace('/checkout/checkout/', '/checkout/shop/').replace('_cluster/checkout', '_cluster/shop');
    const files = Object.fromEntries(
      promotedOnce()
        .list()
        .map(({ path }) => [moved(path), promotedOnce().read(path) ?? ''] as const)
        .filter(([path]) => path !== recordFile),
    );
    expect(codes(decide({}, literalSnapshot(files)))).toEqual(['promote/identity-taken service:checkout']);
    const released = {
      ...written,
      service: 'shop',
      namespace: 'shop',
      instances: {},
      detached: Object.values(written.instances),
    };
    const shop = literalSnapshot({ '.idp/services/shop.json': JSON.stringify(released) });
    expect(codes(decide({}, shop, { whole: false }))).toEqual(['promote/identity-taken service:checkout']);
  });

  it('keeps the identity of an instance that was removed, as long as anybody can ask', () => {
    const without: ExampleFiles = {
      'services/checkout/score.yaml': score
        .replace('resources:\n  db: { type: database }\n', '')
        .replaceAll(/\$\{resources[^}]*\}/g, 'none'),
    };
    const decision = committed(decide(without, promotedOnce()));
    const { instances, detached } = record(after(decision, promotedOnce()));
    expect(instances).toEqual({});
    expect(detached).toEqual(Object.values(record(promotedOnce()).instances));
  });

  it('does not keep what a record claims of others', () => {
    const theirs = 'manifests/eu/payments/payments/deployment.apps-payments.yaml';
    const claimed = { ...record(promotedOnce()), retained: [theirs] };
    const branch = withFile(withFile(promotedOnce(), theirs, 'a: 1\n'), recordFile, JSON.stringify(claimed));
    expect(record(after(committed(decide({}, branch)), branch)).retained).toEqual([]);
  });
});
