import type { Json } from '../json/json.ts';

/** Longer texts could hold more values than are allowed; `parseYaml` counts these. */
const maxLength = 150_000;
const maxDepth = 60;
/** YAML refuses longer ones (YAML 1.2.2, section 7.4.2). */
const maxKey = 1000;
/** Tabs, control characters and what comes in pairs are left to js-yaml, as in `parseBlockYaml`. */
const unusual = /[^\n\x20-\x7e\xa1-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\ud7ff]/;
/** Comments and empty lines before a document that begins as JSON does. */
const head = /^(?:#[^\n]*\n|\n)*(?=\{)/;
/** Each string; a key has its colon right behind it. */
const strings = /"(?:[^"\\]|\\.)*"(:?)/g;

/**
 * Parses a YAML document that is JSON below comments, as published CustomResourceDefinitions are: most of what a platform
 * of many operators reads before its first service. JSON is YAML (YAML 1.2.2, section 1.3), but for a few texts that
 * js-yaml has to judge; and JSON lets a key stand twice, which YAML does not.
 *
 * @returns `undefined` when js-yaml has to say what this is
 */
export function parseJsonYaml(text: string): readonly Json[] | undefined {
  const start = text.length > maxLength ? undefined : head.exec(text)?.[0].length;
  if (start === undefined || unusual.test(text)) return undefined;
  const document = parsed(text.slice(start));
  const keys = document === undefined ? undefined : keysIn(document, 0);
  return document !== undefined && keys !== undefined && keys === keysWritten(text.slice(start))
    ? [document]
    : undefined;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** How many keys the text writes with the colon where every reader of YAML takes it. */
function keysWritten(text: string): number | undefined {
  let keys = 0;
  for (const [whole, colon] of text.matchAll(strings)) {
    if (colon === '') continue;
    if (whole.length > maxKey) return undefined;
    keys += 1;
  }
  return keys;
}

/** How many keys a value has; `undefined` for numbers that are not in both languages the same, and for deep ones. */
function keysIn(value: Json, depth: number): number | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) && !Object.is(value, -0) ? 0 : undefined;
  if (typeof value !== 'object' || value === null) return 0;
  if (depth > maxDepth) return undefined;
  const isList = Array.isArray(value);
  let keys = isList ? 0 : Object.keys(value).length;
  for (const inner of Object.values(value) as readonly Json[]) {
    const below = keysIn(inner, depth + 1);
    if (below === undefined) return undefined;
    keys += below;
  }
  return keys;
}
