import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { NameKind, NamesOf } from './complete-words.ts';

const folders: Readonly<Record<NameKind, string>> = {
  service: 'services',
  capability: 'capabilities',
  environment: 'environments',
  policy: 'policies',
};

/**
 * Names by the folders of the repository around a folder, without reading a file: a shell asks at every key, and a
 * name that is no good is refused by the verb.
 */
export function repositoryNames(cwd: string): NamesOf {
  const root = rootOf(cwd);
  return (kind) => (root === undefined ? [] : namesIn(join(root, folders[kind]), kind));
}

function rootOf(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : rootOf(parent);
}

function namesIn(folder: string, kind: NameKind): readonly string[] {
  try {
    const names = kind === 'policy' ? policiesIn(folder) : kind === 'environment' ? filesIn(folder) : foldersIn(folder);
    // What is no name of ours would need quoting in a shell, and is refused by every verb.
    return names.filter((name) => /^[a-z0-9][a-z0-9-]*$/.test(name)).sort();
  } catch {
    return [];
  }
}

function foldersIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => (/\.ya?ml$/.test(name) ? [name.replace(/\.ya?ml$/, '')] : []));
}

/** A policy's file is called like the policy, which is unique whatever its pack. */
function policiesIn(folder: string): readonly string[] {
  const packs = foldersIn(folder).filter((pack) => pack !== 'waivers');
  return [...filesIn(folder), ...packs.flatMap((pack) => filesIn(join(folder, pack)))];
}
