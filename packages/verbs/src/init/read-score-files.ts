import { open, readdir, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { filesNamedBy, type ScoreFile } from '@idp/core';

/** A folder with more is most likely not what somebody meant: a home folder, a disk. */
const maxFiles = 20_000;
const maxDepth = 12;
/** A larger file is no Score file that anybody wrote. */
const maxBytes = 2_000_000;
const ignored = new Set(['.git', 'node_modules']);

/**
 * The Score files below a folder: YAML that says `apiVersion: score.dev/v1b1`, and what is named `score.yaml`, which is
 * meant to be one whatever it says. Links are not followed.
 *
 * @returns with paths relative to the folder; `undefined` when there are more files than anybody means
 */
export async function readScoreFiles(folder: string): Promise<readonly ScoreFile[] | undefined> {
  const found: ScoreFile[] = [];
  let seen = 0;
  const walk = async (path: string, depth: number): Promise<boolean> => {
    for (const entry of await readdir(join(folder, path), { withFileTypes: true })) {
      seen += 1;
      if (seen > maxFiles) return false;
      const inner = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory() && depth < maxDepth && !ignored.has(entry.name)) {
        if (!(await walk(inner, depth + 1))) return false;
      } else if (entry.isFile() && /\.ya?ml$/.test(entry.name)) {
        const text = await readText(join(folder, inner));
        if (isNamedScore(entry.name) || (text !== undefined && saysScore(text)))
          found.push({ path: inner, text, files: await filesBeside(join(folder, inner), text) });
      }
    }
    return true;
  };
  return (await walk('', 0)) ? found : undefined;
}

/** The files that a Score file puts into containers; what is a link, or lies behind one, is left where it is. */
async function filesBeside(score: string, text: string | undefined): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  if (text === undefined) return files;
  const folder = await realpath(dirname(score));
  for (const named of filesNamedBy(text)) {
    const path = join(folder, named);
    const content = (await realpath(path).catch(() => undefined)) === path ? await readText(path) : undefined;
    if (content !== undefined) files.set(named, content);
  }
  return files;
}

/** The name that Score's own tools look for. */
function isNamedScore(name: string): boolean {
  return /^score\.ya?ml$/.test(name);
}

function saysScore(text: string): boolean {
  return /^apiVersion:\s*["']?score\.dev\/v1b1/m.test(text);
}

/** `undefined` where it cannot be read, is too large, or is no UTF-8. */
async function readText(path: string): Promise<string | undefined> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return undefined;
  try {
    if ((await file.stat()).size > maxBytes) return undefined;
    return new TextDecoder('utf-8', { fatal: true }).decode(await file.readFile());
  } catch {
    return undefined;
  } finally {
    await file.close();
  }
}
