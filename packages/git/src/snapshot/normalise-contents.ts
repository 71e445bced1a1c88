import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Snapshot } from '@idp/core';
import { readBlobs } from '../objects/read-blobs.ts';
import { type GitRun, gitOutput, type OnProcess } from '../process/run-git.ts';
import type { OverlayFile } from './overlay-file.ts';
import { listingOf, nulRecords } from './parse-entries.ts';
import { type Scratch, scratchSettings, withScratch } from './scratch.ts';

const carriageReturn = 0x0d;
/** The attributes that change bytes which have no CR in them (gitattributes, "Effects"); `text` and `eol` only drop CRs. */
const attributes = ['filter', 'ident', 'working-tree-encoding'];

/**
 * What git would store for these files, by path; files that it would store as they are may be absent.
 *
 * @param root its working tree has the attributes (a `.gitattributes` among the files counts instead of its own)
 * @param base what the files replace: git leaves the CRLFs of a `text=auto` file alone that was stored with them
 */
export async function normaliseContents(
  root: string,
  base: Snapshot,
  files: readonly OverlayFile[],
  onProcess: OnProcess | undefined,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const regular = files.filter((file) => file.mode === '100644' || file.mode === '100755');
  if (regular.length === 0) return new Map();
  const special = await withAttributes(root, regular, onProcess);
  const attributesChange = regular.some(({ path }) => path === '.gitattributes' || path.endsWith('/.gitattributes'));
  const doubtful = regular.filter(
    ({ path, content }) => attributesChange || special.has(path) || content.includes(carriageReturn),
  );
  if (doubtful.length === 0) return new Map();
  return await withScratch(root, onProcess, async (scratch) => {
    const tree = await writeTree(root, scratch, doubtful);
    const environment = { ...scratch.environment, GIT_DIR: scratch.gitFolder, GIT_WORK_TREE: tree };
    const run: GitRun = { onProcess, environment };
    const known = doubtful.flatMap(({ path }) => base.entry(path) ?? []).filter(({ mode }) => mode !== '160000');
    const update = [...scratchSettings, 'update-index'];
    if (known.length > 0) {
      const input = known.map(({ mode, oid, path }) => `${mode} ${oid}\t${path}\0`).join('');
      await gitOutput(tree, [...update, '-z', '--index-info'], { ...run, input });
    }
    const input = doubtful.map(({ path }) => `${path}\0`).join('');
    await gitOutput(tree, [...update, '--add', '--replace', '-z', '--stdin'], { ...run, input });
    const { entries } = listingOf(await gitOutput(tree, ['ls-files', '-s', '-z'], run));
    const blobs = await readBlobs(tree, entries, run);
    return new Map(entries.flatMap(({ path, oid }) => [[path, blobs.get(oid) ?? new Uint8Array()] as const]));
  });
}

/** The files that have an attribute which changes bytes. */
async function withAttributes(root: string, files: readonly OverlayFile[], onProcess: OnProcess | undefined) {
  const input = files.map(({ path }) => `${path}\0`).join('');
  const output = await gitOutput(root, ['check-attr', '-z', '--stdin', ...attributes], { onProcess, input });
  const fields = Array.from(nulRecords(output), String);
  const special = new Set<string>();
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const value = fields[at + 2];
    if (value !== 'unspecified' && value !== 'unset') special.add(fields[at] ?? '');
  }
  return special;
}

/** A working tree in the scratch that holds the files and the attributes that concern them. */
async function writeTree(root: string, scratch: Scratch, files: readonly OverlayFile[]): Promise<string> {
  const tree = join(scratch.folder, 'tree');
  const folders = new Set(files.flatMap(({ path }) => withParents(dirname(path))));
  for (const folder of folders) {
    await mkdir(join(tree, folder), { recursive: true });
    const name = join(folder, '.gitattributes');
    await copyFile(join(root, name), join(tree, name)).catch(() => undefined);
  }
  for (const { path, content } of files) await writeFile(join(tree, path), content);
  return tree;
}

/** `a/b` → `a/b`, `a`, `.`. */
function withParents(folder: string): string[] {
  return folder === '.' ? ['.'] : [folder, ...withParents(dirname(folder))];
}
