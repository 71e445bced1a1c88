import { isObject, type JsonObject, property, stringAt } from '../json.ts';

/** A schema, with what resolves the references in it. */
export interface SchemaNode {
  readonly schema: JsonObject;
  readonly resolve: (reference: string) => JsonObject | undefined;
  /** A schema around it says `x-lenient`. */
  readonly lenient?: boolean;
}

/** What a value of a schema may be, as far as fields are concerned. */
export interface Shape {
  /** Fields that the schema does not name are allowed, or it says nothing at all. */
  readonly open: boolean;
  /** Fields that the schema does not name are mistakes only where they look misspelt. */
  readonly lenient: boolean;
  /** By name; several schemas where the value may be one of several things. */
  readonly fields: ReadonlyMap<string, readonly SchemaNode[]>;
  readonly items: readonly SchemaNode[];
  readonly values: readonly SchemaNode[];
  readonly scalars: ReadonlySet<'bool' | 'int' | 'string'>;
}

const MAXIMUM_REFERENCES = 50;

/** The shape of what some schemas allow together. */
export function shapeOf(nodes: readonly SchemaNode[]): Shape {
  const builder = new ShapeBuilder();
  for (const node of nodes) builder.add(node, 0);
  return builder;
}

class ShapeBuilder implements Shape {
  open = false;
  lenient = false;
  readonly fields = new Map<string, SchemaNode[]>();
  readonly items: SchemaNode[] = [];
  readonly values: SchemaNode[] = [];
  readonly scalars = new Set<'bool' | 'int' | 'string'>();

  add({ schema, resolve, lenient: around = false }: SchemaNode, depth: number): void {
    const lenient = around || property(schema, 'x-lenient') === true;
    if (lenient) this.lenient = true;
    if (property(schema, 'x-kubernetes-preserve-unknown-fields') === true) this.open = true;
    if (depth > MAXIMUM_REFERENCES) {
      this.open = true;
      return;
    }
    const reference = stringAt(schema, '$ref');
    const inner = [
      ...(reference === undefined ? [] : [resolve(reference)]),
      ...['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => listOf(schema, keyword)),
      property(schema, 'then'),
      property(schema, 'else'),
    ].filter(isObject);
    if (reference !== undefined && inner.length === 0) this.open = true;
    for (const each of inner) if (!isConstraint(each)) this.add({ schema: each, resolve, lenient }, depth + 1);
    this.#own(schema, { resolve, lenient }, inner.length > 0);
  }

  #own(schema: JsonObject, around: Omit<SchemaNode, 'schema'>, hasInner: boolean): void {
    const properties = property(schema, 'properties');
    if (isObject(properties))
      for (const [name, field] of Object.entries(properties))
        if (isObject(field)) this.fields.set(name, [...(this.fields.get(name) ?? []), { schema: field, ...around }]);
        else if (field === true) this.fields.set(name, [{ schema: {}, ...around }]);
    const additional = property(schema, 'additionalProperties');
    if (isObject(additional) && !isObject(properties)) this.values.push({ schema: additional, ...around });
    else if (additional === true || isObject(additional) || property(schema, 'patternProperties') !== undefined)
      this.open = true;
    const items = property(schema, 'items');
    if (isObject(items)) this.items.push({ schema: items, ...around });
    if (!this.#scalar(schema) && !isObject(properties) && !isObject(additional) && !isObject(items) && !hasInner)
      this.open = true;
  }

  #scalar(schema: JsonObject): boolean {
    const type = property(schema, 'type');
    // A date, base64 text or "80%" is more than one thing to CEL, or another one in a cluster.
    const isPlain = property(schema, 'format') === undefined || type === 'integer';
    if (property(schema, 'x-kubernetes-int-or-string') === true || !isPlain) return false;
    if (type === 'string') this.scalars.add('string');
    else if (type === 'integer') this.scalars.add('int');
    else if (type === 'boolean') this.scalars.add('bool');
    else return false;
    return true;
  }
}

/** A schema that only narrows what another one describes, such as a list of required fields. */
function isConstraint(schema: JsonObject): boolean {
  const describes = ['$ref', 'properties', 'items', 'additionalProperties', 'type', 'allOf', 'anyOf', 'oneOf'];
  return !describes.some((keyword) => Object.hasOwn(schema, keyword));
}

function listOf(schema: JsonObject, keyword: string): readonly unknown[] {
  const value = property(schema, keyword);
  return Array.isArray(value) ? value : [];
}
