import { quote } from '../finding/did-you-mean.ts';
import type { Finding, Position } from '../finding/finding.ts';
import type { Origin, TemplateOrigin } from '../provenance/origin.ts';
import { isList, isMap, type Scalar, Traced, toJson } from '../provenance/traced.ts';
import type { ScalarShape, Shape } from './shape.ts';
import { tokenClose, tokenOpen } from './template.ts';
import { textOf } from './value-text.ts';

/** A shape made ready for one capability: all that is the same in every render is made once. */
export type Part =
  | { readonly kind: 'constant'; readonly node: Traced }
  | { readonly kind: 'map'; readonly entries: readonly Entry[]; readonly origin: Origin }
  | { readonly kind: 'list'; readonly items: readonly Part[]; readonly origin: Origin }
  | Leaf;

/** Where values are put in: one in the place of its token, or some inside of a text. */
export type Leaf = ValueLeaf | TextLeaf;
interface ValueLeaf {
  readonly kind: 'value';
  /** Into the values that the template printed. */
  readonly index: number;
  readonly own: TemplateOrigin;
}
interface TextLeaf {
  readonly kind: 'text';
  readonly pieces: readonly (string | number)[];
  readonly own: TemplateOrigin;
}

interface Entry {
  readonly name: string | TextLeaf;
  /** Where the template writes the key. */
  readonly at: Position;
  readonly value: Part;
}

const wholeToken = new RegExp(`^${tokenOpen}(\\d+)${tokenClose}$`);
const anyToken = new RegExp(`${tokenOpen}(\\d+)${tokenClose}`);

/**
 * @param capability `postgres@1.0.0`, for the nodes' origins
 * @param key where the template writes the key that the value stands under
 */
export function prepare(shape: Shape, capability: string, key?: Position): Part {
  const own: TemplateOrigin = { kind: 'template', capability, position: shape.at, ...(key !== undefined && { key }) };
  if (shape.kind === 'scalar') return scalarPart(shape, own);
  if (shape.kind === 'list') {
    const items = shape.items.map((item) => prepare(item, capability));
    if (!items.every(isConstant)) return { kind: 'list', items, origin: own };
    const nodes = items.map(({ node }) => node);
    return { kind: 'constant', node: new Traced(nodes, own) };
  }
  const entries = shape.entries.map(
    ([name, value]): Entry => ({
      name: name.isConstant
        ? textOf(new Traced(name.value, own))
        : textLeaf(String(name.value), { kind: 'template', capability, position: name.at }),
      at: name.at,
      value: prepare(value, capability, name.at),
    }),
  );
  const nodes = new Map<string, Traced>();
  for (const { name, value } of entries) if (typeof name === 'string' && isConstant(value)) nodes.set(name, value.node);
  // Also a key that is there twice is something to say in each render.
  if (nodes.size < entries.length) return { kind: 'map', entries, origin: own };
  return { kind: 'constant', node: new Traced(nodes, own) };
}

function scalarPart(shape: ScalarShape, own: TemplateOrigin): Part {
  if (shape.isConstant || typeof shape.value !== 'string')
    return { kind: 'constant', node: new Traced(shape.value, own) };
  const whole = shape.isText ? undefined : wholeToken.exec(shape.value)?.[1];
  return whole === undefined ? textLeaf(shape.value, own) : { kind: 'value', index: Number(whole), own };
}

function textLeaf(text: string, own: TemplateOrigin): TextLeaf {
  // Every second piece is what the expression caught.
  const pieces = text.split(anyToken).map((piece, index) => (index % 2 === 0 ? piece : Number(piece)));
  return { kind: 'text', pieces, own };
}

function isConstant(part: Part): part is Part & { readonly kind: 'constant' } {
  return part.kind === 'constant';
}

/** Puts values in the place of their tokens. */
export class Filler {
  readonly findings: Finding[] = [];
  private readonly values: readonly Traced[];

  constructor(values: readonly Traced[]) {
    this.values = values;
  }

  fill(part: Part): Traced {
    switch (part.kind) {
      case 'constant':
        return part.node;
      case 'list':
        return new Traced(
          part.items.map((item) => this.fill(item)),
          part.origin,
        );
      case 'map':
        return new Traced(this.entries(part.entries), part.origin);
      case 'value': {
        const value = this.values[part.index];
        return value === undefined ? new Traced(null, part.own) : through(value, part.own);
      }
      case 'text':
        return this.text(part);
    }
  }

  private entries(entries: readonly Entry[]): ReadonlyMap<string, Traced> {
    const filled = new Map<string, Traced>();
    for (const { name, at, value } of entries) {
      const key = typeof name === 'string' ? name : textOf(this.text(name));
      if (filled.has(key)) {
        this.findings.push({
          code: 'template/invalid-yaml',
          severity: 'error',
          message: `the key ${quote(key)} is there twice`,
          hint: 'two values that the template prints as keys are the same',
          ...at,
        });
      } else filled.set(key, this.fill(value));
    }
    return filled;
  }

  private text({ pieces, own }: TextLeaf): Traced {
    let from: Origin | undefined;
    let text = '';
    for (const piece of pieces) {
      if (typeof piece === 'string') {
        text += piece;
        continue;
      }
      const value = this.values[piece];
      if (value === undefined) continue;
      from ??= value.origin;
      if (isMap(value) || isList(value)) {
        this.findings.push({
          code: 'template/not-a-scalar',
          severity: 'error',
          message: 'a map or a list cannot be part of a longer text',
          hint: 'give it a line of its own, or print it by `{{yaml (json x)}}`',
          ...own.position,
        });
      }
      text += textOf(value);
    }
    return new Traced(text, from === undefined ? own : withValue(own, from));
  }
}

/** The value and all below it came through the template at this place. */
function through(value: Traced, own: TemplateOrigin): Traced {
  const origin = withValue(own, value.origin);
  if (!isMap(value) && !isList(value)) return new Traced(toJson(value) as Scalar, origin);
  const { key: _, ...inner } = own;
  if (isList(value))
    return new Traced(
      value.content.map((item) => through(item, inner)),
      origin,
    );
  const entries = new Map<string, Traced>();
  for (const [name, item] of value.content) entries.set(name, through(item, inner));
  return new Traced(entries, origin);
}

function withValue(own: TemplateOrigin, value: Origin): TemplateOrigin {
  // What the template itself wrote came from nowhere else.
  return value.kind === 'template' && value.capability === '' ? own : { ...own, value };
}
