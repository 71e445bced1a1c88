import { isScalar, isSeq, isMap as isYamlMap, type Node, parseAllDocuments } from 'yaml';
import { quote } from '../finding/did-you-mean.ts';
import type { Finding, Position } from '../finding/finding.ts';
import type { Origin } from '../provenance/origin.ts';
import { isList, isMap, type Scalar, Traced, toJson } from '../provenance/traced.ts';
import { evaluate, type Segment, textOf } from './evaluate.ts';
import { EvaluationError } from './evaluation-error.ts';
import { type Template, tokenClose, tokenOpen } from './template.ts';

/** The parsed form of a template's text with tokens in the place of values; the same for every render of one shape. */
type Shape =
  | (ShapeBase & { readonly kind: 'map'; readonly entries: readonly (readonly [ScalarShape, Shape])[] })
  | (ShapeBase & { readonly kind: 'list'; readonly items: readonly Shape[] })
  | ScalarShape;
interface ShapeBase {
  readonly at: Position;
  /** Whether no value is put in anywhere below: then every render has the same nodes. */
  readonly isConstant: boolean;
}
interface ScalarShape extends ShapeBase {
  readonly kind: 'scalar';
  readonly value: Scalar;
  /** Whether the template wrote it in quotes or as a block: then it is a text whatever is put in. */
  readonly isText: boolean;
}

type Shapes =
  | {
      readonly documents: readonly Shape[];
      /** The nodes of constant shapes, by the capability that their origins name. */
      readonly constants: Map<string, WeakMap<Shape, Traced>>;
    }
  | { readonly error: Finding };

const cached = new WeakMap<Template, Map<string, Shapes>>();
const wholeToken = new RegExp(`^${tokenOpen}(\\d+)${tokenClose}$`);
const anyToken = new RegExp(`${tokenOpen}(\\d+)${tokenClose}`, 'g');

/**
 * Renders a YAML template into documents. The text with tokens instead of values is parsed once a shape and
 * kept; then tokens are replaced by the values themselves. So no value can break out of its place, types are
 * kept, and every node knows the template's line and, for inserted values, where the value came from.
 *
 * @param capability `postgres@1.0.0`, for the nodes' origins
 */
export function renderYaml(
  template: Template,
  context: Traced,
  capability: string,
): { readonly documents: readonly Traced[]; readonly findings: readonly Finding[] } {
  try {
    const segments = evaluate(template, context);
    const values = segments.flatMap((segment) => (segment.kind === 'value' ? [segment.value] : []));
    const shapes = shapesOf(template, segments);
    if ('error' in shapes) return { documents: [], findings: [shapes.error] };
    const constants = shapes.constants.get(capability) ?? new WeakMap<Shape, Traced>();
    shapes.constants.set(capability, constants);
    const filler = new Filler(values, capability, constants);
    const documents = shapes.documents.map((shape) => filler.fill(shape));
    return { documents, findings: filler.findings };
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    return {
      documents: [],
      findings: [
        {
          code: error.code,
          severity: 'error',
          message: error.message,
          hint: error.hint ?? 'guard it with `{{#if …}}`, or give the parameter a default',
          ...error.position,
        },
      ],
    };
  }
}

function shapesOf(template: Template, segments: readonly Segment[]): Shapes {
  const pieces = piecesOf(segments);
  const text = pieces.join('');
  const known = cached.get(template) ?? new Map<string, Shapes>();
  cached.set(template, known);
  const before = known.get(text);
  if (before !== undefined) return before;
  let length = 0;
  const map = segments.map(({ kind, start, end }, index) => {
    const at = length;
    length += pieces[index]?.length ?? 0;
    return { at, start, end, token: kind === 'value' };
  });
  /** From an offset of the output to an offset of the template. */
  const back = (offset: number, isEnd: boolean): number => {
    const piece = lastWhere(map, (candidate) => (isEnd ? candidate.at < offset : candidate.at <= offset));
    if (piece === undefined) return 0;
    return piece.token ? (isEnd ? piece.end : piece.start) : piece.start + (offset - piece.at);
  };
  const place = (range: readonly [number, number, ...number[]] | null | undefined): Position => {
    const [start, end] = range ?? [0, 0];
    return template.placeOf(back(start, false), Math.max(back(start, false), back(end, true)));
  };
  const shapes = parseShapes(text, place);
  known.set(text, shapes);
  return shapes;
}

/** What each segment is in the text that is parsed. */
function piecesOf(segments: readonly Segment[]): readonly string[] {
  let token = 0;
  return segments.map((segment) => (segment.kind === 'text' ? segment.text : `${tokenOpen}${token++}${tokenClose}`));
}

/** The last item that holds, when all before it hold too: a long text has as many pieces as nodes to place. */
function lastWhere<T>(items: readonly T[], holds: (item: T) => boolean): T | undefined {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && holds(item)) low = middle + 1;
    else high = middle;
  }
  return items[low - 1];
}

