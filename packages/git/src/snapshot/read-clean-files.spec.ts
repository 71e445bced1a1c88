import { execFileSync } from 'node:child_process';
import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { blobId } from '@idp/core';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { readCleanFiles } from './read-clean-files.ts';

const entry = (path: string, content: Uint8Array) => ({ path, mode: '100644' as const, oid: blobId(content) });

it('reads files of any size that have the id that git says, and lets each stay as it is', async () => {
  const root = await temporaryFolder();
  const sizes = [0, 1, 65_535, 65_536, 65_537, 200_000, 3_999_999, 4_000_001, 10];
  const contents = sizes.map((size, index) => new Uint8Array(size).fill(index + 1));
  for (const [index, content] of contents.entries()) await writeFile(join(root, `f${index}`), content);
  const entries = contents.map((content, index) => entry(`f${index}`, content));
  const blobs = readCleanFiles(root, entries);
  for (const [index, content] of contents.entries()) {
    const { oid } = entry('', content);
    const read = blobs.get(oid);
    if (content.length > 4_000_000) expect(read).toBeUndefined();
    else expect(read !== undefined && Buffer.compare(read, content), `f${index}`).toBe(0);
  }
});

it('reads nothing that is not a file with that content', async () => {
  const root = await temporaryFolder();
  const content = new TextEncoder().encode('content');
  await writeFile(join(root, 'other'), 'CONTENT');
  await writeFile(join(root, 'longer'), 'content and more');
  await writeFile(join(root, 'sparse'), '');
  await truncate(join(root, 'sparse'), 1e9);
  await mkdir(join(root, 'folder'));
  await writeFile(join(root, 'file'), content);
  await symlink('file', join(root, 'link'));
  execFileSync('mkfifo', [join(root, 'pipe')]);
  const paths = ['other', 'longer', 'sparse', 'folder', 'link', 'pipe', 'missing', 'a\0b'];
  expect(
    readCleanFiles(
      root,
      paths.map((path) => entry(path, content)),
    ).size,
  ).toBe(0);
  expect(readCleanFiles(root, [entry('file', content)]).size).toBe(1);
});
