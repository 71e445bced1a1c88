import { isObject } from '../../json.ts';
import type { Checked } from '../check/check-expression.ts';
import { fromJson, JsonMap } from '../json-value.ts';
import { references } from '../references.ts';
import type { BinaryOperator, Expression, ExpressionOf } from '../syntax/expression.ts';
import { isChain } from '../syntax/parse-expression.ts';
import {
  ArrayList,
  CelError,
  CelOptional,
  type CelResult,
  CelTypeValue,
  type CelValue,
  EntryMap,
  keyOf,
  nameOfType,
} from '../value.ts';
import { call, orElse } from './calls.ts';
import { coercionTo } from './coerce.ts';
import { isFailure } from './failures.ts';
import type { Evaluate } from './frame.ts';
import { readInput } from './input.ts';
import { loop } from './loops.ts';
import { binary, conditional, logic, minus, not, row } from './operators.ts';
import { elementAt, hasField, optionalElement, optionalField, selectField } from './select.ts';

/** An expression made into functions, once. */
export interface Compiled {
  readonly evaluate: Evaluate;
  /** Steps of the nodes outside of loops; the rounds of loops are paid for as they come. */
  readonly size: number;
  /** How many places for loop variables and bindings it needs. */
  readonly slots: number;
}

/** Compiles a checked expression to closures. Recursion goes no deeper than the parser allows. */
export function compileProgram(expression: Expression, checked: Checked): Compiled {
  const compiler = new Compiler(checked);
  const evaluate = compiler.compile(expression, new Map());
  return { evaluate, size: compiler.size, slots: compiler.slots };
}

/** The slots of the local names that a part of the expression sees. */
type Scope = ReadonlyMap<string, number>;

class Compiler {
  readonly #checked: Checked;
  size = 0;
  slots = 0;

  constructor(checked: Checked) {
    this.#checked = checked;
  }

  compile(expression: Expression, scope: Scope): Evaluate {
    this.size += 1;
    switch (expression.kind) {
      case 'literal': {
        const { value } = expression;
        return () => value;
      }
      case 'identifier':
        return this.#coerced(expression, this.#name(expression, scope) ?? unknownName(expression.name));
      case 'select':
        return this.#coerced(expression, this.#name(expression, scope) ?? this.#select(expression, scope));
      case 'index':
        return this.#coerced(expression, this.#index(expression, scope));
      case 'call':
        return this.#call(expression, scope);
      case 'unary': {
        const operand = this.compile(expression.operand, scope);
        return expression.operator === '!' ? not(operand) : minus(operand);
      }
      case 'binary':
        return this.#binary(expression, scope);
      case 'logic':
        return logic(
          expression.operator,
          expression.terms.map((term) => this.compile(term, scope)),
        );
      case 'conditional': {
        const { condition, yes, no } = expression;
        return conditional(this.compile(condition, scope), this.compile(yes, scope), this.compile(no, scope));
      }
      case 'list':
        return this.#list(expression, scope);
      case 'map':
        return this.#map(expression, scope);
      case 'message':
        return constant(new CelError(`there is no message type ${expression.name} here`));
      case 'loop':
        return this.#loop(expression, scope);
      case 'bind': {
        const value = this.compile(expression.value, scope);
        const { slot, inner } = this.#local(expression.variable, scope);
        return bound([{ slot, value }], this.compile(expression.body, inner));
      }
      case 'optionalMap':
        return this.#optionalMap(expression, scope);
      case 'block':
        return this.#block(expression, scope);
    }
  }

