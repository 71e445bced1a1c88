import { describe, expect, it } from 'vitest';
import { exampleScore } from '../finding/example-files.ts';
import { evaluatePlatform } from '../platform/evaluate-platform.ts';
import { loadPlatform } from '../platform/load-platform.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { exampleMint, examplePlatform, renderedBy } from '../testing/example-platform.ts';
import { type LockOptions, planLock } from './plan-lock.ts';

const old = renderedBy('1', examplePlatform(exampleScore({ image: '.' })));
const image = `main=registry.example.com/checkout@sha256:${'a'.repeat(64)}`;

function locked(snapshot: Snapshot, options: Partial<LockOptions> = {}): string {
  const plan = planLock(snapshot, { services: ['checkout'], images: [], ...options }, exampleMint());
  return plan.value?.changes[0]?.content ?? '';
}

describe('the renderer of a lock', () => {
  it('is the newest one for a new service', () => {
    const without = examplePlatform({ 'services/checkout/.idp/lock.yaml': null });
    expect(locked(without)).toMatch(/^renderer: "2"$/m);
  });

  it('stays as it is while nobody asks: the lock is not outdated', () => {
    const { findings } = evaluatePlatform(loadPlatform(old));
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('moves on by `idp lock`, and changes nothing else', () => {
    const before = old.read('services/checkout/.idp/lock.yaml');
    const text = new TextDecoder().decode(before);
    expect(locked(old)).toBe(text.replace('renderer: "1"', 'renderer: "2"'));
  });

  it('stays where an image is pinned: that runs after each build, and nobody looks', () => {
    expect(locked(old, { images: [image] })).toMatch(/^renderer: "1"$/m);
  });

  it.each([
    'files: { /a: { content: a } }',
    'volumes: { /a: { source: tmp } }',
    'before: { main: { ready: started } }',
  ])('that is too old is said at the place of what it does not render: %s', (field) => {
    const others = { resources: 'db: { type: database }\ntmp: { type: volume }', end: 'service: {}' };
    const files = exampleScore({ container: field, ...others });
    const { findings } = evaluatePlatform(loadPlatform(renderedBy('1', examplePlatform(files))));
    const tooOld = findings.filter(({ code }) => code === 'resolve/renderer-too-old');
    expect(tooOld).toMatchObject([{ path: 'services/checkout/score.yaml', line: 6, column: 5 }]);
  });
});
