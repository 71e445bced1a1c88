import { type Json, objectFrom } from '../json/json.ts';
import { isList, isMap, type Traced, toJson } from '../provenance/traced.ts';
import { Filler, type Leaf, type Part } from './fill-shape.ts';
import type { EvaluatedTemplate } from './render-yaml.ts';
import { tokenClose, tokenOpen } from './template.ts';

/** Stands in a document for what is known only when it is written: no template may contain these characters. */
function mark(name: string | number): string {
  return `${tokenOpen}${name}${tokenClose}`;
}

const marks = new RegExp(`"${tokenOpen}(\\w+)${tokenClose}"`);

/** How a document is written, with the marks of further texts by their names; `undefined` where it depends on values. */
export type Layout = (document: Json, mark: (name: string) => string) => string | undefined;

interface Written {
  /** Every second one is the name of a further text or the index of a leaf. */
  readonly pieces: readonly string[];
  readonly leaves: readonly Leaf[];
}

/** Of documents, which are kept as long as their template is: each is only ever written in one way. */
const written = new WeakMap<Part, Written | 'cannot'>();

/**
 * The text of a template's only document, laid out once for all renders of one shape: afterwards only values are put
 * into the text. Making, sorting and writing a whole dashboard for each instance was a third of rendering.
 *
 * @param further texts by the names that the layout marks
 * @returns `undefined` when the text cannot be made so: then it is made of the filled document
 */
export function jsonText(
  { parts, values }: EvaluatedTemplate,
  layout: Layout,
  further: Readonly<Record<string, string>>,
): string | undefined {
  const [part, ...others] = parts;
  if (part === undefined || others.length > 0) return undefined;
  const known = written.get(part) ?? laidOut(part, layout);
  written.set(part, known);
  if (known === 'cannot') return undefined;
  const filler = new Filler(values);
  let text = '';
  for (const [index, piece] of known.pieces.entries()) {
    if (index % 2 === 0) {
      text += piece;
      continue;
    }
    const leaf = known.leaves[Number(piece)];
    if (leaf === undefined) text += JSON.stringify(further[piece]);
    else if (leaf.kind === 'value' && !isScalar(values[leaf.index])) return undefined;
    else text += JSON.stringify(filler.fill(leaf).content);
  }
  return filler.findings.length > 0 ? undefined : text;
}

function isScalar(value: Traced | undefined): boolean {
  return !isMap(value) && !isList(value);
}

function laidOut(part: Part, layout: Layout): Written | 'cannot' {
  const leaves: Leaf[] = [];
  const document = markedJson(part, leaves);
  const text = document === undefined ? undefined : layout(document, mark);
  if (text === undefined) return 'cannot';
  const pieces = text.split(marks);
  // What is left out of the text is looked at too when the document is filled, and may have its finding.
  const used = pieces.filter((piece, index) => index % 2 === 1 && leaves[Number(piece)] !== undefined);
  return used.length === leaves.length ? { pieces, leaves } : 'cannot';
}

/** The document with a mark for each leaf; `undefined` where values are keys or a key is there twice. */
function markedJson(part: Part, leaves: Leaf[]): Json | undefined {
  switch (part.kind) {
    case 'constant':
      return toJson(part.node);
    case 'value':
    case 'text':
      return mark(leaves.push(part) - 1);
    case 'list': {
      const items = part.items.map((item) => markedJson(item, leaves));
      const known = items.filter((item) => item !== undefined);
      return known.length < items.length ? undefined : known;
    }
    case 'map': {
      const entries = new Map<string, Json>();
      for (const { name, value } of part.entries) {
        const json = markedJson(value, leaves);
        if (typeof name !== 'string' || json === undefined) return undefined;
        entries.set(name, json);
      }
      return entries.size < part.entries.length ? undefined : objectFrom(entries);
    }
  }
}
