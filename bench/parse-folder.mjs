/** The floor under every tool that reads a folder of YAML: js-yaml parses all of it and nothing else happens. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CORE_SCHEMA, loadAll } from 'js-yaml';

for (const entry of readdirSync(process.argv[2] ?? '.', { recursive: true, withFileTypes: true }))
  if (entry.isFile()) loadAll(readFileSync(join(entry.parentPath, entry.name), 'utf8'), { schema: CORE_SCHEMA });
