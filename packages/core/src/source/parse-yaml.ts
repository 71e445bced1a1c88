import { CORE_SCHEMA, loadAll, type Schema, YAMLException } from 'js-yaml';
import { isObject, type Json } from '../json/json.ts';
import type { Pointer } from '../json/pointer.ts';
import { parseBlockYaml } from './block-yaml.ts';
import { parseJsonYaml } from './json-yaml.ts';
import { locateCollectionKey, yamlLocator } from './locate-yaml.ts';
import { unclosedFlow } from './unclosed-flow.ts';

/** Documents beyond this size (bytes) are refused before they are parsed. */
export const maxSourceBytes = 2_000_000;
const maxDepth = 100;
const maxAliases = 100;

/** How scalars are read, and how much of them. */
export interface YamlDialect {
  readonly schema: Schema;
  /** What a document may come to once every alias stands for a copy: 48 levels of two aliases each are 2^48. */
  readonly maxNodes: number;
  /** A finding in each of very many documents would take longer than anybody waits. */
  readonly maxDocuments: number;
}

/** The core schema of YAML 1.2: the platform's own files. */
const yaml12: YamlDialect = { schema: CORE_SCHEMA, maxNodes: 100_000, maxDocuments: 1000 };

export interface YamlError {
  readonly message: string;
  /** Offset into the text, in UTF-16 code units. */
  readonly offset: number;
}

export type ParsedYaml =
  | { readonly ok: true; readonly documents: readonly Json[] }
  | { readonly ok: false; readonly error: YamlError };

/**
 * Parses the documents of a YAML 1.2 text (core schema) into JSON values.
 *
 * Refuses what is not JSON or is made to harm: duplicate keys, keys that are collections, tags beyond the
 * core schema, `.inf` and `.nan`, anchors that contain themselves, many aliases, more than 100,000 values once
 * aliases are copied, more than 1,000 documents, deep nesting. Positions are
 * found by `locateYaml` from the events of the same parser, so that values and places cannot disagree
 * (docs/decisions.md, "One YAML parser").
 */
export function parseYaml(text: string): ParsedYaml {
  const documents = parseBlockYaml(text) ?? parseJsonYaml(text);
  return documents === undefined ? parseByLibrary(text) : { ok: true, documents };
}

/** What `parseYaml` says, without the quick ways. */
export function parseByLibrary(text: string, dialect: YamlDialect = yaml12): ParsedYaml {
  try {
    const documents = loadAll(text, { schema: dialect.schema, maxDepth, maxAliases });
    if (documents.length > dialect.maxDocuments) return tooManyDocuments(text, dialect);
    const hasAlias = text.includes('*') && text.includes('&');
    const json: Json[] = [];
    for (const [index, document] of documents.entries()) {
      const problem = notJson(document, hasAlias) ?? tooManyNodes(document, dialect.maxNodes);
      if (problem !== undefined) {
        const offset = yamlLocator(text).locate(index, problem.pointer)?.value.start ?? 0;
        return { ok: false, error: { message: problem.message, offset } };
      }
      json.push(document as Json);
    }
    return { ok: true, documents: json };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return { ok: false, error: refusal(text, error.reason, error.mark?.position ?? 0) };
  }
}

interface NotJson {
  readonly message: string;
  readonly pointer: Pointer;
}

/** The first thing in a parsed value that JSON cannot say. Shared anchors are walked once; a cycle is found. */
function notJson(
  value: unknown,
  hasAlias: boolean,
  ancestors: readonly object[] = [],
  seen = new Set<object>(),
): NotJson | undefined {
  if (typeof value === 'number') {
    return Number.isFinite(value) ? undefined : { message: `${value} is not a JSON number`, pointer: [] };
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (hasAlias) {
    if (ancestors.includes(value)) return { message: 'an anchor contains itself', pointer: [] };
    if (seen.has(value)) return undefined;
    seen.add(value);
  }
  const inner = hasAlias ? [...ancestors, value] : ancestors;
  if (!Array.isArray(value) && !isObject(value)) return undefined;
  for (const [key, child] of Object.entries<unknown>(value)) {
    const problem = notJson(child, hasAlias, inner, seen);
    if (problem !== undefined) return { message: problem.message, pointer: [key, ...problem.pointer] };
  }
  return undefined;
}

/**
 * The first value that comes to too many values once aliases are copied. Each value is looked at once, however
 * often it is named.
 */
function tooManyNodes(value: unknown, maxNodes: number, sizes = new Map<object, number>()): NotJson | undefined {
  if (!(Array.isArray(value) || isObject(value)) || sizes.has(value)) return undefined;
  let size = 1;
  for (const [key, child] of Object.entries<unknown>(value)) {
    const problem = tooManyNodes(child, maxNodes, sizes);
    if (problem !== undefined) return { message: problem.message, pointer: [key, ...problem.pointer] };
    size += typeof child === 'object' && child !== null ? (sizes.get(child) ?? 1) : 1;
  }
  sizes.set(value, size);
  return size > maxNodes
    ? { message: `with all aliases written out, this has more than ${maxNodes} values`, pointer: [] }
    : undefined;
}

function tooManyDocuments(text: string, { maxDocuments }: YamlDialect): ParsedYaml {
  const offset = yamlLocator(text).locate(maxDocuments, [])?.value.start ?? 0;
  return { ok: false, error: { message: `more than ${maxDocuments} documents`, offset } };
}

/** The parser's words and place, made better where it does not know the place or says it in its own terms. */
function refusal(text: string, reason: string, offset: number): YamlError {
  if (reason === 'duplicated mapping key') {
    const quoted = text[offset - 1] === '"' || text[offset - 1] === "'";
    return { message: 'a key is there twice', offset: quoted ? offset - 1 : offset };
  }
  if (reason.includes('complex keys')) {
    return { message: 'a key is a list or a map', offset: locateCollectionKey(text) ?? offset };
  }
  if (reason.startsWith('nesting exceeded')) return { message: `nested deeper than ${maxDepth} levels`, offset };
  if (reason.startsWith('aliases exceeded')) return { message: `more than ${maxAliases} aliases`, offset };
  if (reason === 'deficient indentation' || reason.includes('within a flow collection'))
    return notClosed(text, reason, offset);
  return { message: reason, offset };
}

/** The parser gives up on the next line, which may be blank; what people have to mend is the bracket. */
function notClosed(text: string, reason: string, offset: number): YamlError {
  const next = /\S/.exec(text.slice(offset, offset + 1000))?.[0];
  const open = unclosedFlow(text, offset);
  if (open === undefined) {
    const words = 'what is in quotes or brackets has to be indented deeper, or closed before';
    return { message: reason === 'deficient indentation' ? words : reason, offset };
  }
  return next === ']' || next === '}'
    ? { message: `the \`${next}\` has to be indented deeper than what it belongs to`, offset }
    : { message: `the \`${text[open]}\` is not closed`, offset: open };
}
