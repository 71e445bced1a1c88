import { BOOL, type CelType, DYN, INT, listType, mapType, objectType, STRING, type TypeProvider } from '../cel/type.ts';
import { nearest } from '../nearest.ts';
import type { KnownSchema } from './known-kinds.ts';
import { type SchemaNode, type Shape, shapeOf } from './schema-shape.ts';

/** What every object has, whether its schema says so or not. */
const COMMON: ReadonlyMap<string, CelType> = new Map([
  ['apiVersion', STRING],
  ['kind', STRING],
  ['metadata', DYN],
  ['status', DYN],
]);
const SCALARS = { bool: BOOL, int: INT, string: STRING };

/**
 * Types of CEL over schemas: an object type is named by where it is found (`object.spec.template`), which is what a message
 * should say, and is worked out when an expression reads it. What may be one of several kinds has the fields of all of them.
 */
export class SchemaTypes implements TypeProvider {
  readonly #shapes = new Map<string, Shape>();
  /** The schemas behind an object type, for those that are put together of several. */
  readonly #nodes = new Map<string, readonly SchemaNode[]>();
  readonly #fields = new Map<string, CelType>();
  readonly #roots = new Set<string>();

  /**
   * @param variable the name of the variable that holds such values
   * @param what they are objects of Kubernetes, all of which have some fields, or anything
   */
  declare(variable: string, kinds: readonly KnownSchema[], what: 'objects' | 'anything' = 'objects'): CelType {
    const nodes = kinds.map((kind) => ({ schema: kind.schema(), resolve: kind.resolve }));
    const known = nodes.flatMap(({ schema, resolve }): readonly SchemaNode[] => (schema ? [{ schema, resolve }] : []));
    if (known.length < nodes.length || known.length === 0) return DYN;
    if (what === 'objects') this.#roots.add(variable);
    return this.#typeOf(variable, known);
  }

  field(type: string, name: string): CelType | undefined {
    const shape = this.#shapes.get(type);
    const nodes = shape?.fields.get(name);
    if (nodes) {
      const path = `${type}.${name}`;
      const known = this.#fields.get(path) ?? this.#typeOf(path, nodes);
      this.#fields.set(path, known);
      return known;
    }
    const common = this.#roots.has(type) ? COMMON.get(name) : undefined;
    if (common || shape?.open !== false) return common ?? DYN;
    return shape.lenient && nearest(name, shape.fields.keys()) === undefined ? DYN : undefined;
  }

  fieldNames(type: string): Iterable<string> | undefined {
    const shape = this.#shapes.get(type);
    return shape && new Set([...shape.fields.keys(), ...(this.#roots.has(type) ? COMMON.keys() : [])]);
  }

  join(a: string, b: string): CelType | undefined {
    const name = [...new Set([...a.split(' or '), ...b.split(' or ')])].join(' or ');
    const [left, right] = [this.#nodes.get(a), this.#nodes.get(b)];
    return left && right && this.#typeOf(name, [...left, ...right]);
  }

  #typeOf(name: string, nodes: readonly SchemaNode[]): CelType {
    const shape = shapeOf(nodes);
    const { fields, items, values, scalars, open } = shape;
    const forms = [fields.size > 0, items.length > 0, values.length > 0, ...scalars].filter(Boolean);
    // What is a text or a list as well (`on` of a workflow) has fields only where it is an object.
    if (fields.size > 0 && values.length === 0) {
      this.#shapes.set(name, shape);
      this.#nodes.set(name, nodes);
      return objectType(name);
    }
    if (open || forms.length !== 1) return DYN;
    if (items.length > 0) return listType(this.#typeOf(`${name}[]`, items));
    if (values.length > 0) return mapType(STRING, this.#typeOf(`${name}.*`, values));
    const [scalar] = scalars;
    return scalar === undefined ? DYN : SCALARS[scalar];
  }
}
