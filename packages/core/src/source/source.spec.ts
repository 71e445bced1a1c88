import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../json/canonical-json.ts';
import { property } from '../json/json.ts';
import { mergeTraced } from '../provenance/merge.ts';
import { traceSource } from '../provenance/trace-source.ts';
import { toJson } from '../provenance/traced.ts';
import { type LiteralFile, literalSnapshot } from '../snapshot/literal-snapshot.ts';
import { memoryStore } from '../store/memory-store.ts';
import { cpuSeconds } from '../testing/cpu-seconds.ts';
import { parseYaml } from './parse-yaml.ts';
import { sourceOf as parsedSource, readSource, type Source, type SourceResult } from './source.ts';

function read(file: LiteralFile): SourceResult {
  const snapshot = literalSnapshot({ 'a.yaml': file });
  const entry = snapshot.entry('a.yaml');
  if (entry === undefined) throw new Error('the file is in the snapshot');
  return readSource(snapshot, entry);
}

function sourceOf(file: LiteralFile): Source {
  const { source, findings } = read(file);
  expect(findings).toEqual([]);
  if (source === undefined) throw new Error('the file is fine');
  return source;
}

describe('what is no YAML of ours is one finding with a place and a way out', () => {
  const refused: readonly {
    readonly what: string;
    readonly file: LiteralFile;
    readonly code?: string;
    readonly at: string;
    readonly message: RegExp;
  }[] = [
    { what: 'a sequence that does not end', file: 'a: 1\nb: [1, 2\n', at: '2:4', message: /the `\[` is not closed/ },
    { what: 'a sequence that ends the file', file: 'a: 1\nx: [\n', at: '2:4', message: /the `\[` is not closed/ },
    { what: 'a mapping that ends the file', file: 'a: {b: c', at: '1:4', message: /the `\{` is not closed/ },
    { what: 'a list in a list', file: 'a: [[1, "]"]\nb: 1\n', at: '1:4', message: /the `\[` is not closed/ },
    { what: 'a bracket after one in a block', file: 'a: |\n  [\nb: [c # [\nd: 1\n', at: '3:4', message: /not closed/ },
    { what: 'a bracket after an alias', file: 'a: &a 1\nb: *a\nc: [d\n', at: '3:4', message: /not closed/ },
    { what: 'a bracket that is closed too far left', file: 'a: [\n  b\n]\n', at: '3:1', message: /`\]` has to be/ },
    { what: 'a quote that does not end', file: 'a: "b\nc: d\n', at: '2:1', message: /in quotes or brackets/ },
    { what: 'a mapping inside a plain value', file: 'a: b: c\n', at: '1:5', message: /bad indentation/ },
    { what: 'a tab as indentation', file: 'a:\n\tb: 1\n', at: '2:1', message: /tab/ },
    { what: 'a key that is there twice', file: 'a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n', at: '5:3', message: /twice/ },
    { what: 'a quoted key that is there twice', file: 'a: 1\n"a": 2\n', at: '2:1', message: /twice/ },
    { what: 'a key that is there twice in two spellings', file: '1.0: a\n1: b\n', at: '2:1', message: /twice/ },
    { what: 'a __proto__ that is there twice', file: '__proto__: 1\n__proto__: 2\n', at: '2:1', message: /twice/ },
    { what: 'a key that is a list', file: 'a:\n  ? [1]\n  : 2\n', at: '2:5', message: /key is a list or a map/ },
    { what: 'a key that is a map', file: 'a: 1\n{b: c}: 2\n', at: '2:1', message: /key is a list or a map/ },
    { what: 'a key that is an alias of a list', file: 'a: &l [1]\n*l : 2\n', at: '2:1', message: /key is a list/ },
    { what: 'a tag that is not of the core schema', file: 'a:\n  b: !mine c\n', at: '2:6', message: /tag/ },
    { what: 'a time stamp by its tag', file: 'a: !!timestamp 2026-01-01\n', at: '1:4', message: /tag/ },
    { what: 'code by its tag', file: 'a: !!js/function "() => 1"\n', at: '1:4', message: /tag/ },
    { what: 'an alias without an anchor', file: 'a: 1\nb: *c\n', at: '2:5', message: /alias/ },
    { what: 'infinity', file: 'a: 1\nb:\n  - c: .inf\n', at: '3:8', message: /Infinity is not a JSON number/ },
    { what: 'minus infinity', file: 'a: 1\n---\nb: -.Inf\n', at: '3:4', message: /-Infinity is not a JSON number/ },
    { what: 'not a number', file: '- 1\n- [2, .nan]\n', at: '2:7', message: /NaN is not a JSON number/ },
    { what: 'an anchor that contains itself', file: 'a: &a\n  b: [*a]\n', at: '2:7', message: /contains itself/ },
    { what: 'a control character', file: 'a: 1\nb: \u0001\n', at: '2:4', message: /non-printable/ },
    { what: 'half a pair of quotes', file: 'a: "b\n', at: '2:1', message: /./ },
    {
      what: 'bytes that are not UTF-8',
      file: Uint8Array.of(0x61, 0x3a, 0x20, 0xff),
      code: 'source/not-utf8',
      at: '1:4',
      message: /UTF-8/,
    },
    {
      what: 'Latin-1 after letters of several bytes',
      file: Uint8Array.of(
        ...new TextEncoder().encode('a: 1\nb: 😀ü '),
        0xfc,
        0x0a,
        ...new TextEncoder().encode('c: ü\n'),
      ),
      code: 'source/not-utf8',
      at: '2:8',
      message: /UTF-8/,
    },
    {
      what: 'an end in the middle of a character',
      file: Uint8Array.of(0x61, 0x3a, 0x20, 0xc3),
      code: 'source/not-utf8',
      at: '1:4',
      message: /UTF-8/,
    },
    {
      what: 'UTF-16',
      file: Uint8Array.of(0xff, 0xfe, 0x61, 0x00),
      code: 'source/not-utf8',
      at: '1:1',
      message: /UTF-8/,
    },
    {
      what: 'a file beyond the limit',
      file: `a: ${'x'.repeat(2_000_000)}\n`,
      code: 'source/too-large',
      at: '1:1',
      message: /2000004 bytes/,
    },
    {
      what: 'a symbolic link',
      file: { mode: '120000', content: '/etc/passwd' },
      code: 'source/symlink',
      at: '1:1',
      message: /symbolic link/,
    },
    {
      what: 'a commit of another repository',
      file: { mode: '160000', content: '' },
      code: 'source/unreadable',
      at: '1:1',
      message: /not a file/,
    },
  ];
  it.each(refused)('$what', ({ file, code, at, message }) => {
    const { source, findings } = read(file);
    expect(source).toBeUndefined();
    expect(findings).toHaveLength(1);
    const [finding] = findings;
    expect(`${finding?.line}:${finding?.column}`).toBe(at);
    expect(finding?.message).toMatch(message);
    expect(finding).toMatchObject({ code: code ?? 'source/invalid-yaml', severity: 'error', path: 'a.yaml' });
    expect(finding?.hint).toMatch(/./);
  });

  it.each([
    ['a: 1\n\tb: 2\n', 'indent with spaces'],
    ['a: 1\nb: \u0001\n', 'delete what is not seen there'],
  ])('says how to mend %j', (file, hint) => {
    expect(read(file).findings).toMatchObject([{ hint: expect.stringContaining(hint) }]);
  });

  it('refuses aliases of aliases before they grow', () => {
    const levels = Array.from({ length: 30 }, (_, level) =>
      level === 0
        ? 'l0: &l0 [x, x]'
        : `l${level}: &l${level} [${Array(9)
            .fill(`*l${level - 1}`)
            .join(', ')}]`,
    );
    const spent = cpuSeconds(() => {
      const { findings } = read(levels.join('\n'));
      expect(findings).toMatchObject([{ code: 'source/invalid-yaml', message: expect.stringMatching(/alias/) }]);
    });
    expect(spent).toBeLessThan(2);
  });

  it('walks shared anchors once: within the limit of aliases a bomb does not explode either', () => {
    const levels = Array.from({ length: 33 }, (_, level) =>
      level === 0
        ? 'l0: &l0 [x]'
        : `l${level}: &l${level} [${Array(3)
            .fill(`*l${level - 1}`)
            .join(', ')}]`,
    );
    const spent = cpuSeconds(() => {
      const { findings } = read(levels.join('\n'));
      expect(findings).toMatchObject([{ line: 11, message: expect.stringContaining('more than 100000 values') }]);
    });
    expect(spent).toBeLessThan(2);
  });

  it('counts what aliases stand for: 48 levels of two are 2^48 values', () => {
    const levels = Array.from({ length: 48 }, (_, level) => `l${level + 1}: &l${level + 1} [*l${level}, *l${level}]`);
    const { findings } = read(['l0: &l0 x', ...levels].join('\n'));
    expect(findings).toEqual([
      {
        code: 'source/invalid-yaml',
        severity: 'error',
        message: 'with all aliases written out, this has more than 100000 values',
        hint: 'split the file',
        path: 'a.yaml',
        line: 17,
        column: 11,
        endLine: 17,
        endColumn: 12,
      },
    ]);
  });

  it('finds a place in each of 1,000 documents without reading all of them a thousand times', () => {
    const source = sourceOf(`a: [${'1, '.repeat(90)}1]\n---\n`.repeat(999));
    source.locate([]);
    let lines: readonly number[] = [];
    const spent = cpuSeconds(() => {
      lines = Array.from({ length: 999 }, (_, document) => source.locate(['a', 90], 'value', document).line);
    });
    expect(spent).toBeLessThan(5);
    expect(lines).toEqual(Array.from({ length: 999 }, (_, document) => 2 * document + 1));
  });

  it('reads 1,000 documents, and refuses the first one more', () => {
    const documents = (count: number): string => 'a: 1\n---\n'.repeat(count - 1);
    expect(sourceOf(`${documents(1000)}a: 1\n`).documents).toHaveLength(1000);
    expect(read(`${documents(1001)}a: 1\n`).findings).toMatchObject([
      { line: 2001, message: 'more than 1000 documents', hint: 'split the file' },
    ]);
  });

  it.each(['[', '{a: ', '- ', '? '])('refuses 10,000 levels of %j', (level) => {
    const { findings } = read(level.repeat(10_000));
    expect(findings).toMatchObject([{ code: 'source/invalid-yaml', line: 1 }]);
  });

  it('refuses 1,500 levels of indentation', () => {
    const lines = Array.from({ length: 1_500 }, (_, level) => `${' '.repeat(level)}a:`);
    expect(read(lines.join('\n')).findings).toMatchObject([{ line: 100, message: 'nested deeper than 100 levels' }]);
  });
});

