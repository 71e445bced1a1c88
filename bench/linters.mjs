import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describedFiles } from './described-files.mjs';

/** What an entity is at least: far less than the catalog's own rules ask. */
const entity = {
  type: 'object',
  required: ['apiVersion', 'kind', 'metadata'],
  properties: {
    apiVersion: { type: 'string' },
    kind: { type: 'string' },
    metadata: {
      type: 'object',
      required: ['name'],
      properties: { name: { type: 'string', pattern: '^[A-Za-z0-9._-]+$' } },
    },
  },
};
/** More take minutes. */
const most = 1000;

/**
 * General linters over the catalog's files, those that are installed in the folder of BENCH_PEERS.
 *
 * @param {string} folder for what they are configured by
 */
export function linters(folder) {
  const installed = process.env.BENCH_PEERS ?? '';
  const schema = join(folder, 'entity.schema.json');
  writeFileSync(schema, JSON.stringify(entity));
  const ruleset = join(folder, 'ruleset.json');
  const judged = { function: 'schema', functionOptions: { schema: entity } };
  const rule = Object.fromEntries([
    ['given', '$'],
    ['severity', 'error'],
    ['then', judged],
  ]);
  writeFileSync(ruleset, JSON.stringify({ rules: { entity: rule } }));
  const of = (label, file, ...args) => ({
    label,
    most,
    file: join(installed, file),
    command: (root) => [join(installed, file), ...args, ...entitiesOf(root)],
  });
  return [
    of('check-jsonschema, catalog', 'py/bin/check-jsonschema', '--schemafile', schema),
    of('spectral, catalog', 'node_modules/.bin/spectral', 'lint', '--quiet', '--ruleset', ruleset),
  ].filter(({ file }) => existsSync(file));
}

/** Of the services: in `catalog` are definitions of APIs as well. */
function entitiesOf(root) {
  return describedFiles(root, ['catalog-info.yaml']).filter((file) => file.endsWith('catalog-info.yaml'));
}
