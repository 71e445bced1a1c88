import { didYouMean, quote } from '../finding/did-you-mean.ts';
import { isObject, type JsonObject, property } from '../json/json.ts';
import { isMap } from '../provenance/traced.ts';
import type { Check, Compiler } from './check.ts';
import { numberIn, strings } from './keywords.ts';
import { textFormats } from './text-formats.ts';
import { wrongType } from './value-words.ts';

/**
 * A map: its fields by their schemas, those that it has to have, and none that the schema does not know. A field that is
 * `null` is one that is not there, as the API server reads it (json of Go; structural schemas, "nullable").
 */
export function mapCheck(schema: JsonObject, compiler: Compiler): Check {
  const fields = new Map<string, Check>();
  const properties = property(schema, 'properties');
  if (isObject(properties))
    for (const [name, inner] of Object.entries(properties)) fields.set(name, compiler.compile(inner));
  const required = strings(property(schema, 'required'));
  const others = othersCheck(schema, compiler, [...fields.keys()]);
  const names = property(property(schema, 'propertyNames'), 'format');
  const nameFormat = typeof names === 'string' ? textFormats[names] : undefined;
  const size = sizeCheck(schema);
  const typed = property(schema, 'type') === 'object';
  return (node, run) => {
    if (!isMap(node)) {
      if (typed) wrongType(run, node, 'a map');
      return;
    }
    for (const [name, value] of node.content) {
      if (nameFormat?.accepts(name) === false) {
        run.report('wrong-value', value, `has to be ${nameFormat.is}`, undefined, name);
      }
      const check = fields.get(name);
      if (check !== undefined && value.content === null) continue;
      run.path.push(name);
      (check ?? others)?.(value, run);
      run.path.pop();
    }
    for (const name of required) {
      const value = node.content.get(name);
      if (value === undefined || value.content === null)
        run.report('missing-field', node, `needs the field ${quote(name)}`, `add \`${name}\``);
    }
    size?.(node, run);
  };
}

/** What becomes of a field that `properties` does not name. */
function othersCheck(schema: JsonObject, compiler: Compiler, known: readonly string[]): Check | undefined {
  if (property(schema, 'x-kubernetes-preserve-unknown-fields') === true) return undefined;
  const additional = property(schema, 'additionalProperties');
  if (isObject(additional)) return compiler.compile(additional);
  if (additional === true || !compiler.closed || property(schema, 'type') !== 'object') return undefined;
  const embedded = property(schema, 'x-kubernetes-embedded-resource') === true;
  return (node, run) => {
    const name = String(run.path.at(-1));
    if (embedded && ['apiVersion', 'kind', 'metadata'].includes(name)) return;
    run.report('unknown-field', node, 'is not a field', didYouMean(name, known) ?? 'remove it, or look its name up');
  };
}

function sizeCheck(schema: JsonObject): Check | undefined {
  const minimum = numberIn(schema, 'minProperties', 0);
  const maximum = numberIn(schema, 'maxProperties', Number.POSITIVE_INFINITY);
  if (minimum === 0 && maximum === Number.POSITIVE_INFINITY) return undefined;
  return (node, run) => {
    const size = isMap(node) ? node.content.size : 0;
    if (size < minimum) run.report('wrong-value', node, `has ${size} fields, at least ${minimum} are needed`);
    if (size > maximum) run.report('wrong-value', node, `has ${size} fields, at most ${maximum} are possible`);
  };
}
