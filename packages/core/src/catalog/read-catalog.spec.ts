import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../finding/finding.ts';
import { type Json, valueAt } from '../json/json.ts';
import { isPlatformPath } from '../layout/paths.ts';
import { snapshotOf } from '../snapshot/index-entries.ts';
import { type LiteralFile, literalSnapshot } from '../snapshot/literal-snapshot.ts';
import { NotLoadedError, type Snapshot, type SnapshotEntry } from '../snapshot/snapshot.ts';
import { furtherCatalogFiles } from './files/further-files.ts';
import { readCatalog } from './read-catalog.ts';

type Files = Readonly<Record<string, LiteralFile>>;

const platform = { 'idp.yaml': 'kind: Platform\n' };
const text = ({ code, path, line, column, message }: Finding) => `${code} ${path}:${line}:${column} ${message}`;

function read(files: Files, ignored: (path: string) => boolean = () => false) {
  const { entities, findings } = readCatalog({ snapshot: literalSnapshot(files), ignored });
  return { refs: entities.map(({ ref }) => ref), findings: findings.map(text), entities };
}

const entity = (kind: string, name: string, spec: string): string =>
  `apiVersion: backstage.io/v1alpha1\nkind: ${kind}\nmetadata: { name: ${name} }\nspec: ${spec}\n`;
const user = (name: string): string => entity('User', name, '{ memberOf: [] }');
const location = (spec: string, name = 'all'): string => entity('Location', name, spec);
const api = (definition: string): string =>
  entity('API', 'api', `{ type: openapi, lifecycle: production, owner: team, definition: ${definition} }`);

describe('a location', () => {
  it('leads to files by path and by pattern, from its own folder or from the repository', () => {
    const { refs, findings } = read({
      ...platform,
      'catalog/org/all.yaml': location('{ target: ./team.yml, targets: ["../../people/*.yaml", /more/**/x.yaml] }'),
      'catalog/org/team.yml': user('in-catalog'),
      'people/ada.yaml': user('ada'),
      'people/deep/ben.yaml': user('not-here'),
      'more/x.yaml': user('cleo'),
      'more/a/b/x.yaml': user('dan'),
    });
    expect(refs).toEqual([
      'location:default/all',
      'user:default/in-catalog',
      'user:default/ada',
      'user:default/dan',
      'user:default/cleo',
    ]);
    expect(findings).toEqual([]);
  });

  it('may lead back: every file is read once', () => {
    const { refs, findings } = read({
      ...platform,
      'catalog/a.yaml': location('{ targets: [./a.yaml, ../x/b.yaml, ../x/*.yaml] }', 'a'),
      'x/b.yaml': location('{ targets: [../catalog/a.yaml, ./b.yaml] }', 'b'),
    });
    expect({ refs, findings }).toEqual({ refs: ['location:default/a', 'location:default/b'], findings: [] });
  });

  it('may be one of several documents, and is read with what is put into it', () => {
    const { refs } = read({
      ...platform,
      'catalog/a.yaml': `${user('ada')}---\n${location('{ $yaml: ../spec.yaml }')}`,
      'spec.yaml': 'target: ../x/ben.yaml\n',
      'x/ben.yaml': user('ben'),
    });
    expect(refs).toEqual(['user:default/ada', 'location:default/all', 'user:default/ben']);
  });

  it.each([
    ['a file that is not there', './tem.yaml', 'catalog/unresolved-target', '"./tem.yaml" does not exist'],
    ['a pattern without a match', './*.yml', 'catalog/unresolved-target', 'no file matches "./*.yml"'],
    ['a way out of the repository', '../../etc/passwd', 'catalog/unresolved-target', 'it leads out of the repository'],
    ['a way out by a pattern', '../../**/*.yaml', 'catalog/unresolved-target', 'it leads out of the repository'],
    ['a folder', './', 'catalog/unresolved-target', 'it is a folder'],
    ['a folder by its name', '../catalog', 'catalog/unresolved-target', 'does not exist'],
    ['a backslash', '.\\team.yaml', 'catalog/unresolved-target', 'it has a backslash'],
    ['a pattern that would take for ever', './*a*a*a*a*a*b', 'catalog/unresolved-target', 'asks for too much'],
    ['a link', './link.yaml', 'source/symlink', 'a symbolic link is not followed'],
    ['a URL', 'https://example.com/all.yaml', 'catalog/not-read', 'it was not read'],
    ['a file URL', 'file:///etc/passwd', 'catalog/not-read', 'it was not read'],
    ['another host', '//example.com/all.yaml', 'catalog/not-read', 'it was not read'],
  ])('that names %s is told so', (_, target, code, message) => {
    const { findings } = read(
      {
        ...platform,
        'catalog/all.yaml': location(`{ target: ${JSON.stringify(target)} }`),
        'catalog/team.yaml': user('ada'),
        'catalog/link.yaml': { mode: '120000', content: '/etc/passwd' },
      },
      (path) => path === 'catalog/link.yaml' && code !== 'source/symlink',
    );
    expect(findings).toEqual([expect.stringContaining(message)]);
    expect(findings[0]).toMatch(new RegExp(`^${code} catalog/(all.yaml:4:17|link.yaml:1:1) `));
  });

  it('of another type is left to the plugin that reads it', () => {
    const { findings } = read({ ...platform, 'catalog/all.yaml': location('{ type: github-org, target: ./x.yaml }') });
    expect(findings).toEqual([expect.stringContaining('catalog/not-read catalog/all.yaml:4:15')]);
  });

  it('says nothing of what is optional or ignored', () => {
    const files = {
      ...platform,
      'catalog/all.yaml': location('{ target: ../x/a.yaml }'),
      'x/a.yaml': 'not: an entity',
    };
    expect(read(files).findings).toHaveLength(1);
    expect(read(files, (path) => path.startsWith('x/'))).toMatchObject({
      refs: ['location:default/all'],
      findings: [],
    });
    const optional = location('{ targets: [./nothing.yaml, ./*.nothing], presence: optional }');
    expect(read({ ...platform, 'catalog/all.yaml': optional }).findings).toEqual([]);
  });

  it('leads to another one only so often', () => {
    const chain = Array.from({ length: 14 }, (_, index) => [
      `x/${index}.yaml`,
      location(`{ target: ./${index + 1}.yaml }`, `l${index}`),
    ]);
    const { refs, findings } = read({
      ...platform,
      ...Object.fromEntries(chain),
      'catalog/a.yaml': location('{ target: ../x/0.yaml }'),
    });
    expect(refs).toHaveLength(11);
    expect(findings).toEqual([expect.stringContaining('more than 10 locations lead here')]);
  });
});

