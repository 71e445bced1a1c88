import { describe, expect, it } from 'vitest';
import { exampleShared } from '../finding/example-files.ts';
import type { ExampleFiles } from '../finding/rule.ts';
import { evaluatePlatform } from '../platform/evaluate-platform.ts';
import { loadPlatform } from '../platform/load-platform.ts';
import { literalSnapshot } from '../snapshot/literal-snapshot.ts';
import { overlaySnapshot } from '../snapshot/overlay-snapshot.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { examplePlatform } from '../testing/example-platform.ts';
import { promote } from './promote.ts';
import { readRecord } from './record.ts';

const empty = literalSnapshot({});
const first = examplePlatform(exampleShared());
const text = (snapshot: Snapshot, path: string) => new TextDecoder().decode(snapshot.read(path));

/** The example platform with the same identities, whatever else differs. */
function shared(added: Parameters<typeof exampleShared>[0] = {}, more: ExampleFiles = {}): ExampleFiles {
  const locks = ['checkout', 'loyalty'].map((service) => `services/${service}/.idp/lock.yaml`);
  return { ...exampleShared(added), ...Object.fromEntries(locks.map((path) => [path, text(first, path)])), ...more };
}

/** Promotes services to dev: what went, what was refused, and the branch after it. */
function promoted(files: ExampleFiles, only: readonly string[], branch: Snapshot = empty, denied?: string) {
  const platform = loadPlatform(examplePlatform(files));
  const environment = platform.environments.get('dev') ?? expect.fail('there is no dev');
  const { services } = evaluatePlatform(platform, only.length === 0 ? {} : { services: only });
  const decision = promote({
    environment,
    commit: 'a'.repeat(40),
    services,
    unreadable: new Map(),
    judge: ({ service }) => (service === denied ? [{ code: 'policy/x', severity: 'error', message: 'no' }] : []),
    branch: { branch: 'env/dev', oid: undefined, snapshot: branch },
    now: '2026-11-23T09:00:00.000Z',
    whole: only.length === 0,
  });
  return {
    went: decision.kind === 'commit' ? decision.promoted.map(({ service }) => service) : [],
    refused: decision.findings.filter(({ severity }) => severity === 'error'),
    branch: decision.kind === 'commit' ? overlaySnapshot(branch, decision.update.writes) : branch,
  };
}

describe('a service that reads a shared instance', () => {
  it('goes together with the owner, or after it', () => {
    expect(promoted(shared(), [])).toMatchObject({ went: ['checkout', 'loyalty'], refused: [] });
    const owner = promoted(shared(), ['loyalty']);
    expect(promoted(shared(), ['checkout'], owner.branch)).toMatchObject({ went: ['checkout'], refused: [] });
  });

  it('does not go where the owner is not, and says what to promote', () => {
    const { went, refused, branch } = promoted(shared(), ['checkout']);
    expect([went, branch.list()]).toEqual([[], []]);
    expect(refused).toMatchObject([
      {
        code: 'promote/closure',
        subject: 'service:checkout',
        message: 'checkout is not promoted: env/dev does not run the cache "points" of loyalty as it is read',
        hint: 'promote it together with loyalty: `npx idp promote --to=dev --service=checkout --service=loyalty`',
      },
    ]);
  });

  it('does not go where the instance still says something else', () => {
    const before = promoted(shared(), []).branch;
    const changed = shared({ owner: '{ type: cache, id: points, params: { zone: b } }' });
    expect(promoted(changed, ['checkout'], before)).toMatchObject({ went: [], refused: [{ code: 'promote/closure' }] });
    expect(promoted(changed, [], before)).toMatchObject({ went: ['checkout', 'loyalty'], refused: [] });
  });

  it('stays as it is, and is not refused, when nothing of it changes', () => {
    const { branch } = promoted(shared(), []);
    expect(promoted(shared(), ['checkout'], branch)).toMatchObject({ went: [], refused: [] });
  });

  it('stays behind with an owner that a policy denies', () => {
    const { went, refused } = promoted(shared(), [], empty, 'loyalty');
    expect(went).toEqual([]);
    expect(refused.map(({ code, subject }) => `${subject} ${code}`).sort()).toEqual([
      'service:checkout promote/closure',
      'service:loyalty promote/blocked',
    ]);
  });

  it('holds back those who read what it shares itself', () => {
    const chain = {
      ...exampleShared({ consumer: '{ type: cache, id: points }' }),
      'services/shop/catalog-info.yaml':
        'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: shop }\nspec: { type: service, lifecycle: production, owner: team-payments }\n',
      'services/shop/score.yaml': `apiVersion: score.dev/v1b1
metadata: { name: shop }
containers: { main: { image: "a:1" } }
resources:
  points: { type: cache, id: points }
  offers: { type: cache, id: offers, params: { zone: "\${resources.points.host}" } }
`,
      'services/checkout/score.yaml': String(exampleShared()['services/checkout/score.yaml']).replace(
        'id: points',
        'id: offers',
      ),
    };
    const { went, refused } = promoted(chain, ['checkout', 'shop']);
    expect(went).toEqual([]);
    expect(refused.map(({ subject }) => subject)).toEqual(['service:shop', 'service:checkout']);
  });
});

describe('the record of an owner', () => {
  it('says what its shared instances say, as a digest and never in clear text', () => {
    const { branch } = promoted(shared(), []);
    const read = readRecord(branch, 'loyalty', 'dev');
    expect(read).toMatchObject({ record: { shared: { points: expect.stringMatching(/^sha256:/) } } });
    expect(readRecord(branch, 'checkout', 'dev')).not.toMatchObject({ record: { shared: expect.anything() } });
    expect(text(branch, '.idp/services/loyalty.json')).not.toContain('key');
  });
});
