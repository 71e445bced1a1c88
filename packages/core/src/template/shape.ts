import { isScalar, isSeq, isMap as isYamlMap, type Node, parseAllDocuments } from 'yaml';
import type { Finding, Position } from '../finding/finding.ts';
import type { Scalar } from '../provenance/traced.ts';
import { tokenOpen } from './template.ts';

/** The parsed form of a template's text with tokens in the place of values; the same for every render of one shape. */
export type Shape =
  | (ShapeBase & { readonly kind: 'map'; readonly entries: readonly (readonly [ScalarShape, Shape])[] })
  | (ShapeBase & { readonly kind: 'list'; readonly items: readonly Shape[] })
  | ScalarShape;
interface ShapeBase {
  readonly at: Position;
  /** Whether no value is put in anywhere below: then every render has the same nodes. */
  readonly isConstant: boolean;
}
export interface ScalarShape extends ShapeBase {
  readonly kind: 'scalar';
  readonly value: Scalar;
  /** Whether the template wrote it in quotes or as a block: then it is a text whatever is put in. */
  readonly isText: boolean;
}

/** The documents of a text with tokens, or what keeps it from being YAML. */
export function parseShapes(
  text: string,
  place: (range: readonly [number, number, ...number[]] | null | undefined) => Position,
): { readonly documents: readonly Shape[] } | { readonly error: Finding } {
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
  return { documents };
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
