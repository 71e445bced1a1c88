import { describe, expect, it } from 'vitest';
import { evaluatePlatform } from '../platform/evaluate-platform.ts';
import { loadPlatform } from '../platform/load-platform.ts';
import { snapshotOf } from '../snapshot/index-entries.ts';
import { overlaySnapshot } from '../snapshot/overlay-snapshot.ts';
import { NotLoadedError, type Snapshot } from '../snapshot/snapshot.ts';
import { exampleFiles, exampleMint, examplePlatform } from '../testing/example-platform.ts';
import type { FileChange } from './file-change.ts';
import { planLock } from './plan-lock.ts';
import { planService } from './plan-service.ts';

const folder = 'capabilities/web/templates/scaffold';
const capability = exampleFiles['capabilities/web/capability.yaml'];
const template = examplePlatform({
  'capabilities/web/capability.yaml': `${capability}  scaffold: { managed: [Dockerfile, run.sh] }\n`,
  [`${folder}/catalog-info.yaml`]: exampleFiles['services/checkout/catalog-info.yaml'].replace('checkout', 'cart'),
  [`${folder}/score.yaml`]: exampleFiles['services/checkout/score.yaml'].replace('checkout }', 'cart }'),
  [`${folder}/README.md`]: '# {{service.title}}\n',
  [`${folder}/Dockerfile`]: 'FROM scratch\nLABEL title={{json service.title}} system={{json service.system}}\n',
  [`${folder}/run.sh`]: { mode: '100755', content: '#!/bin/sh\n' },
});
const request = {
  name: 'cart',
  owner: 'team-payments',
  template: 'web',
  lifecycle: 'experimental',
  system: 'payment-processing',
  title: 'A cart',
};
const made = overlaySnapshot(template, planService(template, request, exampleMint(7)).value?.changes ?? []);
const edited = (...changes: readonly FileChange[]) => overlaySnapshot(made, changes);
const dockerfile = 'services/cart/Dockerfile';
const script = 'services/cart/run.sh';
const lock = (snapshot: Snapshot, services: readonly string[] = []) =>
  planLock(snapshot, { services, images: [] }, exampleMint(9));
const text = (path: string) => new TextDecoder().decode(made.read(path));

/** As verbs load it: of the files that are no part of the pipeline only the ids are known. */
function unread(snapshot: Snapshot): Snapshot {
  return snapshotOf(snapshot.list(), ({ path }) => {
    if ([dockerfile, script].includes(path)) throw new NotLoadedError(path);
    return snapshot.read(path);
  });
}

describe('managed files', () => {
  it('are as the template makes them when a service is new', () => {
    expect(text(dockerfile)).toContain('"A cart" system="payment-processing"');
    expect(loadPlatform(unread(made)).findings).toEqual([]);
    expect(lock(unread(made)).value).toMatchObject({ changes: [], summary: 'every lock is up to date' });
  });

  it.each<readonly [string, FileChange, string]>([
    ['edited', { path: dockerfile, content: 'FROM evil\n' }, 'not as the template "web" makes it'],
    ['removed', { path: dockerfile, content: undefined }, 'missing'],
    ['of another mode', { path: script, content: '#!/bin/sh\n', mode: '100644' }, 'not as the template'],
  ])('are a finding when %s, and the lock writes them anew', (_, change, message) => {
    const snapshot = unread(edited(change));
    expect(loadPlatform(snapshot).findings).toEqual([
      {
        code: 'scaffold/managed-file-changed',
        severity: 'error',
        message: expect.stringContaining(message),
        hint: '`npx idp lock cart` writes it anew',
        path: change.path,
        line: 1,
        column: 1,
        endLine: 1,
        endColumn: 1,
      },
    ]);
    const { value, findings } = lock(snapshot, ['cart']);
    expect(findings).toEqual([]);
    expect(value?.changes.map(({ path }) => path)).toEqual([change.path]);
    expect(value?.summary).toBe('every lock is up to date, 1 managed file was not as the template makes it');
    const mended = overlaySnapshot(snapshot, value?.changes ?? []);
    expect(mended.entry(change.path)).toEqual(made.entry(change.path));
    expect(loadPlatform(mended).findings).toEqual([]);
  });

  it('follow the template in every service', () => {
    const changed = edited({ path: `${folder}/Dockerfile`, content: 'FROM scratch\nUSER 1000\n' });
    expect(loadPlatform(changed).findings).toMatchObject([{ code: 'scaffold/managed-file-changed', path: dockerfile }]);
    expect(lock(unread(changed)).value?.changes).toEqual([{ path: dockerfile, content: 'FROM scratch\nUSER 1000\n' }]);
  });

  it('are not seeded ones, whatever the template calls them later', () => {
    const later = edited(
      { path: 'capabilities/web/capability.yaml', content: `${capability}  scaffold: { managed: ["**"] }\n` },
      { path: 'services/cart/README.md', content: '# Ours\n' },
      { path: 'services/cart/score.yaml', content: `${text('services/cart/score.yaml')}# ours\n` },
    );
    expect(loadPlatform(later).findings.filter(({ code }) => code.startsWith('scaffold/'))).toEqual([]);
    const none = edited(
      { path: 'capabilities/web/capability.yaml', content: capability },
      { path: dockerfile, content: 'FROM ours\n' },
    );
    expect(loadPlatform(none).findings.filter(({ code }) => code.startsWith('scaffold/'))).toEqual([]);
  });

  it('keep no service from being rendered', () => {
    const { services } = evaluatePlatform(loadPlatform(edited({ path: dockerfile, content: 'FROM evil\n' })));
    const cart = services.find(({ service }) => service === 'cart');
    expect({ findings: cart?.findings, trees: cart?.trees.size }).toEqual({ findings: [], trees: 1 });
  });

  it('are not written through a link, nor is the lock then', () => {
    const entries = made
      .list()
      .filter(({ path }) => path !== dockerfile)
      .concat({ path: dockerfile, mode: '120000', oid: made.entry(script)?.oid ?? '' });
    const linked = snapshotOf(entries, ({ path }) => made.read(path));
    const { value, findings } = lock(linked, ['cart']);
    expect(findings).toMatchObject([{ code: 'write/refused-path', path: dockerfile }]);
    expect(value?.changes).toEqual([]);
  });
});
