import { quote } from '../finding/did-you-mean.ts';
import type { Finding, Position } from '../finding/finding.ts';
import type { Origin, TemplateOrigin } from '../provenance/origin.ts';
import { child, isList, isMap, type Scalar, Traced } from '../provenance/traced.ts';
import type { ScalarShape, Shape } from './shape.ts';
import { tokenClose, tokenOpen } from './template.ts';
import { textOf } from './value-text.ts';

/** A shape made ready for one capability: all that is the same in every render is made once. */
export type Part =
  | { readonly kind: 'constant'; readonly node: Traced }
  | (Filled & { readonly kind: 'map'; readonly entries: readonly Entry[]; readonly origin: Origin })
  | (Filled & { readonly kind: 'list'; readonly items: readonly Part[]; readonly origin: Origin })
  | Leaf;

interface Filled {
  /** Indexes of all values that are put in somewhere below. */
  readonly uses: readonly number[];
}

/** Where values are put in: one in the place of its token, or some inside of a text. */
export type Leaf = ValueLeaf | TextLeaf;
interface ValueLeaf extends Filled {
  readonly kind: 'value';
  /** Into the values that the template printed. */
  readonly index: number;
  readonly own: TemplateOrigin;
  /** Of what is inside of the value: no key of the template's. */
  readonly inner: TemplateOrigin;
}
interface TextLeaf extends Filled {
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
    if (!items.every(isConstant)) return { kind: 'list', items, origin: own, uses: items.flatMap(usesOf) };
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
  if (nodes.size < entries.length) {
    const uses = entries.flatMap(({ name, value }) => [
      ...(typeof name === 'string' ? [] : name.uses),
      ...usesOf(value),
    ]);
    return { kind: 'map', entries, origin: own, uses };
  }
  return { kind: 'constant', node: new Traced(nodes, own) };
}

function scalarPart(shape: ScalarShape, own: TemplateOrigin): Part {
  if (shape.isConstant || typeof shape.value !== 'string')
    return { kind: 'constant', node: new Traced(shape.value, own) };
  const whole = shape.isText ? undefined : wholeToken.exec(shape.value)?.[1];
  if (whole === undefined) return textLeaf(shape.value, own);
  const { key: _, ...inner } = own;
  return { kind: 'value', index: Number(whole), own, inner, uses: [Number(whole)] };
}

function usesOf(part: Part): readonly number[] {
  return part.kind === 'constant' ? [] : part.uses;
}

function textLeaf(text: string, own: TemplateOrigin): TextLeaf {
  // Every second piece is what the expression caught.
  const pieces = text.split(anyToken).map((piece, index) => (index % 2 === 0 ? piece : Number(piece)));
  return { kind: 'text', pieces, own, uses: pieces.filter((piece) => typeof piece === 'number') };
}

function isConstant(part: Part): part is Part & { readonly kind: 'constant' } {
  return part.kind === 'constant';
}

/** Puts values in the place of their tokens. */
export class Filler {
  readonly findings: Finding[] = [];
  private readonly values: readonly Traced[];
  /** The values that are not what they were; `undefined` where there is no before. */
  private readonly changed: ReadonlySet<number> | undefined;

  constructor(values: readonly Traced[], before?: readonly Traced[]) {
    this.values = values;
    this.changed = before && changedValues(values, before);
  }

  /** @param before what the part came to before; it stays where its values do */
  fill(part: Part, before?: Traced): Traced {
    if (part.kind === 'constant') return part.node;
    if (before !== undefined && this.isAsBefore(part.uses)) return before;
    switch (part.kind) {
      case 'list': {
        const items = isList(before) ? before.content : [];
        return new Traced(
          part.items.map((item, index) => this.fill(item, items[index])),
          part.origin,
        );
      }
      case 'map':
        return new Traced(this.entries(part.entries, before), part.origin);
      case 'value': {
        const value = this.values[part.index];
        return value === undefined ? new Traced(null, part.own) : through(value, part.own, part.inner);
      }
      case 'text':
        return this.text(part);
    }
  }

  private isAsBefore(uses: readonly number[]): boolean {
    if (this.changed === undefined) return false;
    for (const index of uses) if (this.changed.has(index)) return false;
    return true;
  }

  private entries(entries: readonly Entry[], before: Traced | undefined): ReadonlyMap<string, Traced> {
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
      } else filled.set(key, this.fill(value, typeof name === 'string' ? child(before, name) : undefined));
    }
    return filled;
  }

  private text({ pieces, own }: TextLeaf): Traced {
    let from: Traced | undefined;
    let text = '';
    for (const piece of pieces) {
      if (typeof piece === 'string') {
        text += piece;
        continue;
      }
      const value = this.values[piece];
      if (value === undefined) continue;
      from ??= value;
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
    return from === undefined ? new Traced(text, own) : new InsertedScalar(text, own, from);
  }
}

/** The value and all below it came through the template at this place. */
function through(value: Traced, own: TemplateOrigin, inner: TemplateOrigin): Traced {
  const { content } = value;
  if (typeof content !== 'object' || content === null) return new InsertedScalar(content, own, value);
  const origin = withValue(own, value.origin);
  if (isList(value))
    return new Traced(
      value.content.map((item) => through(item, inner, inner)),
      origin,
    );
  const entries = new Map<string, Traced>();
  if (isMap(value)) for (const [name, item] of value.content) entries.set(name, through(item, inner, inner));
  return new Traced(entries, origin);
}

/** A value in the place of its token; where it came from is put together when somebody asks. */
class InsertedScalar extends Traced {
  private readonly own: TemplateOrigin;
  private readonly value: Traced;

  constructor(content: Scalar, own: TemplateOrigin, value: Traced) {
    super(content, undefined);
    this.own = own;
    this.value = value;
  }

  override get origin(): Origin {
    this.ownOrigin ??= withValue(this.own, this.value.origin);
    return this.ownOrigin;
  }
}

function changedValues(values: readonly Traced[], before: readonly Traced[]): ReadonlySet<number> {
  const changed = new Set<number>();
  for (const [index, value] of values.entries()) if (!isSame(value, before[index])) changed.add(index);
  return changed;
}

/** The same value from the same place: helpers and loops make new nodes of the same. */
function isSame(a: Traced, b: Traced | undefined): boolean {
  if (a === b || b === undefined) return a === b;
  const { content } = a;
  return (typeof content !== 'object' || content === null) && content === b.content && a.origin === b.origin;
}

function withValue(own: TemplateOrigin, value: Origin): TemplateOrigin {
  // What the template itself wrote came from nowhere else.
  return value.kind === 'template' && value.capability === '' ? own : { ...own, value };
}
