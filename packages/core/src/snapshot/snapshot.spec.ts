import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blobId } from '../digest/digest.ts';
import { decodeText } from '../digest/text.ts';
import { snapshotOf } from './index-entries.ts';
import { literalSnapshot } from './literal-snapshot.ts';
import { overlaySnapshot } from './overlay-snapshot.ts';
import { NotLoadedError, type Snapshot } from './snapshot.ts';

const path = fc.constantFrom('a', 'a.b', 'a/b', 'A', 'b', '__proto__', '\ue000', '😀');
const files = fc.dictionary(path, fc.string(), { noNullPrototype: true });
const changes = fc.array(
  fc.record({ path, content: fc.option(fc.string(), { nil: undefined }) }, { requiredKeys: ['path', 'content'] }),
  { maxLength: 6 },
);
const contents = (snapshot: Snapshot): unknown =>
  snapshot.list().map(({ path, mode, oid }) => [path, mode, oid, decodeText(snapshot.read(path) ?? new Uint8Array())]);

describe('a literal snapshot', () => {
  it('lists by path in UTF-16 order, and reads what its ids say', () => {
    fc.assert(
      fc.property(files, (literal) => {
        const snapshot = literalSnapshot(literal);
        const paths = snapshot.list().map((entry) => entry.path);
        expect(paths).toEqual(Object.keys(literal).sort());
        for (const entry of snapshot.list()) {
          const bytes = snapshot.read(entry.path) ?? new Uint8Array();
          expect(blobId(bytes)).toBe(entry.oid);
          expect(decodeText(bytes)).toBe(literal[entry.path]?.replace(/^\ufeff/, ''));
          expect(snapshot.entry(entry.path)).toBe(entry);
        }
      }),
    );
  });

  it('has nothing under other names, folders and repositories', () => {
    const snapshot = literalSnapshot({ 'a/b': 'x', sub: { mode: '160000', content: '' } });
    for (const name of ['a', 'a/', '/a/b', 'A/B', '', 'toString', 'sub']) expect(snapshot.read(name)).toBeUndefined();
    expect(snapshot.entry('sub')?.mode).toBe('160000');
  });
});

describe('an overlay', () => {
  it('without changes is its base', () => {
    fc.assert(
      fc.property(files, (base) => {
        expect(contents(overlaySnapshot(literalSnapshot(base), []))).toEqual(contents(literalSnapshot(base)));
      }),
    );
  });

  it('is the files with the changes applied', () => {
    fc.assert(
      fc.property(files, changes, (base, changed) => {
        const after = new Map(Object.entries(base));
        for (const { path, content } of changed) {
          if (content === undefined) after.delete(path);
          else after.set(path, content);
        }
        const overlay = overlaySnapshot(literalSnapshot(base), changed);
        expect(contents(overlay)).toEqual(contents(literalSnapshot(Object.fromEntries(after))));
      }),
    );
  });

  it('of an overlay is one overlay of all changes', () => {
    fc.assert(
      fc.property(files, changes, changes, (base, first, second) => {
        const snapshot = literalSnapshot(base);
        const twice = overlaySnapshot(overlaySnapshot(snapshot, first), second);
        expect(contents(twice)).toEqual(contents(overlaySnapshot(snapshot, [...first, ...second])));
      }),
    );
  });

  it('keeps the base as it was, and the mode of a file that nothing changes', () => {
    const base = literalSnapshot({ run: { mode: '100755', content: 'x' }, a: '1' });
    const overlay = overlaySnapshot(base, [{ path: 'a', content: '2', mode: '100755' }]);
    expect(overlay.list().map(({ path, mode }) => `${mode} ${path}`)).toEqual(['100755 a', '100755 run']);
    expect(decodeText(base.read('a') ?? new Uint8Array())).toBe('1');
  });
});

it('reading what was not loaded is a bug of ours, and says so', () => {
  const snapshot = snapshotOf([{ path: 'a', mode: '100644', oid: 'x' }], () => undefined);
  expect(() => snapshot.read('a')).toThrow(NotLoadedError);
  expect(() => snapshot.read('a')).toThrow("the snapshot's adapter was told not to load a");
});
