import { chmod, mkdir, readdir, readFile, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { storeKey } from '@idp/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { fileStore } from './file-store.ts';

const key = (name: string) => storeKey('test', '1', [name]);
const newFolder = async () => join(await temporaryFolder(), 'store');
const onlyFile = async (folder: string) => join(folder, (await readdir(folder))[0] ?? '');

describe('a store in a folder', () => {
  it('gives back what was set, to another process as well, and nothing else', async () => {
    const folder = await newFolder();
    expect(fileStore(folder).get(key('a'))).toBeUndefined();
    fileStore(folder).set(key('a'), 'one\né😀\0');
    fileStore(folder).set(key('b'), '');
    fileStore(folder).set(key('a'), 'two\né😀\0');
    expect([key('a'), key('b'), key('c')].map((name) => fileStore(folder).get(name))).toEqual([
      'two\né😀\0',
      '',
      undefined,
    ]);
    expect(await readdir(folder)).toHaveLength(2);
  });

  it('has nothing where a bit was changed, the end is missing or something was added', async () => {
    const folder = await newFolder();
    const value = 'a value that is long enough to be damaged in many places\n'.repeat(3);
    const damage = fc.oneof(
      fc.record({ kind: fc.constant('flip' as const), at: fc.nat(), bit: fc.nat({ max: 7 }) }),
      fc.record({ kind: fc.constant('cut' as const), at: fc.nat() }),
      fc.record({ kind: fc.constant('add' as const), bytes: fc.uint8Array({ minLength: 1, maxLength: 9 }) }),
    );
    await fc.assert(
      fc.asyncProperty(damage, async (change) => {
        fileStore(folder).set(key('a'), value);
        const file = await onlyFile(folder);
        const bytes = await readFile(file);
        const at = 'at' in change ? change.at % bytes.length : 0;
        if (change.kind === 'flip') {
          bytes[at] = (bytes[at] ?? 0) ^ (1 << change.bit);
          await writeFile(file, bytes);
        } else if (change.kind === 'cut') await truncate(file, at);
        else await writeFile(file, Buffer.concat([bytes, change.bytes]));
        expect(fileStore(folder).get(key('a'))).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });

  it('does not take the entry of another key', async () => {
    const folder = await newFolder();
    const store = fileStore(folder);
    store.set(key('a'), 'one');
    const other = await readFile(await onlyFile(folder));
    store.set(key('b'), 'two');
    for (const name of await readdir(folder)) await writeFile(join(folder, name), other);
    expect([store.get(key('a')), store.get(key('b'))]).toEqual(['one', undefined]);
  });

  it('holds no more than it may, and keeps what was used last', async () => {
    const folder = await newFolder();
    const store = fileStore(folder, { files: 3, bytes: 10_000 });
    for (const name of ['a', 'b', 'c']) store.set(key(name), name);
    const old = new Date(Date.now() - 60_000);
    for (const name of await readdir(folder)) await utimes(join(folder, name), old, old);
    expect(store.get(key('a'))).toBe('a');
    store.set(key('d'), 'd');
    expect(store.get(key('a'))).toBe('a');
    expect(await readdir(folder)).toHaveLength(3);
    store.set(key('e'), 'e'.repeat(9_900));
    expect(await readdir(folder)).toHaveLength(1);
    store.set(key('f'), 'f'.repeat(20_000));
    expect(await readdir(folder)).toEqual([]);
  });

  it('removes what a run left that ended in mid-write, and leaves what is not its own', async () => {
    const folder = await newFolder();
    await mkdir(folder);
    const old = new Date(Date.now() - 2 * 3_600_000);
    const left = '.00000000-0000-0000-0000-000000000000.temporary';
    for (const name of [left, 'README.md', `${left}.txt`]) {
      await writeFile(join(folder, name), 'x');
      await utimes(join(folder, name), old, old);
    }
    fileStore(folder).set(key('a'), 'one');
    expect((await readdir(folder)).sort()).toEqual([
      `${left}.txt`,
      'README.md',
      expect.stringMatching(/^[0-9a-f]{32}\.entry$/),
    ]);
  });

  it('works, and keeps nothing, where it cannot write or read', async () => {
    const folder = await newFolder();
    await writeFile(folder, 'a file is here');
    const store = fileStore(folder);
    store.set(key('a'), 'one');
    expect(store.get(key('a'))).toBeUndefined();
    await rm(folder);
    store.set(key('a'), 'one');
    const file = await onlyFile(folder);
    await rm(file);
    await mkdir(file);
    expect(store.get(key('a'))).toBeUndefined();
    store.set(key('a'), 'two');
    expect(store.get(key('a'))).toBeUndefined();
    await rm(file, { recursive: true });
    await symlink(file, file);
    expect(store.get(key('a'))).toBeUndefined();
    await rm(file);
    await chmod(folder, 0o500);
    expect(() => store.set(key('b'), 'one')).not.toThrow();
    await chmod(folder, 0o700);
  });

  it('has whole entries only, whoever writes at the same time', async () => {
    const folder = await newFolder();
    const values = ['a', 'b'].map((letter) => letter.repeat(100_000));
    const stores = values.map((value) => ({ value, store: fileStore(folder) }));
    for (let run = 0; run < 50; run += 1) {
      for (const { value, store } of stores) store.set(key('a'), value);
      expect(values).toContain(fileStore(folder).get(key('a')));
    }
    expect(await readdir(folder)).toHaveLength(1);
  });
});