describe('what is put into an entity', () => {
  const files = {
    ...platform,
    'apis/a.yaml': 'openapi: 3.1.0\n',
    'apis/tags.json': '["a", "b"]',
    'apis/two.yaml': 'a: 1\n---\nb: 2\n',
    'apis/bad.json': '{',
    'apis/latin.txt': Uint8Array.of(0xe4),
    'apis/large.txt': 'x'.repeat(2_000_001),
    'apis/link.txt': { mode: '120000', content: '/etc/passwd' },
    'apis/module': { mode: '160000', content: '' },
    'apis/deep.json': `${'['.repeat(5000)}${']'.repeat(5000)}`,
    'apis/self.yaml': 'again: { $yaml: ./self.yaml }\n',
  } as const;
  const valueAfter = (definition: string): { value: Json | undefined; findings: readonly string[] } => {
    const { entities, findings } = read({ ...files, 'catalog/api.yaml': api(definition) });
    const value = valueAt(entities[0]?.value ?? null, ['spec', 'definition']);
    return { value, findings: findings.filter((finding) => !finding.startsWith('catalog/wrong-value')) };
  };

  it.each([
    ['{ $text: ../apis/a.yaml }', 'openapi: 3.1.0\n'],
    ['{ $text: /apis/a.yaml }', 'openapi: 3.1.0\n'],
    ['{ $openapi: ../apis/a.yaml }', 'openapi: 3.1.0\n'],
    ['{ $yaml: ../apis/a.yaml }', { openapi: '3.1.0' }],
    ['{ $json: ../apis/tags.json }', ['a', 'b']],
    ['[{ $json: ../apis/tags.json }, { deep: { $text: ../apis/a.yaml } }]', [['a', 'b'], { deep: 'openapi: 3.1.0\n' }]],
    ['{ $ref: ../apis/a.yaml }', { $ref: '../apis/a.yaml' }],
    ['{ $text: ../apis/a.yaml, other: 1 }', { $text: '../apis/a.yaml', other: 1 }],
    ['{ $yaml: ../apis/self.yaml }', { again: { $yaml: './self.yaml' } }],
  ])('is for %s what Backstage puts in', (definition, value) => {
    expect(valueAfter(definition)).toEqual({ value, findings: [] });
  });

  it.each([
    ['{ $text: ../apis/b.yaml }', '"../apis/b.yaml" does not exist'],
    ['{ $text: ../../apis/a.yaml }', 'it leads out of the repository'],
    ['{ $text: /../etc/passwd }', 'it leads out of the repository'],
    ['{ $text: ../apis/link.txt }', 'is a symbolic link'],
    ['{ $text: ../apis/module }', 'is not a file'],
    ['{ $text: ../apis/ }', 'it is a folder'],
    ['{ $text: ../apis/latin.txt }', 'is not UTF-8'],
    ['{ $text: ../apis/large.txt }', 'more than 2000000'],
    ['{ $text: 5 }', '$text needs a path'],
    ['{ $yaml: ../apis/two.yaml }', 'has 2 documents'],
    ['{ $json: ../apis/bad.json }', 'is not JSON'],
    ['{ $json: ../apis/deep.json }', 'nested deeper'],
    ['{ $text: "../apis/a\\nb" }', 'it has a control character'],
  ])('is for %s a finding at its own place, and nothing else', (definition, message) => {
    const { findings } = read({ ...files, 'catalog/api.yaml': api(definition) });
    expect(findings).toEqual([expect.stringContaining(message)]);
    expect(findings[0]).toMatch(/^catalog\/unresolved-substitution catalog\/api.yaml:4:/);
  });

  it('is not fetched', () => {
    const { findings } = read({ ...files, 'catalog/api.yaml': api('{ $text: "https://example.com/openapi.yaml" }') });
    expect(findings).toEqual([expect.stringContaining('catalog/not-read catalog/api.yaml:4:')]);
  });
});

