import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesBetween, Listing } from './listing.ts';
import type { SnapshotEntry } from './snapshot.ts';

const oid = (letter: string) => letter.repeat(40);
const entry = (path: string, letter = 'a', mode: SnapshotEntry['mode'] = '100644'): SnapshotEntry => ({
  path,
  mode,
  oid: oid(letter),
});
const folders = fc.constantFrom('', 'a/', 'services/', 'services/a/', 'services/ab/', 'z/', 'x\tservices/a/', '\t/');
const anyEntry = fc
  .tuple(
    folders,
    fc.string({ minLength: 1, maxLength: 3 }),
    fc.constantFrom('a', 'b'),
    fc.constantFrom('100644', '120000'),
  )
  .map(([folder, name, letter, mode]) => entry(folder + name.replaceAll('\0', 'x'), letter, mode as '100644'));
const anyEntries = fc
  .uniqueArray(anyEntry, { selector: ({ path }) => path, maxLength: 30 })
  .map((entries) => entries.toSorted((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path))));

describe('a listing', () => {
  it('is of its entries, and has those of each folder', () => {
    fc.assert(
      fc.property(anyEntries, folders, (entries, folder) => {
        const listing = new Listing(Listing.of(entries).text);
        expect(listing.startingWith(folder)).toEqual(entries.filter(({ path }) => path.startsWith(folder)));
        expect(listing.notStartingWith(folder)).toEqual(entries.filter(({ path }) => !path.startsWith(folder)));
        expect(listing.entries).toEqual(entries);
        for (const one of entries) expect(listing.entry(one.path)).toEqual(one);
        expect(listing.entry(`${folder}none`)).toBeUndefined();
      }),
    );
  });

  it('leaves out the sides of a conflict', () => {
    const sides = [1, 2, 3].map((stage) => `100644 ${oid('a')} ${stage}\tb\0`).join('');
    const text = `100644 ${oid('a')} 0\ta\0${sides}`;
    expect(new Listing(text).entries).toEqual([entry('a')]);
    const before = Listing.of([entry('a'), entry('b')]);
    expect([...changesBetween(before, new Listing(text))]).toEqual([['b', { before: entry('b'), after: undefined }]]);
  });

  it('takes old modes for those of today', () => {
    expect(new Listing(`100664 ${oid('a')} 0\ta\0`).entries).toEqual([entry('a')]);
  });
});

describe('what differs between two listings', () => {
  const expected = (before: readonly SnapshotEntry[], after: readonly SnapshotEntry[]) => {
    const changes = new Map<string, unknown>();
    for (const path of new Set([...before, ...after].map((one) => one.path))) {
      const [old, now] = [before, after].map((side) => side.find((one) => one.path === path));
      if (JSON.stringify(old) !== JSON.stringify(now)) changes.set(path, { before: old, after: now });
    }
    return changes;
  };

  it('is what is at the paths of both', () => {
    fc.assert(
      fc.property(anyEntries, anyEntries, (before, after) => {
        expect(changesBetween(Listing.of(before), Listing.of(after))).toEqual(expected(before, after));
      }),
    );
  });

  it('is found among many that are the same, wherever it is', () => {
    const many = Array.from({ length: 2000 }, (_, index) => entry(`services/s-${String(index).padStart(5, '0')}/f`));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(1999), fc.constantFrom('b', 'gone', 'new')), { maxLength: 4 }), (edits) => {
        const after = many.flatMap((one, index) => {
          const edit = edits.find(([at]) => at === index)?.[1];
          if (edit === 'gone') return [];
          return edit === 'b' ? [{ ...one, oid: oid('b') }] : edit === 'new' ? [one, entry(`${one.path}2`)] : [one];
        });
        const changes = changesBetween(Listing.of(many), Listing.of(after));
        expect(changes.size).toBe(new Set(edits.map(([at]) => at)).size);
        for (const [path, { after: now }] of changes) expect(now).toEqual(after.find((one) => one.path === path));
      }),
      { numRuns: 30 },
    );
  });

  it('ends for any text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const left = new Listing(a);
        const right = new Listing(b);
        changesBetween(left, right);
        expect(changesBetween(left, left).size).toBe(0);
        left.startingWith('services/');
      }),
    );
  });
});
