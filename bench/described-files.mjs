import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** @param {string} root @param {readonly string[]} ofServices the files of each service */
export function describedFiles(root, ofServices) {
  return ['catalog', 'services'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .filter(({ name }) => (folder === 'catalog' ? name.endsWith('.yaml') : ofServices.includes(name)))
      .map(({ parentPath, name }) => join(parentPath, name)),
  );
}
