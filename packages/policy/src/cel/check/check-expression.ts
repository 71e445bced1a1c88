import type { FunctionDeclaration } from '../function-declaration.ts';
import type { Signature } from '../signature.ts';
import type { BinaryOperator, Expression, ExpressionOf, Range } from '../syntax/expression.ts';
import { isChain } from '../syntax/parse-expression.ts';
import {
  BOOL,
  type CelType,
  DYN,
  INT,
  listType,
  mapType,
  optionalContent,
  optionalType,
  printType,
  type TypeProvider,
} from '../type.ts';
import { typeOf } from '../value.ts';
import { type CheckError, nearestHint } from './check-error.ts';
import type { Declarations } from './declarations.ts';
import { findFunction, findName, isMethod, type Locals, type Meaning } from './names.ts';
import { BRANCHES, NEGATION, OPERATORS } from './operators.ts';
import { Overloads, overloadHint, type Resolved } from './overloads.ts';
import { isAnything, type Substitution } from './substitution.ts';

export interface CheckOptions {
  readonly declarations: Declarations;
  readonly variables: ReadonlyMap<string, CelType>;
  readonly provider: TypeProvider;
  readonly container: string;
  /** False to find names only, and leave every mistake to the run, as cel-go does without a checker. */
  readonly typed: boolean;
  /**
   * Objects stand for dynamic values of which only the fields are known: the one mistake there can be is a field that does not
   * exist, as far as Kubernetes would say at all.
   */
  readonly fieldsOnly?: boolean;
}

/** What the checker found: all mistakes, the type of every part, and what names mean. */
export interface Checked {
  readonly errors: readonly CheckError[];
  readonly type: CelType;
  readonly typeOf: (expression: Expression) => CelType;
  readonly meaningOf: (expression: Expression) => Meaning | undefined;
}

/**
 * Checks the types of an expression, gradually: what is dynamic is trusted until it runs (cel-spec, langdef "Type Checking";
 * the rules of overloads and assignment are cel-go's). Never throws.
 */
export function checkExpression(expression: Expression, options: CheckOptions): Checked {
  const checker = new Checker(options);
  const type = checker.check(expression, new Map());
  return checker.result(type);
}

class Checker {
  readonly #options: CheckOptions;
  readonly #errors: CheckError[] = [];
  readonly #types = new Map<Expression, CelType>();
  readonly #meanings = new Map<Expression, Meaning>();
  readonly #overloads: Overloads;
  readonly #substitution: Substitution;

  constructor(options: CheckOptions) {
    this.#options = options;
    const { provider, fieldsOnly } = options;
    this.#overloads = new Overloads(fieldsOnly ? (a, b) => provider.join?.(a, b) : undefined);
    this.#substitution = this.#overloads.substitution;
  }

