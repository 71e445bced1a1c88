import type { Finding, Position } from '../finding/finding.ts';
import type { Traced } from '../provenance/traced.ts';
import { evaluate, evaluateValues } from './evaluate.ts';
import { EvaluationError } from './evaluation-error.ts';
import { Filler, type Part, prepare } from './fill-shape.ts';
import { keptShapes } from './kept-shapes.ts';
import type { ReadsMemo } from './reads-memo.ts';
import type { Segment } from './segment.ts';
import { parseShapes, type Shape } from './shape.ts';
import { type Template, tokenClose, tokenOpen } from './template.ts';

type Shapes =
  | {
      readonly documents: readonly Shape[];
      /** The documents made ready, by the capability that their origins name. */
      readonly parts: Map<string, readonly Part[]>;
    }
  | { readonly error: Finding };

/** A template evaluated: its documents, and what is to be put into them. */
export interface EvaluatedTemplate {
  /** The same for every render of one shape. */
  readonly parts: readonly Part[];
  readonly values: readonly Traced[];
}

const cached = new WeakMap<Template, Map<string, Shapes>>();

/**
 * Renders a YAML template into documents. The text with tokens instead of values is parsed once a shape and
 * kept; then tokens are replaced by the values themselves. So no value can break out of its place, types are
 * kept, and every node knows the template's line and, for inserted values, where the value came from.
 *
 * @param capability `postgres@1.0.0`, for the nodes' origins
 * @param memo of the same capability; what it knows is not made again
 */
export function renderYaml(
  template: Template,
  context: Traced,
  capability: string,
  memo?: ReadsMemo<RenderedYaml>,
): RenderedYaml {
  const render = (before?: RenderedYaml): RenderedYaml => {
    const evaluated = evaluateYaml(template, context, capability);
    return 'findings' in evaluated
      ? { documents: [], findings: evaluated.findings, evaluated: undefined }
      : fillDocuments(evaluated, before);
  };
  return memo === undefined ? render() : memo.made(template, context, render);
}

export interface RenderedYaml {
  readonly documents: readonly Traced[];
  readonly findings: readonly Finding[];
  /** What the documents were made of. */
  readonly evaluated: EvaluatedTemplate | undefined;
}

/**
 * Puts the values into their places.
 *
 * @param before what the template came to with other values: nodes of what is the same stay
 */
export function fillDocuments(evaluated: EvaluatedTemplate, before?: RenderedYaml): RenderedYaml {
  const { parts, values } = evaluated;
  const known = before?.evaluated?.parts === parts && before.findings.length === 0 ? before : undefined;
  const filler = new Filler(values, known?.evaluated?.values);
  const documents = parts.map((part, index) => filler.fill(part, known?.documents[index]));
  return { documents, findings: filler.findings, evaluated };
}

/** The first half of `renderYaml`, for who makes something else of the documents than nodes. */
export function evaluateYaml(
  template: Template,
  context: Traced,
  capability: string,
): EvaluatedTemplate | { readonly findings: readonly Finding[] } {
  try {
    const { values, way } = evaluateValues(template, context);
    const shapes = shapesOf(template, way, context);
    if ('error' in shapes) return { findings: [shapes.error] };
    let parts = shapes.parts.get(capability);
    if (parts === undefined) {
      parts = shapes.documents.map((shape) => prepare(shape, capability));
      shapes.parts.set(capability, parts);
    }
    return { parts, values };
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    return {
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

/** @param way on which the template was evaluated: the same one prints the same text around the values */
function shapesOf(template: Template, way: string, context: Traced): Shapes {
  let known = cached.get(template);
  if (known === undefined) {
    known = new Map();
    cached.set(template, known);
  }
  const before = known.get(way);
  if (before !== undefined) return before;
  const made = keptShapes(template, way, () => parsed(template, evaluate(template, context)));
  const shapes = 'error' in made ? made : { ...made, parts: new Map<string, readonly Part[]>() };
  known.set(way, shapes);
  return shapes;
}

function parsed(template: Template, segments: readonly Segment[]): ReturnType<typeof parseShapes> {
  const pieces = piecesOf(segments);
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
  return parseShapes(pieces.join(''), place);
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