describe('what is odd but fine', () => {
  it.each([
    ['an empty file', '', []],
    ['only a comment', '# nothing\n', []],
    ['only blank lines', '\n\n', []],
    ['only a byte order mark', '\ufeff', []],
    ['an empty document', '---\n', [null]],
    ['two empty documents', '---\n---\n', [null, null]],
    ['a byte order mark', '\ufeffa: 1\n', [{ a: 1 }]],
    ['the end of a line as on Windows', 'a: 1\r\nb: |\r\n  x\r\n  y\r\n', [{ a: 1, b: 'x\ny\n' }]],
    [
      'words of YAML 1.1',
      'a: yes\nb: 0755\nc: 1:20\nd: 2026-01-01\n',
      [{ a: 'yes', b: 755, c: '1:20', d: '2026-01-01' }],
    ],
    ['a merge key, which YAML 1.2 does not have', '<<: {a: 1}\nb: 2\n', [{ '<<': { a: 1 }, b: 2 }]],
    ['a key behind an alias', 'a: &k name\n*k : 1\n', [{ a: 'name', name: 1 }]],
  ])('%s', (_, text, documents) => {
    expect(sourceOf(text).documents).toEqual(documents);
  });

  it('gives a place in an empty file', () => {
    expect(sourceOf('').locate(['a'])).toMatchObject({ path: 'a.yaml', line: 1, column: 1 });
    expect(sourceOf('# nothing\n').locate([])).toMatchObject({ line: 1, column: 1 });
  });

  it('counts columns after a byte order mark as editors do', () => {
    expect(sourceOf('\ufeffa: 1\n').locate(['a'], 'key')).toMatchObject({ line: 1, column: 1, endColumn: 2 });
  });
});

