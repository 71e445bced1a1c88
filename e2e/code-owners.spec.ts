import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';

const workspace = resolve(import.meta.dirname, '..');
const lines = readFileSync(join(workspace, '.github/CODEOWNERS'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split(/\s+/));

/** Only the forms that our file uses: `*` and `/folder/`. The last line that matches counts. */
function ownersOf(path: string): readonly string[] {
  const match = lines.findLast(([pattern = '']) => pattern === '*' || path.startsWith(pattern.slice(1)));
  return match?.slice(1) ?? [];
}

/** `group:default/team-data` is the team `@acme/team-data` on the forge. */
function teamOf(file: string): string {
  const { spec } = parse(readFileSync(join(workspace, file), 'utf8'));
  return String(spec.owner).replace(/^(group:)?(default\/)?/, '@acme/');
}

it.each([
  ['services', 'catalog-info.yaml'],
  ['capabilities', 'capability.yaml'],
])('asks the owner of each folder of %s for review, as its %s names them', (parent, descriptor) => {
  const expected = readdirSync(join(workspace, parent)).map((folder) => {
    const path = `${parent}/${folder}/${descriptor}`;
    return [path, [teamOf(path)]];
  });
  expect(expected.length).toBeGreaterThan(0);
  expect(expected.map(([path]) => [path, ownersOf(String(path))])).toEqual(expected);
});

it('asks the owner of each policy for review, as its annotation names them', () => {
  const policies = join(workspace, 'policies');
  const files = readdirSync(policies, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'));
  const expected = files
    .filter((file) => file.endsWith('.yaml') && !file.includes('/fixtures/') && !file.startsWith('waivers/'))
    .map((file) => {
      const [policy] = parseAllDocuments(readFileSync(join(policies, file), 'utf8'));
      const owner = policy?.getIn(['metadata', 'annotations', 'idp.internal/owner']);
      return [`policies/${file}`, [String(owner).replace(/^group:default\//, '@acme/')]];
    });
  expect(expected.length).toBeGreaterThan(30);
  expect(expected.map(([path]) => [path, ownersOf(String(path))])).toEqual(expected);
});

it('names folders that exist', () => {
  const folders = lines.flatMap(([pattern = '']) => (pattern === '*' ? [] : [pattern]));
  expect(folders.filter((folder) => !/^\/[\w/-]+\/$/.test(folder) || !existsSync(join(workspace, folder)))).toEqual([]);
});
