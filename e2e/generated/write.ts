import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { documents, generatedFolders } from './documents.ts';

/** `npm run docs`: writes the schemas, the pages of the formats and of the rules anew. */
const workspace = resolve(import.meta.dirname, '../..');
const texts = documents();
for (const folder of generatedFolders) rmSync(join(workspace, folder), { recursive: true, force: true });
for (const [path, text] of texts) {
  mkdirSync(dirname(join(workspace, path)), { recursive: true });
  writeFileSync(join(workspace, path), text);
}
process.stdout.write(`${texts.size} files in ${generatedFolders.join(', ')}\n`);
