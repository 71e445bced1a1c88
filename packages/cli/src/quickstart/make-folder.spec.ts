import { mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder } from './make-folder.ts';

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'idp-make-folder-')));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the folder of a quickstart', () => {
  it('is the one asked for, made with those above it', async () => {
    expect(await makeFolder(join(folder, 'a', 'b'))).toEqual({ folder: join(folder, 'a', 'b') });
    expect(await readdir(join(folder, 'a'))).toEqual(['b']);
  });

  it('may exist when it is empty', async () => {
    await mkdir(join(folder, 'empty'));
    expect(await makeFolder(join(folder, 'empty'))).toEqual({ folder: join(folder, 'empty') });
  });

  it('is refused when it holds anything', async () => {
    await writeFile(join(folder, 'mine.txt'), '');
    expect(await makeFolder(folder)).toEqual({ refused: `${folder} is not empty: name a new folder` });
  });

  it('is refused when it is a file', async () => {
    await writeFile(join(folder, 'mine.txt'), '');
    expect(await makeFolder(join(folder, 'mine.txt'))).toHaveProperty('refused');
  });
});
