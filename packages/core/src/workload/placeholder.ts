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
  const parts: StringPart[] = [];
  let literal = '';
  let index = 0;
  while (index < text.length) {
    if (text[index] !== '$') literal += text[index++];
    else if (text[index + 1] === '$') {
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

function splitPath(text: string): readonly string[] | undefined {
  const path = text.split(/(?<!\\)\./).map((part) => part.replaceAll('\\.', '.').trim());
  return path.includes('') ? undefined : path;
}

/** The references in a string; none when it is malformed (which is a finding of its own). */
export function referencesIn(text: string): readonly (StringPart & { readonly kind: 'reference' })[] {
  if (!text.includes('${')) return [];
  const parsed = parsePlaceholders(text);
  return parsed.ok ? parsed.parts.filter((part) => part.kind === 'reference') : [];
}
