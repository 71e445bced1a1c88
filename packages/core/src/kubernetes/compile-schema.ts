import { isObject, type Json, type JsonObject, property, stringOf } from '../json/json.ts';
import type { Check, Compiler } from './check.ts';
import { choiceChecks } from './choice-checks.ts';
import { listCheck } from './list-check.ts';
import { mapCheck } from './map-check.ts';
import { scalarCheck } from './scalar-check.ts';
import type { TypeDefinitions } from './type-definitions.ts';

const accept: Check = () => undefined;

/** Compiles schemas to checks; each named one once, when it is first needed, so that types may contain themselves. */
export class SchemaCompiler implements Compiler {
  readonly closed: boolean;
  private readonly definitions: TypeDefinitions;
  private readonly named: Map<string, Check>;

  constructor(definitions: TypeDefinitions, closed = true, named = new Map<string, Check>()) {
    this.definitions = definitions;
    this.closed = closed;
    this.named = named;
  }

  /** The check of the type with this name; accepts everything where there is none. */
  type(name: string): Check {
    const known = this.named.get(name);
    if (known !== undefined) return known;
    let made: Check | undefined;
    const check: Check = (node, run) => {
      made ??= this.compile(this.definitions.definition(name));
      if (!run.enter()) return;
      made(node, run);
      run.leave();
    };
    this.named.set(name, check);
    return check;
  }

  compile(schema: Json | undefined): Check {
    if (!isObject(schema)) return accept;
    const reference = referenceOf(schema);
    if (reference !== undefined) return this.type(reference);
    const checks = [this.shape(schema), ...choiceChecks(schema, this)].filter((check) => check !== undefined);
    const [only, second] = checks;
    const look: Check =
      second === undefined
        ? (only ?? accept)
        : (node, run) => {
            for (const check of checks) check(node, run);
          };
    // Scalars are looked at as quickly as remembered, and a choice looks at the value of a schema that remembers it.
    const isWhole = this.closed && ['object', 'array'].includes(stringOf(property(schema, 'type')) ?? '');
    return isWhole ? (node, run) => run.once(node, look) : look;
  }

  compileChoice(schema: Json): Check {
    const open = this.closed ? new SchemaCompiler(this.definitions, false) : this;
    const check = open.compile(schema);
    return (node, run) => {
      if (!run.enter()) return;
      check(node, run);
      run.leave();
    };
  }

  private shape(schema: JsonObject): Check | undefined {
    switch (stringOf(property(schema, 'type'))) {
      case 'object':
        return mapCheck(schema, this);
      case 'array':
        return listCheck(schema, this);
      case undefined:
        return this.untyped(schema);
      default:
        return scalarCheck(schema);
    }
  }

  /** A choice says what fields have to be there without saying again that they are fields of a map. */
  private untyped(schema: JsonObject): Check | undefined {
    if (property(schema, 'x-kubernetes-int-or-string') === true) return scalarCheck(schema);
    if (['properties', 'required', 'additionalProperties', 'minProperties'].some((key) => key in schema))
      return mapCheck(schema, this);
    if (['items', 'minItems', 'maxItems'].some((key) => key in schema)) return listCheck(schema, this);
    return scalarCheck(schema);
  }
}

/** OpenAPI 3.0 has nothing beside `$ref`, so that references with a default are written as `allOf` of one. */
function referenceOf(schema: JsonObject): string | undefined {
  const own = stringOf(property(schema, '$ref'));
  if (own !== undefined) return own;
  const all = property(schema, 'allOf');
  return Array.isArray(all) && all.length === 1 ? stringOf(property(all[0], '$ref')) : undefined;
}
