import { didYouMean } from '../finding/did-you-mean.ts';
import { canonicalJson } from '../json/canonical-json.ts';
import { type Json, type JsonObject, property, stringOf } from '../json/json.ts';
import { type Traced, toJson } from '../provenance/traced.ts';
import type { Check } from './check.ts';
import type { CheckRun } from './check-run.ts';
import { numberIn } from './keywords.ts';
import { knownPattern } from './known-pattern.ts';
import { quantity, textFormats } from './text-formats.ts';
import { shown, wrongType } from './value-words.ts';

const integers: Readonly<Record<string, readonly [number, number]>> = {
  int32: [-2_147_483_648, 2_147_483_647],
  int64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
};

/** Text, numbers, booleans, quantities, and what may be an integer or text; with an enumeration, bounds and a pattern. */
export function scalarCheck(schema: JsonObject): Check | undefined {
  const checks = [typeCheck(schema), enumeration(schema), bounds(schema), text(schema)].filter(
    (check) => check !== undefined,
  );
  const [only, second] = checks;
  if (second === undefined) return only;
  return (node, run) => {
    const before = run.problems.length;
    for (const check of checks) {
      check(node, run);
      // One problem of a value is enough: a text that should be a number is not out of bounds too.
      if (run.problems.length > before) return;
    }
  };
}

function typeCheck(schema: JsonObject): Check | undefined {
  const nullable = property(schema, 'nullable') === true;
  const check = typeCheckOf(schema);
  return check === undefined || !nullable ? check : (node, run) => node.content !== null && check(node, run);
}

function typeCheckOf(schema: JsonObject): Check | undefined {
  const format = stringOf(property(schema, 'format'));
  if (property(schema, 'x-kubernetes-int-or-string') === true || format === 'int-or-string') {
    return (node, run) => {
      if (typeof node.content !== 'string' && !Number.isInteger(node.content))
        wrongType(run, node, 'an integer or text');
    };
  }
  if (format === 'quantity') return checkQuantity;
  switch (property(schema, 'type')) {
    case 'string':
      return (node, run) => {
        if (typeof node.content !== 'string') wrongType(run, node, 'text');
      };
    case 'boolean':
      return (node, run) => {
        if (typeof node.content !== 'boolean') wrongType(run, node, 'true or false');
      };
    case 'number':
      return (node, run) => {
        if (typeof node.content !== 'number') wrongType(run, node, 'a number');
      };
    case 'integer': {
      const [least, most] = integers[format ?? ''] ?? integers['int64'] ?? [0, 0];
      return (node, run) => {
        const { content } = node;
        if (typeof content !== 'number' || !Number.isInteger(content)) wrongType(run, node, 'an integer');
        else if (content < least || content > most)
          run.report('wrong-value', node, `has to be between ${least} and ${most}, not ${content}`);
      };
    }
    default:
      return undefined;
  }
}

function checkQuantity(node: Traced, run: CheckRun): void {
  const { content } = node;
  if (typeof content === 'number') return;
  if (typeof content !== 'string') wrongType(run, node, quantity.is);
  else if (!quantity.accepts(content))
    run.report('wrong-value', node, `has to be ${quantity.is}, not ${shown(node)}`, 'see kubernetes.io, "Quantity"');
}

function enumeration(schema: JsonObject): Check | undefined {
  const values = property(schema, 'enum');
  if (!Array.isArray(values)) return undefined;
  const allowed = new Set((values as readonly Json[]).map(canonicalJson));
  const texts = values.filter((value) => typeof value === 'string');
  const plain: ReadonlySet<unknown> = new Set(texts);
  return (node, run) => {
    if (plain.has(node.content) || allowed.has(canonicalJson(toJson(node)))) return;
    const written = typeof node.content === 'string' ? node.content : '';
    const hint = didYouMean(written, texts) ?? `one of ${values.slice(0, 20).map(String).join(', ')}`;
    run.report('wrong-value', node, `cannot be ${shown(node)}`, hint);
  };
}

function bounds(schema: JsonObject): Check | undefined {
  const minimum = numberIn(schema, 'minimum', Number.NEGATIVE_INFINITY);
  const maximum = numberIn(schema, 'maximum', Number.POSITIVE_INFINITY);
  const step = numberIn(schema, 'multipleOf', 0);
  if (minimum === Number.NEGATIVE_INFINITY && maximum === Number.POSITIVE_INFINITY && step <= 0) return undefined;
  const above = property(schema, 'exclusiveMinimum') === true;
  const below = property(schema, 'exclusiveMaximum') === true;
  const range = [
    ...(minimum === Number.NEGATIVE_INFINITY ? [] : [`${above ? 'more than' : 'at least'} ${minimum}`]),
    ...(maximum === Number.POSITIVE_INFINITY ? [] : [`${below ? 'less than' : 'at most'} ${maximum}`]),
  ].join(' and ');
  return (node, run) => {
    const { content } = node;
    if (typeof content !== 'number') return;
    if (content < minimum || content > maximum || (above && content === minimum) || (below && content === maximum))
      run.report('wrong-value', node, `has to be ${range}, not ${content}`);
    else if (step > 0 && !isMultiple(content, step))
      run.report('wrong-value', node, `has to be a multiple of ${step}, not ${content}`);
  };
}

/** Decimal fractions are not exact: 0.3 is a multiple of 0.1. */
function isMultiple(value: number, step: number): boolean {
  const times = value / step;
  return Math.abs(times - Math.round(times)) < 1e-9;
}

function text(schema: JsonObject): Check | undefined {
  const shortest = numberIn(schema, 'minLength', 0);
  const longest = numberIn(schema, 'maxLength', Number.POSITIVE_INFINITY);
  const format = textFormats[stringOf(property(schema, 'format')) ?? ''];
  const written = stringOf(property(schema, 'pattern'));
  const pattern = written === undefined ? undefined : knownPattern(written);
  if (shortest === 0 && longest === Number.POSITIVE_INFINITY && format === undefined && pattern === undefined)
    return undefined;
  return (node, run) => {
    const { content } = node;
    if (typeof content !== 'string') return;
    // Lengths count characters, not UTF-16 code units (JSON Schema, section 6.3).
    const length = content.length <= shortest || content.length > longest ? [...content].length : content.length;
    if (length < shortest) run.report('wrong-value', node, `has ${length} characters, at least ${shortest} are needed`);
    else if (length > longest)
      run.report('wrong-value', node, `has ${length} characters, at most ${longest} are possible`);
    else if (format?.accepts(content) === false)
      run.report('wrong-value', node, `has to be ${format.is}, not ${shown(node)}`);
    else if (pattern?.test(content) === false)
      run.report('wrong-value', node, `does not match the pattern ${written}: ${shown(node)}`);
  };
}
