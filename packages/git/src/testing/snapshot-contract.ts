import { blobId, encodeText, type LiteralFile, literalSnapshot, NotLoadedError, type Snapshot } from '@idp/core';
import { describe, expect, it } from 'vitest';

export type ContractFiles = Readonly<Record<string, LiteralFile>>;

/** Makes the snapshot under test from these files, by its own way: in memory, from a commit, from a folder. */
export type MakeSnapshot = (files: ContractFiles) => Promise<Snapshot>;

/** Every name that has ever broken a tool which split git's output at line breaks or spaces. */
const unusualNames = {
  'with space.txt': 'a',
  "quote\"s and 'more'.txt": 'b',
  '-leading-dash.txt': 'c',
  '--option=x': 'd',
  'tab\there.txt': 'e',
  'line\nbreak.txt': 'f',
  'back\\slash.txt': 'g',
  'ünïcödé/日本語.txt': 'h',
  ':(glob)**': 'i',
  '*.txt': 'j',
  '#hash': 'k',
  ' leading space': 'l',
  __proto__x: 'm',
  constructor: 'n',
} satisfies ContractFiles;

/** What every implementation of `Snapshot` has to do alike (docs/architecture.md, "Snapshots"). */
export function snapshotContract(name: string, make: MakeSnapshot): void {
  describe(`${name}, as a snapshot`, () => {
    it('has the same entries and bytes as the literal snapshot of the same files', async () => {
      const files: ContractFiles = {
        'README.md': '# hello\n',
        'services/checkout/score.yaml': 'a: 1\n',
        'bin/run': { mode: '100755', content: '#!/bin/sh\n' },
        link: { mode: '120000', content: '../outside the repository' },
        empty: '',
        binary: Uint8Array.from([0, 255, 10, 13, 0, 10, 200]),
        'no-line-break-at-end': 'x',
      };
      await expectSame(await make(files), files);
    });

    it('keeps unusual file names as they are', async () => {
      await expectSame(await make(unusualNames), unusualNames);
    });

    it('sorts by UTF-16 code units, which neither git nor a locale does', async () => {
      const files = { 'a/b': '', 'a.b': '', 'a-b': '', a0: '', B: '', ä: '', '\u{1f600}': '', '\uff5e': '' };
      const paths = (await make(files)).list().map((entry) => entry.path);
      expect(paths).toEqual(['B', 'a-b', 'a.b', 'a/b', 'a0', 'ä', '\u{1f600}', '\uff5e']);
    });

    it('gives every entry the oid of its bytes', async () => {
      const snapshot = await make({ a: 'one\n', b: 'one\n', 'c/d': 'two\n', e: { mode: '120000', content: 'a' } });
      for (const entry of snapshot.list()) {
        expect(blobId(snapshot.read(entry.path) ?? encodeText('nothing'))).toBe(entry.oid);
      }
      expect(snapshot.entry('a')).toEqual({
        path: 'a',
        mode: '100644',
        oid: '5626abf0f72e58d7a153368ba57db4c673c0e171',
      });
    });

    it('has nothing at a path that is not in it', async () => {
      const snapshot = await make({ 'folder/file': 'x' });
      for (const path of ['folder', 'folder/', 'file', './folder/file', '/folder/file', '', 'folder/file/x']) {
        expect([path, snapshot.entry(path), snapshot.read(path)]).toEqual([path, undefined, undefined]);
      }
    });

    it('holds blobs that are larger than any buffer on the way', async () => {
      const files = { large: 'line of text\n'.repeat(100_000), small: 'x' };
      await expectSame(await make(files), files);
    });
  });
}

/** What implementations that take files from a working tree have to do besides: be what git would store. */
export function normalisationContract(name: string, make: MakeSnapshot): void {
  describe(`${name}, of files that git normalises`, () => {
    it('has the line ends that .gitattributes asks for', async () => {
      const attributes = '*.txt text\n*.bat text eol=crlf\n*.raw -text\nsub/auto* text=auto\n';
      const snapshot = await make({
        '.gitattributes': attributes,
        'a.txt': 'one\r\ntwo\r\n',
        'a.bat': 'one\r\n',
        'a.raw': 'one\r\n',
        'sub/auto': 'one\r\n',
        'sub/auto-binary': 'one\r\n\0',
        other: 'one\r\n',
      });
      await expectSame(snapshot, {
        '.gitattributes': attributes,
        'a.txt': 'one\ntwo\n',
        'a.bat': 'one\n',
        'a.raw': 'one\r\n',
        'sub/auto': 'one\n',
        'sub/auto-binary': 'one\r\n\0',
        other: 'one\r\n',
      });
    });

    it('has keywords and encodings as they are stored', async () => {
      const attributes = 'a ident\nb working-tree-encoding=UTF-16LE\n';
      const utf16 = new Uint8Array(Buffer.from('hé\n', 'utf16le'));
      const snapshot = await make({ '.gitattributes': attributes, a: '$Id: what was here $\n', b: utf16 });
      await expectSame(snapshot, { '.gitattributes': attributes, a: '$Id$\n', b: 'hé\n' });
    });
  });
}

/** An adapter that is told what is wanted loads nothing else. */
export function wantedContract(
  name: string,
  make: (files: ContractFiles, wanted: (entry: { readonly path: string }) => boolean) => Promise<Snapshot>,
): void {
  describe(`${name}, told what is wanted`, () => {
    it('lists everything, and throws for what it was not to load', async () => {
      const files = { 'keep.yaml': 'a: 1\n', 'skip.png': 'pixels' };
      const snapshot = await make(files, (entry) => entry.path.endsWith('.yaml'));
      expect(snapshot.list()).toEqual(literalSnapshot(files).list());
      expect(snapshot.read('keep.yaml')).toEqual(encodeText('a: 1\n'));
      expect(() => snapshot.read('skip.png')).toThrow(NotLoadedError);
    });
  });
}

async function expectSame(snapshot: Snapshot, files: ContractFiles): Promise<void> {
  const literal = literalSnapshot(files);
  expect(snapshot.list()).toEqual(literal.list());
  for (const { path } of literal.list()) {
    // Compared as one value: a matcher that walks a large array takes seconds.
    expect([path, Buffer.from(snapshot.read(path) ?? []).equals(literal.read(path) ?? new Uint8Array())]).toEqual([
      path,
      true,
    ]);
  }
}
