import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import type { Finding } from '@idp/core';

/** Where no manifest is: git's own files, and packages of others. */
const passedOver = new Set(['.git', 'node_modules']);
const manifestName = /\.(?:ya?ml|json)$/i;

export interface WalkedFiles {
  /** Relative to the folder that paths are shown from, with `/`; sorted. */
  readonly files: readonly string[];
  readonly findings: readonly Finding[];
}

/**
 * Every YAML and JSON file below some folders, at any depth. A symbolic link is not followed, and what cannot be read is a
 * finding.
 *
 * @param cwd the folder that paths are relative to, in what is given and in what is returned
 * @param roots folders, or single files of any name
 * @returns `missing`: a root that is neither a file nor a folder
 */
export function walkFiles(cwd: string, roots: readonly string[]): WalkedFiles | { readonly missing: string } {
  const files = new Set<string>();
  const findings: Finding[] = [];
  const shown = (path: string): string => relative(cwd, path).split(sep).join('/') || '.';
  const pending: string[] = [];
  for (const root of roots) {
    const path = resolve(cwd, root);
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isFile()) files.add(shown(path));
    else if (found?.isDirectory()) pending.push(path);
    else return { missing: root };
  }
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    const entries = entriesOf(folder);
    if (entries === undefined) findings.push(unreadable(shown(folder)));
    for (const entry of entries ?? []) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!passedOver.has(entry.name)) pending.push(path);
      } else if (entry.isSymbolicLink()) {
        if (manifestName.test(entry.name)) findings.push(link(shown(path)));
      } else if (entry.isFile() && manifestName.test(entry.name)) files.add(shown(path));
    }
  }
  return { files: [...files].sort(), findings };
}

function entriesOf(folder: string): readonly Dirent[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return undefined;
  }
}

function unreadable(path: string): Finding {
  const message = 'this folder cannot be read';
  return { code: 'source/unreadable', severity: 'error', message, hint: 'look at your rights there', path };
}

function link(path: string): Finding {
  const message = 'a symbolic link is not followed';
  return { code: 'source/symlink', severity: 'error', message, hint: 'put the file itself here', path };
}