describe('the key __proto__', () => {
  const text = '__proto__: { polluted: true }\nb: { constructor: { prototype: 1 }, __proto__: [1] }\n';

  it.each([
    ['at the top', 'a: 1\n__proto__: 1\n', '2:1'],
    ['deep inside, in a list', 'a:\n  - b: { __proto__: 1 }\n', '2:10'],
    ['written with escapes', 'a:\n  "__\\x70roto__": 1\n', '2:3'],
    ['in the second document', 'a: 1\n---\n__proto__: 1\n', '3:1'],
  ])('is refused %s', (_name, file, at) => {
    const { findings } = read(file);
    expect(findings.map(({ code, line, column, hint }) => [code, `${line}:${column}`, hint])).toEqual([
      ['source/invalid-yaml', at, 'remove it'],
    ]);
  });

  it('may stand in a text', () => {
    expect(read('a: about __proto__\n').findings).toEqual([]);
  });

  // A defence in depth: nothing that goes on with the values trips over it.
  it('is an ordinary key on every way through', () => {
    const parsed = parseYaml(text);
    if (!parsed.ok) throw new Error('it is YAML');
    const source = parsedSource({ path: 'a.yaml', mode: '100644', oid: '' }, text, parsed.documents);
    const [document = null] = source.documents;
    expect(Object.keys(document ?? {})).toEqual(['__proto__', 'b']);
    expect(property(document, '__proto__')).toEqual({ polluted: true });
    expect(canonicalJson(document)).toBe(
      '{"__proto__":{"polluted":true},"b":{"__proto__":[1],"constructor":{"prototype":1}}}',
    );
    const traced = traceSource(source);
    expect(canonicalJson(toJson(traced))).toBe(canonicalJson(document));
    expect(canonicalJson(toJson(mergeTraced(traced, traced)))).toBe(canonicalJson(document));
    expect(source.locate(['b', '__proto__', 0])).toMatchObject({ line: 2, column: 49 });
    expect({}).not.toHaveProperty('polluted');
  });

  it('is refused out of the store as well', () => {
    const store = memoryStore();
    const snapshot = literalSnapshot({ 'a.yaml': text });
    const read = () => snapshot.list().map((entry) => readSource(snapshot, entry, store).findings);
    expect(read()[0]).toMatchObject([{ code: 'source/invalid-yaml', hint: 'remove it' }]);
    expect(read()).toEqual(read());
    expect({}).not.toHaveProperty('polluted');
  });
});

