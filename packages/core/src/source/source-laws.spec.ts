import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments } from 'yaml';
import { type Json, objectFrom } from '../json/json.ts';
import type { Pointer } from '../json/pointer.ts';
import { lineMap } from './line-map.ts';
import { type Range, yamlLocator } from './locate-yaml.ts';
import { parseYaml } from './parse-yaml.ts';
import { styledDocument, styledStream } from './testing/yaml-in-styles.ts';

const settings = { numRuns: 150 };

describe('the fast path and the exact path', () => {
  it('reads what was written, whatever the style', () => {
    fc.assert(
      fc.property(styledDocument(), ({ value, text }) => {
        expect(documentsOf(text)).toEqual([value]);
      }),
      settings,
    );
  });

  it('finds a place for every value, in which that very value is written', () => {
    fc.assert(
      fc.property(styledStream(), ({ values, text }) => {
        expect(documentsOf(text)).toEqual(values);
        const locator = yamlLocator(text);
        values.forEach((document, index) => {
          for (const [pointer, value] of everyValue(document)) {
            const found = locator.locate(index, pointer);
            if (found === undefined) throw new Error(`no place for ${JSON.stringify(pointer)}`);
            const written = text.slice(found.value.start, found.value.end);
            expect(found.value.end).toBeGreaterThanOrEqual(found.value.start);
            const last = pointer.at(-1);
            if (found.key !== undefined) expect(keyIn(text, found.key)).toBe(last);
            else expect(typeof last).not.toBe('string');
            if (written.startsWith('*')) expect(text.slice(0, found.value.start)).toContain(`&${written.slice(1)}`);
            else if (typeof value !== 'object' || value === null) expect(scalarIn(text, found.value)).toEqual(value);
          }
        });
      }),
      settings,
    );
  });

  it('has no place for what is not there', () => {
    const locator = yamlLocator('a: [1]\nb: { c: 2 }\n---\nd: 1\n');
    const absent: readonly (readonly [number, Pointer])[] = [
      [0, ['x']],
      [0, ['a', 1]],
      [0, ['a', 0, 'x']],
      [0, ['b', 'toString']],
      [0, ['d']],
      [1, ['a']],
      [2, []],
    ];
    for (const [document, pointer] of absent) expect(locator.locate(document, pointer)).toBeUndefined();
  });
});

describe('npm yaml as an outside oracle', () => {
  it('reads the same values, on the same lines', () => {
    fc.assert(
      fc.property(styledStream(), ({ text }) => {
        const lines = new LineCounter();
        const oracle = parseAllDocuments(text, { version: '1.2', schema: 'core', lineCounter: lines });
        const ours = documentsOf(text);
        expect(oracle.flatMap((document) => document.errors)).toEqual([]);
        expect(oracle.map((document) => keysAsText(document.toJS({ maxAliasCount: -1, mapAsMap: true })))).toEqual(
          ours,
        );
        const locator = yamlLocator(text);
        const ourLines = lineMap(text);
        oracle.forEach((document, index) => {
          for (const [pointer, node] of everyNode(document.contents)) {
            const place = locator.locate(index, pointer)?.value;
            if (place === undefined) throw new Error(`no place for ${JSON.stringify(pointer)}`);
            // Known difference: npm yaml places a block scalar at its `|`, we at its first line.
            const blockScalar = isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED');
            const theirs = lines.linePos(node.range?.[0] ?? 0).line + (blockScalar ? 1 : 0);
            expect(ourLines.position('', place).line).toBe(theirs);
          }
        });
      }),
      settings,
    );
  });

  /** Where the two readers of YAML 1.2 differ; both answers are pinned, so that an upgrade shows itself. */
  const differences: readonly { readonly text: string; readonly ours: Json | 'refused'; readonly theirs: unknown }[] = [
    // js-yaml takes a number that overflows for text, npm yaml for infinity, which JSON lacks.
    { text: 'a: 1e999', ours: { a: '1e999' }, theirs: { a: Number.POSITIVE_INFINITY } },
    // We refuse what JSON cannot hold.
    { text: 'a: .inf', ours: 'refused', theirs: { a: Number.POSITIVE_INFINITY } },
    { text: 'a: !mine b', ours: 'refused', theirs: { a: 'b' } },
    { text: '? [1]\n: 2', ours: 'refused', theirs: { '[ 1 ]': 2 } },
    // Both make text of keys that are not text; for null npm yaml takes the empty text.
    { text: 'null: 1', ours: { null: 1 }, theirs: { '': 1 } },
    // An empty file has no document; npm yaml makes one.
    { text: '# only a comment\n', ours: [], theirs: null },
  ];
  it.each(differences)('differs knowingly on $text', ({ text, ours, theirs }) => {
    const parsed = parseYaml(text);
    const documents = parsed.ok ? (parsed.documents.length === 1 ? parsed.documents[0] : parsed.documents) : 'refused';
    expect(documents).toEqual(ours);
    const [document] = parseAllDocuments(text, { version: '1.2', schema: 'core', logLevel: 'silent' });
    expect(document && 'toJS' in document ? document.toJS() : null).toEqual(theirs);
  });
});

function documentsOf(text: string): readonly Json[] {
  const parsed = parseYaml(text);
  if (!parsed.ok) throw new Error(`${parsed.error.message} at ${parsed.error.offset} of ${JSON.stringify(text)}`);
  return parsed.documents;
}

function* everyValue(value: Json, pointer: Pointer = []): Generator<readonly [Pointer, Json]> {
  yield [pointer, value];
  if (Array.isArray(value)) {
    for (const [index, item] of (value as readonly Json[]).entries()) yield* everyValue(item, [...pointer, index]);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, child] of Object.entries(value)) yield* everyValue(child as Json, [...pointer, key]);
  }
}

/** Every node of the oracle that is written where it stands, with the pointer as `parseYaml` names it. */
function* everyNode(node: Node | null, pointer: Pointer = []): Generator<readonly [Pointer, Node]> {
  if (node === null || isAlias(node)) return;
  // Known difference: an empty value has no place of its own.
  if (!(isScalar(node) && node.source === '' && node.type === 'PLAIN')) yield [pointer, node];
  if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) yield* everyNode(item as Node, [...pointer, index]);
  } else if (isMap(node)) {
    for (const pair of node.items) {
      const key = isScalar(pair.key) ? String(pair.key.value) : '';
      yield* everyNode(pair.value as Node | null, [...pointer, key]);
    }
  }
}

/** What the oracle read, with keys named as `parseYaml` names them. */
function keysAsText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(keysAsText);
  if (!(value instanceof Map)) return value;
  return objectFrom([...value].map(([key, child]) => [String(key), keysAsText(child) as Json]));
}

function keyIn(text: string, range: Range): string {
  return String(documentsOf(text.slice(range.start, range.end))[0]);
}

/** The value that is written in a range: the range alone, or the body of a block scalar under its header. */
function scalarIn(text: string, range: Range): Json {
  const written = text.slice(range.start, range.end);
  const header = /[|>][-+]?\r?\n$/.exec(text.slice(0, range.start))?.[0];
  if (header !== undefined) return documentsOf(`${header}${written}`)[0] ?? null;
  return documentsOf(written)[0] ?? null;
}
