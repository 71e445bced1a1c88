/** A piece of a string of a Score file. Offsets are UTF-16 code units in the string. */
export type StringPart =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'reference'; readonly path: readonly string[]; readonly start: number; readonly end: number };

export type ParsedString =
  | { readonly ok: true; readonly parts: readonly StringPart[] }
  | { readonly ok: false; readonly message: string; readonly start: number; readonly end: number };

/**
 * Splits a string into text and placeholders: `${metadata.name}`, `${resources.db.host}`; a dot inside a name
 * is written `\.`, and `$$` stands for one `$` (Score specification, "Placeholders").
 */
export function parsePlaceholders(text: string): ParsedString {
  const before = parsedBefore.get(text);
  if (before !== undefined) return before;
  const parsed = parse(text);
  if (text.length <= maxKnownLength && parsedBefore.size < maxKnown) parsedBefore.set(text, parsed);
  return parsed;
}

/** Thousands of services name the same few outputs, each in several steps of its way. */
const parsedBefore = new Map<string, ParsedString>();
const maxKnown = 1000;
const maxKnownLength = 200;

function parse(text: string): ParsedString {
  const parts: StringPart[] = [];
  let literal = '';
  let index = 0;
  while (index < text.length) {
    const dollar = text.indexOf('$', index);
    if (dollar !== index) {
      const end = dollar < 0 ? text.length : dollar;
      literal += text.slice(index, end);
      index = end;
    } else if (text[index + 1] === '$') {
      literal += '$';
      index += 2;
    } else if (text[index + 1] === '{') {
      const end = text.indexOf('}', index);
      if (end < 0)
        return { ok: false, message: 'the placeholder is not closed by `}`', start: index, end: text.length };
      const path = splitPath(text.slice(index + 2, end));
      if (path === undefined)
        return { ok: false, message: 'the placeholder is empty or has an empty part', start: index, end: end + 1 };
      if (literal !== '') parts.push({ kind: 'literal', text: literal });
      literal = '';
      parts.push({ kind: 'reference', path, start: index, end: end + 1 });
      index = end + 1;
    } else literal += text[index++];
  }
  if (literal !== '') parts.push({ kind: 'literal', text: literal });
  return { ok: true, parts };
}

/**
 * Whether what stands between `${` and `}` can only be a variable of a shell: `HOME`, `HOST:-example.com`. Score replaces
 * nothing in `command` and `args`, so that other people's scripts have them there; what has a dot in its name is ours.
 */
export function isShellVariable(text: string): boolean {
  const [name = ''] = text.split(/[^A-Za-z0-9_.\\ ]/);
  return !/[.\\ ]/.test(name) && !['metadata', 'resources'].includes(name);
}

function splitPath(text: string): readonly string[] | undefined {
  const path = text.includes('\\')
    ? text.split(/(?<!\\)\./).map((part) => part.replaceAll('\\.', '.').trim())
    : text.split('.').map((part) => part.trim());
  return path.includes('') ? undefined : path;
}

/** The references in a string; none when it is malformed (which is a finding of its own). */
export function referencesIn(text: string): readonly (StringPart & { readonly kind: 'reference' })[] {
  if (!text.includes('${')) return [];
  const parsed = parsePlaceholders(text);
  return parsed.ok ? parsed.parts.filter((part) => part.kind === 'reference') : [];
}
