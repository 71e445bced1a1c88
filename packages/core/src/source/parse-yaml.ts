import { CORE_SCHEMA, loadAll, YAMLException } from 'js-yaml';
import { isObject, type Json } from '../json/json.ts';

/** Documents beyond this size (bytes) are refused before they are parsed. */
export const maxSourceBytes = 2_000_000;
const maxDepth = 100;
const maxAliases = 100;

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
 * core schema, `.inf` and `.nan`, anchors that contain themselves, many aliases, deep nesting. Positions are
 * found by `locateYaml` from the events of the same parser, so that values and places cannot disagree
 * (docs/decisions.md, "One YAML parser").
 */
export function parseYaml(text: string): ParsedYaml {
  try {
    const documents = loadAll(text, { schema: CORE_SCHEMA, maxDepth, maxAliases });
    const hasAlias = text.includes('*') && text.includes('&');
    const json: Json[] = [];
    for (const document of documents) {
      const problem = notJson(document, hasAlias);
      if (problem !== undefined) return { ok: false, error: { message: problem, offset: 0 } };
      json.push(document as Json);
    }
    return { ok: true, documents: json };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return { ok: false, error: { message: readable(error.reason), offset: error.mark?.position ?? 0 } };
  }
}

/** The first thing in a parsed value that JSON cannot say. Shared anchors are walked once; a cycle is found. */
function notJson(
  value: unknown,
  hasAlias: boolean,
  ancestors: readonly object[] = [],
  seen = new Set<object>(),
): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `${value} is not a JSON number`;
  if (typeof value !== 'object' || value === null) return undefined;
  if (hasAlias) {
    if (ancestors.includes(value)) return 'an anchor contains itself';
    if (seen.has(value)) return undefined;
    seen.add(value);
  }
  const inner = hasAlias ? [...ancestors, value] : ancestors;
  const children: readonly unknown[] = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  for (const child of children) {
    const problem = notJson(child, hasAlias, inner, seen);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function readable(reason: string): string {
  return reason === 'duplicated mapping key' ? 'a key is there twice' : reason;
}