describe("somebody else's repository", () => {
  const files = {
    'catalog-info.yaml': location('{ target: ./org/*.yaml }'),
    'org/people.yaml': user('ada'),
    'apps/shop/catalog-info.yaml': user('ben'),
    'node_modules/x/catalog-info.yaml': 'a: [',
    '.github/catalog-info.yaml': 'a: [',
    'other/component.yaml': user('nobody'),
  };

  it('is read by the names of its files and by its locations', () => {
    expect(read(files)).toMatchObject({
      refs: ['user:default/ben', 'location:default/all', 'user:default/ada'],
      findings: [],
    });
  });

  it('is a platform with idp.yaml: then only its places and what they lead to are read', () => {
    const { refs, findings } = read({ ...platform, ...files });
    expect(refs).toEqual(['location:default/all', 'user:default/ada']);
    expect(findings).toEqual([
      'catalog/not-read apps/shop/catalog-info.yaml:1:1 this is no place of the catalog: it was not read',
    ]);
    const led = {
      ...platform,
      ...files,
      'catalog/apps.yaml': location('{ target: ../apps/*/catalog-info.yaml }', 'b'),
    };
    expect(read(led)).toMatchObject({ refs: expect.arrayContaining(['user:default/ben']), findings: [] });
    expect(read({ ...platform, ...files }, (path) => path.startsWith('apps/')).findings).toEqual([]);
  });

  it('has more where the configuration of its Backstage says so, from the folder that its backend runs in', () => {
    const config = `app: { title: Ours }
catalog:
  locations:
    - { type: file, target: ../../examples/*.yaml }
    - { type: file, target: ../../examples/nothing.yaml }
    - { type: url, target: "https://example.com/all.yaml" }
    - { type: file, target: ../../../../etc/passwd }
`;
    const { refs, findings } = read({
      'app-config.yaml': config,
      'packages/backend/package.json': '{}',
      'examples/people.yaml': user('ada'),
      'examples/deep/more.yaml': user('ben'),
    });
    expect(refs).toEqual(['user:default/ada']);
    expect(findings).toEqual([
      'catalog/unresolved-target app-config.yaml:5:29 "../../examples/nothing.yaml" does not exist',
      'catalog/not-read app-config.yaml:6:28 this location is not in this repository: it was not read',
      expect.stringContaining('it leads out of the repository'),
    ]);
    const here = read({ 'app-config.yaml': config.replaceAll('../../e', './e'), 'examples/people.yaml': user('ada') });
    expect(here.refs).toEqual(['user:default/ada']);
    expect(read({ ...platform, 'app-config.yaml': config, 'packages/backend/x': '' }).findings).toEqual([]);
  });

  it('may have a configuration of that name that is none of Backstage, or no YAML', () => {
    for (const text of ['catalog: 5', 'catalog: { locations: [5, { target: [] }] }', '- a'])
      expect(read({ 'app-config.yaml': text })).toMatchObject({ refs: [], findings: [] });
    expect(read({ 'app-config.yaml': 'a: [' }).findings).toEqual([
      expect.stringContaining('catalog/not-read app-config.yaml:1:'),
    ]);
  });

  it('may have skeletons, which are named and are no errors', () => {
    const { refs, findings } = read({
      'a/skeleton/catalog-info.yaml': user('"${{ values.name }}"'),
      'b/skeleton/catalog-info.yaml': '{%- if values.x %}\nkind: [\n{% endif %}\n',
      'c/catalog-info.yaml': 'kind: [',
    });
    expect(refs).toEqual([]);
    expect(findings.map((finding) => finding.split(':')[0])).toEqual([
      'catalog/not-read a/skeleton/catalog-info.yaml',
      'catalog/not-read b/skeleton/catalog-info.yaml',
      'source/invalid-yaml c/catalog-info.yaml',
    ]);
  });
});

