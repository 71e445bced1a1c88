/** The floor under every tool that reads these files: js-yaml parses them and nothing else happens. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CORE_SCHEMA, loadAll } from 'js-yaml';

const root = process.argv[2] ?? '.';
for (const folder of ['catalog', 'services', 'environments']) {
  for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && entry.name.endsWith('.yaml'))
      loadAll(readFileSync(join(entry.parentPath, entry.name), 'utf8'), { schema: CORE_SCHEMA });
  }
}