describe('places', () => {
  const text = 'a:\n  b: "x"\n  c: [1, { d: 2 }]\nnull: |\n  text\n? "e f"\n: g\n---\nh: 1\n';

  it.each([
    { pointer: ['a', 'b'], part: 'value', document: 0, at: '2:6-2:9' },
    { pointer: ['a', 'b'], part: 'key', document: 0, at: '2:3-2:4' },
    { pointer: ['a', 'c', 1, 'd'], part: 'value', document: 0, at: '3:15-3:16' },
    { pointer: ['a', 'c', '1', 'd'], part: 'value', document: 0, at: '3:15-3:16' },
    { pointer: ['null'], part: 'key', document: 0, at: '4:1-4:5' },
    { pointer: ['e f'], part: 'key', document: 0, at: '6:3-6:8' },
    { pointer: ['e f'], part: 'value', document: 0, at: '7:3-7:4' },
    { pointer: ['h'], part: 'value', document: 1, at: '9:4-9:5' },
    // What is not there is reported on the key of what is.
    { pointer: ['a', 'x', 'y'], part: 'value', document: 0, at: '1:1-1:2' },
    { pointer: ['a', 'c', 7], part: 'value', document: 0, at: '3:3-3:4' },
    { pointer: ['x'], part: 'value', document: 0, at: '1:1-1:3' },
  ] as const)('$pointer ($part)', ({ pointer, part, document, at }) => {
    const { line, column, endLine, endColumn } = sourceOf(text).locate(pointer, part, document);
    expect(`${line}:${column}-${endLine}:${endColumn}`).toBe(at);
  });

  it('is where the anchor is, for what lies behind an alias', () => {
    const source = sourceOf('a: &x { b: 1 }\nc: *x\nd: &x { b: 2 }\ne: *x\n');
    expect(source.locate(['c'])).toMatchObject({ line: 2, column: 4 });
    expect(source.locate(['c', 'b'])).toMatchObject({ line: 1, column: 12 });
    expect(source.locate(['e', 'b'])).toMatchObject({ line: 3, column: 12 });
  });

  it('knows the value behind a key that is an alias', () => {
    expect(sourceOf('a: &k name\n*k : 1\n').locate(['name'])).toMatchObject({ line: 2, column: 6 });
  });

  it('counts columns in UTF-16 code units', () => {
    expect(sourceOf('{ "😀": 1, é: 2 }').locate(['é'])).toMatchObject({ line: 1, column: 15 });
  });
});

it('answers the same with and without a store', () => {
  const store = memoryStore();
  const snapshot = literalSnapshot({ 'a.yaml': 'a: [1, null, "x"]\n---\nb: 1.5\n', 'b.yaml': 'a: [' });
  const answer = (used?: typeof store) =>
    snapshot.list().map((entry) => {
      const { source, findings } = readSource(snapshot, entry, used);
      return { documents: source?.documents, place: source?.locate(['a', 1]), findings };
    });
  expect(answer(store)).toEqual(answer());
  expect(answer(store)).toEqual(answer());
});
