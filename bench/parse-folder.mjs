/** The floor under every tool that reads folders of YAML: js-yaml parses all of it and nothing else happens. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CORE_SCHEMA, loadAll } from 'js-yaml';

for (const folder of process.argv.slice(2)) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && entry.name.endsWith('.yaml'))
      loadAll(readFileSync(join(entry.parentPath, entry.name), 'utf8'), { schema: CORE_SCHEMA });
  }
}
