import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleCapability, exampleUse } from '../finding/example-files.ts';
import type { ExampleFiles } from '../finding/rule.ts';
import { evaluatePlatform } from '../platform/evaluate-platform.ts';
import { loadPlatform } from '../platform/load-platform.ts';
import { examplePlatform } from '../testing/example-platform.ts';

const load = (files: ExampleFiles) => loadPlatform(examplePlatform(files));
const findings = (files: ExampleFiles) =>
  load(files).findings.map(({ path, line, column, code, message }) => `${path}:${line}:${column} ${code} ${message}`);
const later = (place: string, what: string) =>
  `capabilities/cache/${place} capability/not-supported-yet ${what} not supported yet`;
const manifest = (text: string | Uint8Array | null): ExampleFiles => ({
  ...exampleCapability(),
  'capabilities/cache/package.json': text,
});

describe('what this version does not do', () => {
  it.each<readonly [string, Parameters<typeof exampleCapability>[0], string]>([
    ['migrations', { files: { 'migrations/1.yaml': '' } }, later('migrations/1.yaml:1:1', 'migrations are')],
  ])('%s: is refused, not ignored', (_, added, expected) => {
    expect(findings(exampleCapability(added))).toEqual([expected]);
  });

  it('lets through docs, fixtures, tests and whatever else is not read', () => {
    expect(
      findings(exampleCapability({ files: { 'docs/a.md': '#', 'fixtures/a.yaml': 'a: [', 'src/index.ts': 'x' } })),
    ).toEqual([]);
  });
});

describe('the version of a capability', () => {
  it.each(['1.0.0', '0.1.0', '10.20.30', '1.0.0-rc.1'])('%s is taken from its package.json', (version) => {
    const { capabilities, findings } = load(manifest(JSON.stringify({ name: 'capability-cache', version })));
    expect([capabilities.get('cache')?.version, findings]).toEqual([version, []]);
  });

  it.each<readonly [string, string | Uint8Array | null, string]>([
    ['no file', null, 'capability.yaml:1:1 capability/version a capability has a package.json'],
    ['no JSON', '{', 'package.json:1:1 capability/version package.json is not JSON'],
    ['no object', '5', 'package.json:1:1 capability/version the package is not named "capability-cache"'],
    ['no text', Uint8Array.of(0xff), 'package.json:1:1 capability/version package.json is not JSON'],
    [
      'another name',
      '{\n  "name": "cache"\n}',
      'package.json:2:3 capability/version the package is not named "capability-cache"',
    ],
    [
      'no version',
      '{ "name": "capability-cache" }',
      'package.json:1:1 capability/version "version" is not a semantic version',
    ],
    [
      'a range',
      '{ "name": "capability-cache",\n  "version": "^1.0.0" }',
      'package.json:2:3 capability/version "version" is not a semantic version',
    ],
  ])('is refused: %s', (_, text, expected) => {
    expect(findings(manifest(text))).toEqual([`capabilities/cache/${expected}`]);
  });
});

describe('the integrity of a capability', () => {
  const integrityOf = (files: ExampleFiles) => load(files).capabilities.get('cache')?.integrity;
  const rendered = {
    'templates/deploy/a.yaml': 'a: 1\n',
    'patches/b.yaml': 'b: 1\n',
    'alerts/c.yaml': 'c: 1\n',
    'dashboards/d.json': '{}\n',
  };
  const before = integrityOf(exampleCapability({ files: rendered }));

  it.each(Object.keys(rendered))('changes with %s', (file) => {
    expect(integrityOf(exampleCapability({ files: { ...rendered, [file]: 'c: 2\n' } }))).not.toBe(before);
    expect(integrityOf(exampleCapability({ files: { ...rendered, [`${file}.more.yaml`]: 'c: 2\n' } }))).not.toBe(
      before,
    );
  });

  it('changes with capability.yaml, and with the name of a file', () => {
    expect(integrityOf(exampleCapability({ files: rendered, spec: 'onDelete: delete' }))).not.toBe(before);
    const { 'patches/b.yaml': content, ...rest } = rendered;
    expect(integrityOf(exampleCapability({ files: { ...rest, 'patches/c.yaml': content } }))).not.toBe(before);
  });

  it('does not change with anything that is not rendered', () => {
    const files = fc.dictionary(
      fc.constantFrom('docs/a.md', 'fixtures/a.yaml', 'README.md', 'templates/scaffold/a.txt', 'src/a.ts'),
      fc.stringMatching(/^[a-z ]*$/),
    );
    fc.assert(
      fc.property(files, (more) => {
        expect(integrityOf(exampleCapability({ files: { ...more, ...rendered } }))).toBe(before);
      }),
      { numRuns: 20 },
    );
  });
});

describe('a broken capability', () => {
  it('is left out, those who use it are told, and all others are there', () => {
    const { capabilities, brokenCapabilities } = load(exampleCapability({ spec: 'surprise: 1' }));
    expect([...capabilities.keys()].sort()).toEqual(['database', 'web']);
    expect([...brokenCapabilities]).toEqual(['cache']);
  });

  it('shows a mistake of an output at the output', () => {
    const spec = 'outputs:\n  host: { schema: { type: string }, value: "{{instance.nam}}" }';
    expect(findings(exampleCapability({ spec }))).toEqual([
      expect.stringMatching(/^capabilities\/cache\/capability\.yaml:9:46 template\/unknown-path/),
    ]);
  });

  it.each(['lock', 'capability', 'other'])(
    'is none whose schema has the id of %s: it takes the place of nothing',
    (kind) => {
      const id = `https://idp.internal/schemas/${kind}.schema.json`;
      const spec = `parameters: { $id: "${id}", type: object, properties: { a: { type: string } } }
outputs:
  a: { schema: { $id: "${id}", type: string }, value: b }
  c: { schema: { $id: "${id}", type: string }, value: d }`;
      const twice = 'cache: { type: cache, params: { a: b } }\nmore: { type: cache, params: { a: 5 } }';
      const { findings } = evaluatePlatform(load(exampleUse({ spec }, twice)));
      expect(findings.map(({ code, line }) => `${code} ${line}`)).toEqual(['resolve/parameter-wrong-value 11']);
    },
  );

  it.each(['policies', 'patches', 'templates', 'templates/deploy'])(
    'is one whose %s is a link or a submodule',
    (file) => {
      for (const mode of ['120000', '160000'] as const) {
        const files = exampleCapability({ files: { [file]: { mode, content: '../database' } } });
        expect(load(files).findings).toMatchObject([
          { code: 'capability/symlink', path: `capabilities/cache/${file}` },
        ]);
      }
    },
  );

  it('is one whose schema refers to elsewhere', () => {
    const spec = 'parameters: { $ref: "https://example.com/x" }';
    expect(findings(exampleCapability({ spec }))).toEqual([
      expect.stringContaining('capabilities/cache/capability.yaml:8:3 capability/invalid-schema'),
    ]);
  });
});
