/** The floor under `idp validate`: js-yaml parses the catalog and each service's entity and Score file, and that is all. */
import { readFileSync } from 'node:fs';
import { CORE_SCHEMA, loadAll } from 'js-yaml';
import { describedFiles } from './described-files.mjs';

for (const file of describedFiles(process.argv[2] ?? '.', ['catalog-info.yaml', 'score.yaml']))
  loadAll(readFileSync(file, 'utf8'), { schema: CORE_SCHEMA });