/** As an adapter does it: what is wanted, then what that leads to, until there is nothing more. */
function loadedInRounds(whole: Snapshot): { snapshot: Snapshot; loaded: ReadonlySet<string>; rounds: number } {
  const loaded = new Set(whole.list().flatMap(({ path }) => (isPlatformPath(path) ? [path] : [])));
  const isLoaded = ({ path }: SnapshotEntry): boolean => loaded.has(path);
  const snapshot = snapshotOf(whole.list(), (entry) => (isLoaded(entry) ? whole.read(entry.path) : undefined));
  for (let rounds = 1; ; rounds += 1) {
    const more = furtherCatalogFiles(snapshot, isLoaded, () => false);
    if (more.size === 0) return { snapshot, loaded, rounds };
    for (const path of more) loaded.add(path);
  }
}

describe('what an adapter loads', () => {
  it('is all that is read, whatever leads where', () => {
    const path = fc.constantFrom(
      'app-config.yaml',
      'catalog/a.yaml',
      'catalog-info.yaml',
      'x/a.yaml',
      'x/b.yaml',
      'x/y/catalog-info.yaml',
    );
    const reference = fc.constantFrom(
      './a.yaml',
      './b.yaml',
      '/x/b.yaml',
      './x/*.yaml',
      '../**',
      'y/*',
      '..',
      'https://a',
    );
    const document = fc.oneof(
      reference.map((target) => location(JSON.stringify({ target }))),
      reference.map((target) => `"k\\x69nd": Lo\\u0063ation\nspec: { target: ${target} }\n`),
      reference.map((target) => `"kind": "Lo\\x63ation"\nspec: { target: ${target} }\n`),
      reference.map((target) => `kind: Location\nspec: { $yaml: ${target} }\n`),
      reference.map((target) => api(`{ "\\u0024text": ${target} }`)),
      reference.map((target) => `target: ${target}\n`),
      reference.map((target) => `catalog: { locations: [{ type: file, target: ${target} }] }\n`),
      fc.constant(user('"{{ name }}"')),
    );
    const repository = fc.tuple(
      fc.dictionary(
        path,
        fc.array(document, { maxLength: 2 }).map((all) => all.join('---\n')),
        { noNullPrototype: true },
      ),
      fc.boolean(),
    );
    fc.assert(
      fc.property(repository, ([files, ours]) => {
        const whole = literalSnapshot(ours ? { ...platform, ...files } : files);
        const { snapshot } = loadedInRounds(whole);
        const ignored = () => false;
        const shown = ({ entities, findings }: ReturnType<typeof readCatalog>) => ({
          entities: entities.map(({ ref, value }) => [ref, value]),
          findings,
        });
        expect(shown(readCatalog({ snapshot, ignored }))).toEqual(shown(readCatalog({ snapshot: whole, ignored })));
      }),
      { numRuns: 500 },
    );
  });

  it('is nothing more than the places of the platform, where nothing leads further', () => {
    const whole = literalSnapshot({ ...platform, 'catalog/a.yaml': user('ada'), 'x/a.yaml': '', 'src/main.ts': '' });
    const { loaded, rounds, snapshot } = loadedInRounds(whole);
    expect({ loaded: [...loaded], rounds }).toEqual({ loaded: ['catalog/a.yaml', 'idp.yaml'], rounds: 1 });
    expect(() => snapshot.read('x/a.yaml')).toThrow(NotLoadedError);
  });
});
