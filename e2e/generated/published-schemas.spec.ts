import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const workspace = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(workspace, path), 'utf8');
const foldersOf = (path: string): readonly string[] => readdirSync(join(workspace, path));

/** As an editor does it: the committed JSON alone, another YAML parser, no code of ours. */
function problemsOf(schema: string, value: unknown): readonly string[] {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: true });
  addFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(read(`schemas/${schema}.schema.json`)));
  return validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const real: readonly (readonly [string, string])[] = [
  ['platform', 'idp.yaml'],
  ...foldersOf('environments').map((file) => ['environment', `environments/${file}`] as const),
  ...foldersOf('capabilities').map((folder) => ['capability', `capabilities/${folder}/capability.yaml`] as const),
  ...foldersOf('services').map((folder) => ['lock', `services/${folder}/.idp/lock.yaml`] as const),
];

describe('the published schemas', () => {
  it.each(real)('as an editor uses them: %s accepts %s', (schema, path) => {
    expect(problemsOf(schema, parse(read(path)))).toEqual([]);
  });

  it('are named by the files themselves, where people edit them', () => {
    const edited = real.filter(([schema]) => schema !== 'lock');
    for (const [schema, path] of edited) {
      const named = /^# yaml-language-server: \$schema=(\S+)$/m.exec(read(path))?.[1] ?? '';
      expect(relative(workspace, resolve(workspace, dirname(path), named))).toBe(`schemas/${schema}.schema.json`);
    }
  });

  it.each(['platform', 'environment', 'capability', 'lock', 'record'])('%s refuses an unknown field', (schema) => {
    expect(problemsOf(schema, { surprise: true })).toContain(' must NOT have additional properties');
  });

  it('checks the values behind every key of a map, also behind hostile ones', () => {
    const lock: unknown = parse(read('services/payments/.idp/lock.yaml'));
    expect(problemsOf('lock', lock)).toEqual([]);
    for (const key of ['db\nx', '', 'constructor']) {
      expect(problemsOf('lock', { ...(lock as object), instances: { [key]: null } })).not.toEqual([]);
    }
  });

  it('have dotted-internal ids, so that nothing is fetched', () => {
    for (const file of foldersOf('schemas')) {
      expect(JSON.parse(read(`schemas/${file}`))).toMatchObject({
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        $id: `https://idp.internal/schemas/${file}`,
      });
      expect(read(`schemas/${file}`)).not.toContain('"$ref"');
    }
  });
});
