import { decodeText } from '../../digest/text.ts';
import { quote } from '../../finding/did-you-mean.ts';
import { isObject, type Json, objectFrom } from '../../json/json.ts';
import type { Pointer } from '../../json/pointer.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import { maxSourceBytes, parseYaml } from '../../source/parse-yaml.ts';
import { missingHint } from './location-targets.ts';
import { repositoryPath } from './repository-path.ts';

/** `{ $text: ./openapi.yaml }` in an entity: the value is what the file holds. */
export interface Substitution {
  readonly pointer: Pointer;
  readonly key: SubstitutionKey;
  readonly reference: Json;
}

type SubstitutionKey = (typeof keys)[number];

/** Backstage's own, and those of its module for API definitions, which are put in as text. */
const keys = ['$text', '$json', '$yaml', '$openapi', '$asyncapi'] as const;

export type Content =
  | { readonly kind: 'value'; readonly value: Json }
  /** Behind a URL: never fetched. */
  | { readonly kind: 'elsewhere' }
  /** In the repository, but not loaded yet (`furtherCatalogFiles`). */
  | { readonly kind: 'pending' }
  | { readonly kind: 'nothing'; readonly message: string; readonly hint: string };

/**
 * An entity with what other files hold put into it (Backstage, "Substitutions In The Descriptor Format"). A map with
 * any other key beside it, or with a key that is not known, is left alone with all that is below it, and what is put
 * in is not read again: a file that names itself comes to an end.
 *
 * @param put the value in the place of a substitution; `undefined` leaves it as it is
 */
export function substituted(
  value: Json,
  put: (substitution: Substitution) => Json | undefined,
  pointer: Pointer = [],
): Json {
  if (Array.isArray(value)) {
    const items: readonly Json[] = value;
    const after = items.map((item, index) => (isNested(item) ? substituted(item, put, [...pointer, index]) : item));
    return after.some((item, index) => item !== items[index]) ? after : value;
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value);
  if (!entries.some(([key]) => key.startsWith('$'))) {
    const after = entries.map(
      ([key, item]) => [key, isNested(item) ? substituted(item, put, [...pointer, key]) : item] as const,
    );
    return after.some(([, item], index) => item !== entries[index]?.[1]) ? objectFrom(after) : value;
  }
  const [[name, reference] = ['', null], ...more] = entries;
  const key = keys.find((known) => known === name);
  return key === undefined || more.length > 0 ? value : (put({ pointer, key, reference }) ?? value);
}

function isNested(value: Json): boolean {
  return typeof value === 'object' && value !== null;
}

const maxDepth = 100;
/** Over a whole catalog: a small file may be put into very many entities. */
const maxValues = 5_000_000;

/** Reads what substitutions name; one for all entities of a catalog, because many may name one file. */
export function contentReader(snapshot: Snapshot): (substitution: Substitution, from: string) => Content {
  const known = new Map<string, Content & { readonly size?: number }>();
  let values = 0;
  return ({ key, reference }, from) => {
    if (typeof reference !== 'string') return nothing(`${key} needs a path`, pathHint(key));
    const resolved = repositoryPath(reference, from);
    if (resolved.kind === 'url') return { kind: 'elsewhere' };
    if (resolved.kind === 'refused')
      return nothing(`${quote(reference)} is not a file of this repository: ${resolved.reason}`, pathHint(key));
    const name = `${key} ${resolved.path}`;
    const content = known.get(name) ?? readContent(snapshot, key, reference, resolved.path);
    known.set(name, content);
    values += content.size ?? 0;
    return values > maxValues
      ? nothing(`with ${quote(reference)} the catalog has more than ${maxValues} values put in`, 'use $text')
      : content;
  };
}

function readContent(
  snapshot: Snapshot,
  key: SubstitutionKey,
  reference: string,
  path: string,
): Content & { readonly size?: number } {
  const shown = quote(reference);
  const entry = snapshot.entry(path);
  if (entry === undefined) return nothing(`${shown} does not exist`, missingHint(snapshot, path));
  if (entry.mode === '120000') return nothing(`${shown} is a symbolic link`, 'name the file itself');
  const bytes = snapshot.read(path);
  if (bytes === undefined) return nothing(`${shown} is not a file`, 'name a file');
  if (bytes.length > maxSourceBytes)
    return nothing(`${shown} has ${bytes.length} bytes, more than ${maxSourceBytes}`, 'split it');
  const text = decodeText(bytes);
  if (text === undefined) return nothing(`${shown} is not UTF-8`, 'save it as UTF-8');
  if (key === '$json') return counted(parsedJson(text), shown);
  if (key === '$yaml') return counted(parsedYaml(text), shown);
  return { kind: 'value', value: text };
}

type Parsed = { readonly value: Json } | { readonly problem: string };

function parsedJson(text: string): Parsed {
  try {
    return { value: JSON.parse(text) as Json };
  } catch {
    return { problem: 'is not JSON' };
  }
}

function parsedYaml(text: string): Parsed {
  const parsed = parseYaml(text);
  if (!parsed.ok) return { problem: `is not YAML: ${parsed.error.message}` };
  const [value] = parsed.documents;
  return parsed.documents.length === 1 && value !== undefined
    ? { value }
    : { problem: `has ${parsed.documents.length} documents` };
}

function counted(parsed: Parsed, shown: string): Content & { readonly size?: number } {
  if ('problem' in parsed) return nothing(`${shown} ${parsed.problem}`, 'mend the file, or put it in by $text');
  const size = sizeOf(parsed.value);
  return size === undefined
    ? nothing(`${shown} is nested deeper than ${maxDepth} levels`, 'put it in by $text')
    : { kind: 'value', value: parsed.value, size };
}

/** How many values there are; `undefined` when they are nested too deep. Without recursion: JSON can be deep. */
function sizeOf(value: Json): number | undefined {
  const stack: (readonly [Json, number])[] = [[value, 0]];
  let size = 0;
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const [item, depth] = next;
    size += 1;
    if (depth > maxDepth) return undefined;
    if (!isNested(item)) continue;
    for (const inner of Object.values(item as object) as readonly Json[]) stack.push([inner, depth + 1]);
  }
  return size;
}

function pathHint(key: SubstitutionKey): string {
  return `write a path relative to this file: \`{ ${key}: ./openapi.yaml }\``;
}

function nothing(message: string, hint: string): Content {
  return { kind: 'nothing', message, hint };
}
