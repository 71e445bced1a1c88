import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** All files of a repository's `.git` folder with their sizes and times: equal before and after what must not write. */
export async function repositoryState(gitFolder: string): Promise<readonly string[]> {
  const names = await readdir(gitFolder, { recursive: true });
  const lines = names.map(async (name) => {
    const stats = await stat(join(gitFolder, name));
    return stats.isFile() ? [`${name} ${stats.size} ${stats.mtimeMs}`] : [];
  });
  return (await Promise.all(lines)).flat().sort();
}

/** The lines of a file, none when it does not exist. */
export async function linesOf(path: string): Promise<readonly string[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.split('\n').filter((line) => line !== '');
}
