import { decodeText } from '../digest/text.ts';
import { fileStart } from '../finding/file-start.ts';
import type { Finding, Position } from '../finding/finding.ts';
import { isExactJson } from '../json/exact-json.ts';
import type { Json } from '../json/json.ts';
import type { Pointer } from '../json/pointer.ts';
import type { Snapshot, SnapshotEntry } from '../snapshot/snapshot.ts';
import { type Store, storeKey } from '../store/store.ts';
import { type LineMap, lineMap } from './line-map.ts';
import { type Range, type YamlLocator, yamlLocator } from './locate-yaml.ts';
import { notUtf8At } from './not-utf8.ts';
import { maxSourceBytes, parseYaml } from './parse-yaml.ts';
import { reservedKey } from './reserved-key.ts';

/** Which part of a node a finding points at. */
export type NodePart = 'key' | 'value';

/** A YAML file of the repository: its values at once, the places of them when somebody asks. */
export interface Source {
  readonly path: string;
  readonly oid: string;
  /** One value a document; `null` for an empty one. */
  readonly documents: readonly Json[];
  /** The place of a value; of its nearest ancestor that exists when it does not. */
  locate(pointer: Pointer, part?: NodePart, document?: number): Position;
  /** The place of a part of the text, for messages from inside a string. */
  locateRange(range: Range): Position;
  /** The offset in the file at which the value at `pointer` starts, and its raw text. */
  rangeOf(pointer: Pointer, document?: number): Range | undefined;
  readonly text: string;
}

export type SourceResult = { readonly source?: Source; readonly findings: readonly Finding[] };

/** Part of the key of what is stored: a new number with each change of what is refused. */
const parserVersion = 'js-yaml-5.5.0-3';

/** Reads a YAML file of a snapshot. Every way in which it cannot be read is a finding with a place. */
export function readSource(snapshot: Snapshot, entry: SnapshotEntry, store?: Store): SourceResult {
  const at = fileStart(entry.path);
  const refuse = (code: string, message: string, hint: string, place: Position = at): SourceResult => ({
    findings: [{ code, severity: 'error', message, hint, ...place }],
  });
  if (entry.mode === '120000')
    return refuse('source/symlink', 'a symbolic link is not followed', 'put the file itself here');
  const bytes = snapshot.read(entry.path);
  if (bytes === undefined) return refuse('source/unreadable', 'this is not a file', 'put a YAML file here');
  if (bytes.length > maxSourceBytes)
    return refuse('source/too-large', `${bytes.length} bytes are more than ${maxSourceBytes}`, 'split the file');
  const text = decodeText(bytes);
  if (text === undefined)
    return refuse('source/not-utf8', 'the file is not UTF-8', 'save it as UTF-8', notUtf8At(entry.path, bytes));
  // Without a store nobody asks for the id, which an overlay has to compute.
  const key = store && storeKey('yaml', parserVersion, [entry.oid]);
  const stored = key && store?.get(key);
  if (stored !== undefined)
    return { source: new YamlSource(entry, text, JSON.parse(stored) as readonly Json[]), findings: [] };
  const parsed = parseYaml(text);
  if (!parsed.ok) {
    const { message, offset } = parsed.error;
    const place = lineMap(text).position(entry.path, { start: offset, end: offset + 1 });
    return refuse('source/invalid-yaml', message, yamlHint(message), place);
  }
  const source = new YamlSource(entry, text, parsed.documents);
  const reserved = reservedKey(text, parsed.documents);
  if (reserved !== undefined) {
    const place = source.locate(reserved.pointer, 'key', reserved.document);
    return refuse('source/invalid-yaml', 'the key "__proto__" is not allowed', 'remove it', place);
  }
  if (key !== undefined && isExactJson(parsed.documents)) store?.set(key, JSON.stringify(parsed.documents));
  return { source, findings: [] };
}

function yamlHint(message: string): string {
  if (message.includes('twice')) return 'keep one of them';
  if (message.endsWith('is not closed')) return 'close it, or indent what belongs to it deeper';
  if (message.includes('non-printable'))
    return 'delete what is not seen there, or write it in double quotes, as `"\\u001b"`';
  if (/\btabs?\b/.test(message)) return 'indent with spaces';
  if (message.startsWith('more than') || message.includes('written out')) return 'split the file';
  return 'mend the YAML at this place';
}

/**
 * A source of documents that have been parsed.
 *
 * @param located the text in which values are found, where that is not the text itself; its characters are where they are
 * in the text
 */
export function sourceOf(entry: SnapshotEntry, text: string, documents: readonly Json[], located = text): Source {
  return new YamlSource(entry, text, documents, located);
}

/**
 * A class, not an object with a getter and closures: V8 makes each of those a shape of its own, which lives, with all that
 * it holds, until a full collection.
 */
class YamlSource implements Source {
  readonly path: string;
  readonly text: string;
  readonly documents: readonly Json[];
  private readonly entry: SnapshotEntry;
  private readonly located: string;
  private lines: LineMap | undefined;
  private locator: YamlLocator | undefined;

  constructor(entry: SnapshotEntry, text: string, documents: readonly Json[], located = text) {
    this.located = located;
    this.path = entry.path;
    this.text = text;
    this.documents = documents;
    this.entry = entry;
  }

  get oid(): string {
    return this.entry.oid;
  }

  locateRange(range: Range): Position {
    this.lines ??= lineMap(this.text);
    return this.lines.position(this.path, range);
  }

  rangeOf(pointer: Pointer, document = 0): Range | undefined {
    return this.nodeAt(document, pointer)?.value;
  }

  locate(pointer: Pointer, part: NodePart = 'value', document = 0): Position {
    for (let length = pointer.length; length >= 0; length -= 1) {
      const found = this.nodeAt(document, pointer.slice(0, length));
      if (found === undefined) continue;
      const exact = length === pointer.length;
      // A missing value is reported on the key of its nearest ancestor: one word, not a whole block.
      const range = exact && part === 'value' ? found.value : (found.key ?? firstLine(this.text, found.value));
      return this.locateRange(range);
    }
    return this.locateRange({ start: 0, end: 0 });
  }

  private nodeAt(document: number, pointer: Pointer) {
    this.locator ??= yamlLocator(this.located);
    return this.locator.locate(document, pointer);
  }
}

function firstLine(text: string, range: Range): Range {
  const newline = text.indexOf('\n', range.start);
  return newline < 0 || newline > range.end ? range : { start: range.start, end: newline };
}