  #local(name: string, scope: Scope): { readonly slot: number; readonly inner: Scope } {
    const slot = this.slots;
    this.slots += 1;
    return { slot, inner: new Map(scope).set(name, slot) };
  }

  #name(expression: Expression, scope: Scope): Evaluate | undefined {
    const meaning = this.#checked.meaningOf(expression);
    if (meaning?.kind === 'local') {
      const slot = scope.get(meaning.name);
      return slot === undefined ? undefined : ({ locals }) => locals[slot] ?? null;
    }
    if (meaning?.kind === 'variable') {
      const { name } = meaning;
      return ({ activation }) => {
        const input = activation(name);
        return input === undefined ? new CelError(`there is no variable ${JSON.stringify(name)}`) : readInput(input);
      };
    }
    return meaning?.kind === 'type' ? constant(new CelTypeValue(nameOfType(meaning.type))) : undefined;
  }

  #coerced(expression: Expression, evaluate: Evaluate): Evaluate {
    const coerce = coercionTo(this.#checked.typeOf(expression));
    return coerce ? (frame) => coerce(evaluate(frame)) : evaluate;
  }

  #select(expression: ExpressionOf<'select'>, scope: Scope): Evaluate {
    const { field } = expression;
    if (expression.test || expression.optional) {
      const operand = this.compile(expression.operand, scope);
      const read = expression.test ? hasField : optionalField;
      return (frame) => read(operand(frame), field);
    }
    // A chain of fields is read from JSON in one go, without a value for each step.
    const fields = [field];
    let operand = expression.operand;
    while (operand.kind === 'select' && !operand.test && !operand.optional && !this.#isNamed(operand)) {
      fields.unshift(operand.field);
      operand = operand.operand;
      this.size += 1;
    }
    const root = this.compile(operand, scope);
    return (frame) => selectFields(root(frame), fields);
  }

  /** A name, or a value that is made into another one as it is read. */
  #isNamed(expression: Expression): boolean {
    return (
      this.#checked.meaningOf(expression) !== undefined || coercionTo(this.#checked.typeOf(expression)) !== undefined
    );
  }

  #index(expression: ExpressionOf<'index'>, scope: Scope): Evaluate {
    const operand = this.compile(expression.operand, scope);
    const index = this.compile(expression.index, scope);
    const read = expression.optional ? optionalElement : elementAt;
    return (frame) => {
      const value = operand(frame);
      if (isFailure(value)) return value;
      const key = index(frame);
      return isFailure(key) ? key : read(value, key);
    };
  }

  #call(expression: ExpressionOf<'call'>, scope: Scope): Evaluate {
    const meaning = this.#checked.meaningOf(expression);
    const { target, name } = expression;
    const args = expression.args.map((argument) => this.compile(argument, scope));
    if (meaning?.kind !== 'call') return constant(new CelError(`there is no function ${name}()`));
    if (!meaning.method || !target) return call(name, meaning.overloads, args);
    const receiver = this.compile(target, scope);
    const whole = call(name, meaning.overloads, [receiver, ...args]);
    const [other] = args;
    if (!other || args.length !== 1 || (name !== 'or' && name !== 'orValue')) return whole;
    return orElse(receiver, other, name === 'orValue', whole);
  }

  #binary(expression: ExpressionOf<'binary'>, scope: Scope): Evaluate {
    const rest: { readonly operator: BinaryOperator; readonly node: Expression }[] = [];
    let current: Expression = expression;
    while (current.kind === 'binary' && (current === expression || isChain(current, expression.operator))) {
      rest.push({ operator: current.operator, node: current.right });
      this.size += 1;
      current = current.left;
    }
    const first = this.compile(current, scope);
    const operands = rest.reverse().map(({ operator, node }) => ({ operator, operand: this.compile(node, scope) }));
    const [only] = operands;
    return only && operands.length === 1 ? binary(only.operator, first, only.operand) : row(first, operands);
  }

  #list({ elements }: ExpressionOf<'list'>, scope: Scope): Evaluate {
    const parts = elements.map(({ value, optional }) => ({ evaluate: this.compile(value, scope), optional }));
    return (frame) => {
      const values: CelValue[] = [];
      for (const { evaluate, optional } of parts) {
        const value = evaluate(frame);
        if (isFailure(value)) return value;
        if (!optional) values.push(value);
        else if (!(value instanceof CelOptional)) return notOptional();
        else if (value.value !== undefined) values.push(value.value);
      }
      return new ArrayList(values);
    };
  }

  #map({ entries }: ExpressionOf<'map'>, scope: Scope): Evaluate {
    const parts = entries.map((entry) => ({
      key: this.compile(entry.key, scope),
      value: this.compile(entry.value, scope),
      optional: entry.optional,
    }));
    return (frame) => {
      const made: (readonly [CelValue, CelValue])[] = [];
      for (const part of parts) {
        const key = part.key(frame);
        if (isFailure(key)) return key;
        const value = part.value(frame);
        if (isFailure(value)) return value;
        if (typeof key === 'number' || keyOf(key) === undefined) {
          return new CelError('a key of a map is a string, an int, a uint or a bool');
        }
        if (!part.optional) made.push([key, value]);
        else if (!(value instanceof CelOptional)) return notOptional();
        else if (value.value !== undefined) made.push([key, value.value]);
      }
      const map = new EntryMap(made);
      return map.size === made.length ? map : new CelError('the map has the same key twice');
    };
  }

  #loop(expression: ExpressionOf<'loop'>, scope: Scope): Evaluate {
    const range = this.compile(expression.list, scope);
    const slots: number[] = [];
    let inner = scope;
    for (const name of expression.variables) {
      const local = this.#local(name, inner);
      slots.push(local.slot);
      inner = local.inner;
    }
    const before = this.size;
    const filter = expression.filter && this.compile(expression.filter, inner);
    const body = this.compile(expression.body, inner);
    const cost = this.size - before + 1;
    this.size = before;
    const element = expression.variables.at(-1);
    const paths =
      expression.macro === 'all'
        ? references(expression.body)
            .filter(({ root }) => root === element)
            .map(({ path }) => path)
        : [];
    return loop({ macro: expression.macro, range, slots, filter, body, cost, paths });
  }

  #optionalMap(expression: ExpressionOf<'optionalMap'>, scope: Scope): Evaluate {
    const operand = this.compile(expression.operand, scope);
    const { slot, inner } = this.#local(expression.variable, scope);
    const body = this.compile(expression.body, inner);
    return (frame) => {
      const optional = operand(frame);
      if (isFailure(optional)) return optional;
      if (!(optional instanceof CelOptional)) return notOptional();
      if (optional.value === undefined) return CelOptional.none;
      frame.locals[slot] = optional.value;
      const value = body(frame);
      return expression.flat || isFailure(value) ? value : CelOptional.of(value);
    };
  }

  #block({ values, body }: ExpressionOf<'block'>, scope: Scope): Evaluate {
    let inner = scope;
    const bindings = values.map((expression, index) => {
      const value = this.compile(expression, inner);
      const local = this.#local(`@index${index}`, inner);
      inner = local.inner;
      return { slot: local.slot, value };
    });
    return bound(bindings, this.compile(body, inner));
  }
}

/** A binding that fails is a failure only of what reads it. */
function bound(bindings: readonly { readonly slot: number; readonly value: Evaluate }[], body: Evaluate): Evaluate {
  return (frame) => {
    for (const { slot, value } of bindings) frame.locals[slot] = value(frame);
    return body(frame);
  };
}

function selectFields(root: CelResult, fields: readonly string[]): CelResult {
  if (!(root instanceof JsonMap)) return fields.reduce(selectField, root);
  let json: JsonMap['json'] = root.json;
  for (const [index, field] of fields.entries()) {
    const next = Object.hasOwn(json, field) ? json[field] : undefined;
    if (next === undefined) return new CelError(`no such key: ${field}`);
    if (index === fields.length - 1) return fromJson(next);
    if (!isObject(next)) return fields.slice(index + 1).reduce(selectField, fromJson(next));
    json = next;
  }
  return root;
}

function constant(result: CelResult): Evaluate {
  return () => result;
}

function unknownName(name: string): Evaluate {
  return constant(new CelError(`there is no variable ${JSON.stringify(name)}`));
}

function notOptional(): CelError {
  return new CelError('the value is not optional');
}
