import type { Finding } from '../finding/finding.ts';
import type { FieldNames, Fields } from '../finding/new-findings.ts';
import { canonicalJson } from '../json/canonical-json.ts';
import { isObject, type Json, property, stringOf, valueAt } from '../json/json.ts';
import type { Pointer } from '../json/pointer.ts';
import { isLoaded, type Snapshot } from '../snapshot/snapshot.ts';
import { readSource, type Source } from './source.ts';

/**
 * Tells findings apart that say the same of one file, for `newFindings`: by the field that they stand at, since lines move.
 * An item of a list is known by its name, else by its content; after that by its position. What is no YAML is known by the
 * text of the line. In a file that does not differ, places say nothing.
 *
 * @param before the files without the change; what it has not loaded is not told apart
 * @param after the files with it
 */
export function fieldsOfFindings(before: Snapshot, after: Snapshot): Fields {
  const files = new Map<string, Fields>();
  const contents = new Map<string, string>();
  const filesOf = (path: string): Fields => {
    const known =
      files.get(path) ??
      (isLoaded(before, path) && isLoaded(after, path) ? fieldsOfFile(path, before, after, contents) : anywhere);
    files.set(path, known);
    return known;
  };
  return {
    before: (finding) => (finding.path === undefined ? [''] : filesOf(finding.path).before(finding)),
    after: (finding) => (finding.path === undefined ? [''] : filesOf(finding.path).after(finding)),
  };
}

const anywhere: Fields = { before: () => [''], after: () => [''] };

/** Any other text may happen to be one scalar of YAML. */
const yaml = /\.(ya?ml|json)$/;

function fieldsOfFile(path: string, before: Snapshot, after: Snapshot, contents: Map<string, string>): Fields {
  const [old, now] = [before.entry(path), after.entry(path)];
  if (old === undefined || now === undefined || old.oid === now.oid) return anywhere;
  const [was, is] = yaml.test(path) ? [readSource(before, old).source, readSource(after, now).source] : [];
  if (was !== undefined && is !== undefined)
    return { before: yamlFields(was, contents), after: yamlFields(is, contents) };
  return { before: lineTexts(before, path), after: lineTexts(after, path) };
}

function lineTexts(snapshot: Snapshot, path: string): FieldNames {
  const bytes = snapshot.read(path);
  const lines = bytes === undefined ? [] : new TextDecoder().decode(bytes).split('\n');
  return ({ line = 0 }) => [lines[line - 1]?.trim() ?? ''];
}

/** A place at which a value, or its key, begins. */
interface Start {
  readonly line: number;
  readonly column: number;
  readonly document: number;
  readonly pointer: Pointer;
}

/** @param contents a short name for each content of an item, the same before and after */
function yamlFields(source: Source, contents: Map<string, string>): FieldNames {
  let starts: readonly Start[] | undefined;
  return (finding) => {
    starts ??= startsIn(source);
    const start = startAt(starts, finding);
    return start === undefined ? ['', ''] : namesOf(source, start, contents);
  };
}

function startsIn(source: Source): readonly Start[] {
  const starts: Start[] = [];
  const walk = (value: Json, document: number, pointer: Pointer): void => {
    for (const part of ['key', 'value'] as const) {
      const { line, column } = source.locate(pointer, part, document);
      starts.push({ line, column, document, pointer });
    }
    const children = Array.isArray(value) ? value.entries() : isObject(value) ? Object.entries(value) : [];
    for (const [segment, child] of children) walk(child, document, [...pointer, segment]);
  };
  for (const [document, value] of source.documents.entries()) walk(value, document, []);
  // Stable: of what begins at one place the innermost is last.
  return starts.sort(inOrder);
}

type Place = Pick<Start, 'line' | 'column'>;

function inOrder(a: Place, b: Place): number {
  return a.line - b.line || a.column - b.column;
}

/** The innermost of the last ones that begin at a place or before it. */
function startAt(starts: readonly Start[], { line = 1, column = 1 }: Finding): Start | undefined {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const start = starts[middle];
    if (start !== undefined && inOrder(start, { line, column }) <= 0) low = middle + 1;
    else high = middle;
  }
  return starts[low - 1];
}

function namesOf(source: Source, { document, pointer }: Start, contents: Map<string, string>): readonly string[] {
  let value: Json | undefined = source.documents[document];
  const named: string[] = [nameOf(value) ?? `${document}`];
  for (const segment of pointer) {
    const inList = Array.isArray(value);
    value = valueAt(value ?? null, [segment]);
    named.push(inList ? (nameOf(value) ?? contentName(value ?? null, contents)) : String(segment));
  }
  return [canonicalJson(named), canonicalJson([document, ...pointer])];
}

function nameOf(item: Json | undefined): string | undefined {
  const name = stringOf(property(item, 'name')) ?? stringOf(property(property(item, 'metadata'), 'name'));
  return name === undefined ? undefined : `${stringOf(property(item, 'kind')) ?? ''} ${name}`;
}

function contentName(item: Json, contents: Map<string, string>): string {
  const content = canonicalJson(item);
  const name = contents.get(content) ?? `#${contents.size}`;
  contents.set(content, name);
  return name;
}