  result(type: CelType): Checked {
    const substitution = this.#substitution;
    return {
      errors: this.#errors,
      type: substitution.apply(type, DYN),
      typeOf: (expression) => substitution.apply(this.#types.get(expression) ?? DYN, DYN),
      meaningOf: (expression) => this.#meanings.get(expression),
    };
  }

  check(expression: Expression, locals: Locals): CelType {
    const type = this.#check(expression, locals);
    this.#types.set(expression, type);
    return type;
  }

  #check(expression: Expression, locals: Locals): CelType {
    switch (expression.kind) {
      case 'literal':
        return typeOf(expression.value);
      case 'identifier':
        return this.#name(expression, locals) ?? this.#unknownName(expression);
      case 'select':
        return this.#name(expression, locals) ?? this.#select(expression, locals);
      case 'index':
        return this.#index(expression, locals);
      case 'call':
        return this.#call(expression, locals);
      case 'unary':
        return this.#unary(expression, locals);
      case 'binary':
        return this.#binary(expression, locals);
      case 'logic':
        for (const term of expression.terms) this.#expect(BOOL, this.check(term, locals), term, expression.operator);
        return BOOL;
      case 'conditional': {
        this.#expect(BOOL, this.check(expression.condition, locals), expression.condition, '?:');
        const branches = [this.check(expression.yes, locals), this.check(expression.no, locals)];
        return this.#resolve(BRANCHES, branches, '?:', expression.no.range).type;
      }
      case 'list':
        return listType(this.#elements(expression.elements, locals));
      case 'map':
        return this.#map(expression, locals);
      case 'message':
        for (const { value } of expression.fields) this.check(value, locals);
        return this.#mistake(`there is no message type ${expression.name} here`, expression.range);
      case 'loop':
        return this.#loop(expression, locals);
      case 'bind': {
        const value = this.check(expression.value, locals);
        return this.check(expression.body, new Map(locals).set(expression.variable, value));
      }
      case 'optionalMap':
        return this.#optionalMap(expression, locals);
      case 'block': {
        const inner = new Map(locals);
        for (const [index, value] of expression.values.entries()) inner.set(`@index${index}`, this.check(value, inner));
        return this.check(expression.body, inner);
      }
    }
  }

  /** A variable, a type or a qualified name of them; `undefined` when there is no such name. */
  #name(expression: ExpressionOf<'identifier' | 'select'>, locals: Locals): CelType | undefined {
    const found = findName(expression, locals, this.#options);
    if (found) this.#meanings.set(expression, found.meaning);
    return found?.type;
  }

  #unknownName({ name, range }: ExpressionOf<'identifier'>): CelType {
    const candidates = this.#options.variables.keys();
    return this.#mistake(`there is no variable ${JSON.stringify(name)}`, range, nearestHint(name, candidates));
  }