function parseShapes(
  text: string,
  place: (range: readonly [number, number, ...number[]] | null | undefined) => Position,
): Shapes {
  const documents: Shape[] = [];
  for (const document of parseAllDocuments(text, {
    version: '1.2',
    schema: 'core',
    uniqueKeys: true,
    prettyErrors: false,
  })) {
    const [problem] = [...document.errors, ...document.warnings];
    if (problem !== undefined) {
      const hint = 'mend the template at this line';
      return {
        error: {
          code: 'template/invalid-yaml',
          severity: 'error',
          message: problem.message,
          hint,
          ...place(problem.pos),
        },
      };
    }
    if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) continue;
    const shape = shapeOf(document.contents, place);
    if (shape === undefined) {
      return {
        error: {
          code: 'template/invalid-yaml',
          severity: 'error',
          message: 'anchors and aliases are not allowed in a template',
          hint: 'write the value out',
          ...place(document.contents.range),
        },
      };
    }
    documents.push(shape);
  }
  return { documents, constants: new Map() };
}

function shapeOf(node: Node | null, place: (range: Node['range']) => Position): Shape | undefined {
  if (node === null) return { kind: 'scalar', value: null, isText: false, isConstant: true, at: place(null) };
  const at = place(node.range);
  if (isScalar(node)) {
    const value = node.value as Scalar;
    const isConstant = typeof value !== 'string' || !value.includes(tokenOpen);
    return { kind: 'scalar', value, isText: node.type !== 'PLAIN', isConstant, at };
  }
  if (isSeq(node)) {
    const shapes = node.items.map((item) => shapeOf(item as Node | null, place));
    const items = shapes.filter((item) => item !== undefined);
    if (items.length < shapes.length) return undefined;
    return { kind: 'list', items, isConstant: items.every(({ isConstant }) => isConstant), at };
  }
  if (!isYamlMap(node)) return undefined;
  const entries: (readonly [ScalarShape, Shape])[] = [];
  for (const pair of node.items) {
    const key = shapeOf(pair.key as Node | null, place);
    const value = shapeOf(pair.value as Node | null, place);
    if (key?.kind !== 'scalar' || value === undefined) return undefined;
    entries.push([key, value]);
  }
  const isConstant = entries.every(([key, value]) => key.isConstant && value.isConstant);
  return { kind: 'map', entries, isConstant, at };
}

/** Puts values in the place of their tokens. */
class Filler {
  readonly findings: Finding[] = [];
  private readonly values: readonly Traced[];
  private readonly capability: string;
  private readonly constants: WeakMap<Shape, Traced>;

  constructor(values: readonly Traced[], capability: string, constants: WeakMap<Shape, Traced>) {
    this.values = values;
    this.capability = capability;
    this.constants = constants;
  }

  /** @param key where the template writes the key that the value stands under */
  fill(shape: Shape, key?: Position): Traced {
    if (!shape.isConstant) return this.filled(shape, key);
    const known = this.constants.get(shape) ?? this.filled(shape, key);
    this.constants.set(shape, known);
    return known;
  }

  private filled(shape: Shape, key: Position | undefined): Traced {
    if (shape.kind === 'scalar') return this.scalar(shape, key);
    const origin = this.origin(shape.at, undefined, key);
    if (shape.kind === 'list') {
      return new Traced(
        shape.items.map((item) => this.fill(item)),
        origin,
      );
    }
    const entries = new Map<string, Traced>();
    for (const [key, value] of shape.entries) {
      const name = key.isConstant ? textOf(this.fill(key)) : textOf(this.scalar({ ...key, isText: true }));
      if (entries.has(name)) {
        this.findings.push({
          code: 'template/invalid-yaml',
          severity: 'error',
          message: `the key ${quote(name)} is there twice`,
          hint: 'two values that the template prints as keys are the same',
          ...key.at,
        });
      } else entries.set(name, this.fill(value, key.at));
    }
    return new Traced(entries, origin);
  }

  private scalar(shape: ScalarShape, key?: Position): Traced {
    if (shape.isConstant || typeof shape.value !== 'string')
      return new Traced(shape.value, this.origin(shape.at, undefined, key));
    const whole = wholeToken.exec(shape.value)?.[1];
    if (whole !== undefined && !shape.isText) return this.inserted(Number(whole), shape.at, key);
    let from: Origin | undefined;
    const text = shape.value.replace(anyToken, (_, index: string) => {
      const value = this.values[Number(index)];
      if (value === undefined) return '';
      from ??= value.origin;
      if (isMap(value) || isList(value)) {
        this.findings.push({
          code: 'template/not-a-scalar',
          severity: 'error',
          message: 'a map or a list cannot be part of a longer text',
          hint: 'give it a line of its own, or print it by `{{yaml (json x)}}`',
          ...shape.at,
        });
      }
      return textOf(value);
    });
    return new Traced(text, this.origin(shape.at, from, key));
  }

  private inserted(index: number, at: Position, key?: Position): Traced {
    const value = this.values[index];
    return value === undefined ? new Traced(null, this.origin(at, undefined, key)) : this.through(value, at, key);
  }

  /** The value and all below it came through the template at this place. */
  private through(value: Traced, at: Position, key?: Position): Traced {
    const origin = this.origin(at, value.origin, key);
    if (isMap(value))
      return new Traced(new Map([...value.content].map(([key, item]) => [key, this.through(item, at)])), origin);
    if (isList(value)) {
      return new Traced(
        value.content.map((item) => this.through(item, at)),
        origin,
      );
    }
    return new Traced(toJson(value) as Scalar, origin);
  }

  private origin(position: Position, value?: Origin, key?: Position): Origin {
    const own = value?.kind === 'template' && value.capability === '' ? undefined : value;
    return {
      kind: 'template',
      capability: this.capability,
      position,
      ...(key !== undefined && { key }),
      ...(own !== undefined && { value: own }),
    };
  }
}