  #select(expression: ExpressionOf<'select'>, locals: Locals): CelType {
    const operand = this.#applied(this.check(expression.operand, locals));
    const content = optionalContent(operand);
    const field = this.#field(this.#applied(content ?? operand), expression);
    if (expression.test) return BOOL;
    return content || expression.optional ? asOptional(field) : field;
  }

  #field(operand: CelType, { field, fieldRange }: ExpressionOf<'select'>): CelType {
    switch (operand.kind) {
      case 'map':
        return operand.value;
      case 'object': {
        const type = this.#options.provider.field(operand.name, field);
        if (type) return type;
        const fields = this.#options.provider.fieldNames(operand.name);
        if (!fields) return DYN;
        const message = `${operand.name} has no field ${JSON.stringify(field)}`;
        return this.#mistake(message, fieldRange, { ...nearestHint(field, fields), ofField: true });
      }
      case 'dyn':
      case 'error':
      case 'parameter':
        return DYN;
      default: {
        const message = `a ${printType(operand)} has no fields, so no ${JSON.stringify(field)} either`;
        return this.#mistake(message, fieldRange, { ofField: true });
      }
    }
  }

  #index(expression: ExpressionOf<'index'>, locals: Locals): CelType {
    const operand = this.#applied(this.check(expression.operand, locals));
    const index = this.check(expression.index, locals);
    const content = optionalContent(operand);
    const element = this.#element(this.#applied(content ?? operand), index, expression);
    // Of what is dynamic cel-go finds several overloads, and so knows no type.
    if (expression.optional && isAnything(operand)) return DYN;
    return content || expression.optional ? asOptional(element) : element;
  }

  #element(operand: CelType, index: CelType, expression: ExpressionOf<'index'>): CelType {
    if (operand.kind === 'list') {
      this.#expect(INT, index, expression.index, 'the index of a list');
      return operand.element;
    }
    if (operand.kind === 'map') {
      this.#expect(operand.key, index, expression.index, 'a key of the map');
      return operand.value;
    }
    if (isAnything(operand) || operand.kind === 'parameter') return DYN;
    if (operand.kind === 'object') {
      const field = expression.index.kind === 'literal' ? expression.index.value : undefined;
      return (typeof field === 'string' && this.#options.provider.field(operand.name, field)) || DYN;
    }
    const message = `a ${printType(operand)} has no elements, only lists and maps have`;
    return this.#mistake(message, expression.range);
  }

  #unary(expression: ExpressionOf<'unary'>, locals: Locals): CelType {
    const operand = this.check(expression.operand, locals);
    if (expression.operator === '-') return this.#resolve(NEGATION, [operand], '-', expression.range).type;
    this.#expect(BOOL, operand, expression.operand, '!');
    return BOOL;
  }

  /** A row of operators of one level in a loop: it may be longer than a stack is deep. */
  #binary(expression: ExpressionOf<'binary'>, locals: Locals): CelType {
    const row: ExpressionOf<'binary'>[] = [expression];
    let first = expression.left;
    while (first.kind === 'binary' && isChain(first, row.at(-1)?.operator ?? first.operator)) {
      row.push(first);
      first = first.left;
    }
    let type = this.check(first, locals);
    for (const node of row.reverse()) {
      const right = this.check(node.right, locals);
      type = this.#operate(node.operator, type, right, node.operatorRange);
      this.#types.set(node, type);
    }
    return type;
  }

  #operate(operator: BinaryOperator, left: CelType, right: CelType, range: Range): CelType {
    return this.#resolve(OPERATORS[operator], [left, right], operator, range).type;
  }

  #call(expression: ExpressionOf<'call'>, locals: Locals): CelType {
    const { target, name, args, nameRange } = expression;
    const namespaced = findFunction(expression, locals, this.#options);
    const types = args.map((argument) => this.check(argument, locals));
    if (namespaced) return this.#resolveCall(expression, namespaced.overloads, types, false, namespaced.name);
    if (!target) return this.#unknownFunction('function', name, nameRange);
    const receiver = this.check(target, locals);
    const methods = (this.#options.declarations.functions.get(name) ?? []).filter(isMethod);
    if (methods.length === 0) return this.#unknownFunction('method', name, nameRange);
    return this.#resolveCall(expression, methods, [receiver, ...types], true, name);
  }

  #unknownFunction(style: Signature['style'], name: string, range: Range): CelType {
    const { functions } = this.#options.declarations;
    const names = [...functions].filter(([, list]) => list.some((one) => one.style === style)).map(([key]) => key);
    return this.#mistake(`there is no ${style} ${name}()`, range, nearestHint(name, names));
  }

  #resolveCall(
    expression: ExpressionOf<'call'>,
    all: readonly FunctionDeclaration[],
    args: readonly CelType[],
    method: boolean,
    name: string,
  ): CelType {
    const { overloads, type } = this.#resolve(all, args, `${name}()`, expression.nameRange);
    this.#meanings.set(expression, { kind: 'call', overloads, method });
    return type;
  }

  /** The overloads that fit the arguments, and what they return; an error when there is none. */
  #resolve<One extends Signature>(
    all: readonly One[],
    args: readonly CelType[],
    name: string,
    range: Range,
  ): Resolved<One> {
    const resolved = this.#overloads.resolve(all, args);
    if (resolved) return resolved;
    const written = args.map((argument) => printType(this.#substitution.apply(argument, DYN)));
    const hint = overloadHint(all, args.length);
    const error = this.#mistake(`no overload of ${name} takes (${written.join(', ')})`, range, hint);
    return { overloads: all, type: error };
  }

  #elements(elements: ExpressionOf<'list'>['elements'], locals: Locals): CelType {
    let joined: CelType | undefined;
    for (const { value, optional } of elements) {
      const type = this.check(value, locals);
      const content = optional ? this.#optionalElement(type, value) : type;
      joined = joined ? this.#join(joined, content) : content;
    }
    return joined ?? this.#overloads.freshParameter();
  }

  #map(expression: ExpressionOf<'map'>, locals: Locals): CelType {
    let key: CelType | undefined;
    let value: CelType | undefined;
    for (const entry of expression.entries) {
      const written = this.check(entry.key, locals);
      key = key ? this.#join(key, written) : written;
      const type = this.check(entry.value, locals);
      const content = entry.optional ? this.#optionalElement(type, entry.value) : type;
      value = value ? this.#join(value, content) : content;
    }
    return mapType(
      key ? keyType(this.#applied(key)) : this.#overloads.freshParameter(),
      value ?? this.#overloads.freshParameter(),
    );
  }

  #optionalElement(type: CelType, { range }: Expression): CelType {
    const applied = this.#applied(type);
    if (isAnything(applied) || applied.kind === 'parameter') return DYN;
    const message = `an entry with "?" must be optional, but this is ${printType(applied)}`;
    return optionalContent(applied) ?? this.#mistake(message, range);
  }

  #loop(expression: ExpressionOf<'loop'>, locals: Locals): CelType {
    const { macro, list, variables, filter, body } = expression;
    const range = this.#applied(this.check(list, locals));
    const [key, value] = this.#rangeTypes(range, list);
    const [first = '', second] = variables;
    const inner = new Map(locals).set(first, second === undefined && range.kind !== 'map' ? value : key);
    if (second !== undefined) inner.set(second, value);
    if (filter) this.#expect(BOOL, this.check(filter, inner), filter, `the condition of ${macro}()`);
    const result = this.check(body, inner);
    switch (macro) {
      case 'all':
      case 'exists':
      case 'existsOne':
        this.#expect(BOOL, result, body, `the condition of ${macro}()`);
        return BOOL;
      case 'filter':
        this.#expect(BOOL, result, body, 'the condition of filter()');
        return listType(range.kind === 'map' ? key : value);
      case 'sortBy':
        return isAnything(range) ? DYN : listType(value);
      case 'map':
      case 'transformList':
        return listType(result);
      case 'transformMap':
        return mapType(key, result);
      case 'transformMapEntry': {
        const entry = this.#applied(result);
        if (entry.kind === 'map' || isAnything(entry)) return entry.kind === 'map' ? entry : mapType(DYN, DYN);
        return this.#mistake(`transformMapEntry() gives a map, but this is ${printType(entry)}`, body.range);
      }
    }
  }

  /** Of a list the index and the element, of a map the key and the value. */
  #rangeTypes(range: CelType, { range: place }: Expression): readonly [CelType, CelType] {
    if (range.kind === 'list') return [INT, range.element];
    if (range.kind === 'map') return [range.key, range.value];
    if (isAnything(range) || range.kind === 'parameter') return [DYN, DYN];
    if (range.kind === 'object') return [DYN, DYN];
    const error = this.#mistake(`a ${printType(range)} has no elements to go through, only lists and maps have`, place);
    return [error, error];
  }

  #optionalMap(expression: ExpressionOf<'optionalMap'>, locals: Locals): CelType {
    const operand = this.#applied(this.check(expression.operand, locals));
    const content = isAnything(operand) ? DYN : optionalContent(operand);
    const name = expression.flat ? 'optFlatMap' : 'optMap';
    if (!content)
      this.#mistake(`${name}() needs an optional, but this is ${printType(operand)}`, expression.operand.range);
    const body = this.check(expression.body, new Map(locals).set(expression.variable, content ?? DYN));
    if (!expression.flat) return optionalType(body);
    const applied = this.#applied(body);
    if (isAnything(applied) || optionalContent(applied)) return applied;
    return this.#mistake(`optFlatMap() gives an optional, but this is ${printType(applied)}`, expression.body.range);
  }

  #join(a: CelType, b: CelType): CelType {
    return this.#substitution.join(this.#applied(a), this.#applied(b));
  }

  #applied(type: CelType): CelType {
    return this.#substitution.apply(type);
  }

  #expect(wanted: CelType, found: CelType, { range }: Expression, where: string): void {
    if (this.#substitution.assign(found, wanted)) return;
    this.#mistake(`${where} takes ${printType(wanted)}, but this is ${printType(this.#applied(found))}`, range);
  }

  #mistake(message: string, range: Range, more: Pick<CheckError, 'hint' | 'ofField'> = {}): CelType {
    const { typed, fieldsOnly } = this.#options;
    if (typed && (!fieldsOnly || more.ofField)) this.#errors.push({ message, range, ...more });
    return { kind: 'error' };
  }
}

/** What no map can have as a key fails when it runs; kept out of types, which could else double at each nesting. */
function keyType(type: CelType): CelType {
  return ['bool', 'int', 'parameter', 'string', 'uint'].includes(type.kind) ? type : DYN;
}

/** `a.?b` of an optional stays one optional. */
function asOptional(type: CelType): CelType {
  return optionalContent(type) ? type : optionalType(type);
}
