import type { BinaryOperator, Expression, ListElement, Literal, MapEntry, MessageField, Range } from './expression.ts';
import { childrenOf } from './expression.ts';
import { macroOf } from './macros.ts';
import { SyntaxFailure } from './syntax-error.ts';
import { type Token, tokenize } from './tokenize.ts';

/**
 * Deeper expressions are refused: evaluation recurses, and how deep a stack goes differs between machines, while a
 * verdict must not. cel-go allows 250.
 */
export const MAXIMUM_DEPTH = 400;
/** UTF-16 code units. */
const MAXIMUM_LENGTH = 1_000_000;

export type Parsed =
  | { readonly kind: 'expression'; readonly expression: Expression }
  | { readonly kind: 'error'; readonly message: string; readonly hint: string | undefined; readonly range: Range };

type Shape<Node extends Expression = Expression> = Node extends Expression ? Omit<Node, 'range' | 'depth'> : never;

const RESERVED = new Set(
  'as break const continue else for function if import let loop package namespace return var void while'.split(' '),
);
const LEVELS: ReadonlyMap<string, number> = new Map([
  ['||', 1],
  ['&&', 2],
  ...['<', '<=', '>', '>=', '==', '!=', 'in'].map((operator) => [operator, 3] as const),
  ['+', 4],
  ['-', 4],
  ['*', 5],
  ['/', 5],
  ['%', 5],
]);

/**
 * Parses an expression of CEL with its macros (cel-spec, langdef "Syntax"). Never throws: what is no CEL is an error with its range.
 *
 * @param options.blocks whether `cel.block` and its like are known, for cel-go's own test data
 */
export function parseExpression(source: string, options: { readonly blocks?: boolean } = {}): Parsed {
  if (source.length > MAXIMUM_LENGTH) {
    const range = { start: 0, end: source.length };
    return { kind: 'error', message: 'the expression is too large', hint: undefined, range };
  }
  try {
    const parser = new Parser(tokenize(source), options.blocks === true);
    return { kind: 'expression', expression: parser.parse() };
  } catch (error) {
    if (!(error instanceof SyntaxFailure)) throw error;
    return { kind: 'error', message: error.message, hint: error.hint, range: error.range };
  }
}

/** Recursive descent; operators by their level. */
class Parser {
  readonly #tokens: readonly Token[];
  readonly #blocks: boolean;
  #position = 0;
  #nesting = 0;

  constructor(tokens: readonly Token[], blocks: boolean) {
    this.#tokens = tokens;
    this.#blocks = blocks;
  }

  parse(): Expression {
    const expression = this.#expression();
    if (this.#next.kind !== 'end') throw this.#unexpected('an operator or the end');
    return expression;
  }

  get #next(): Token {
    const token = this.#tokens[this.#position] ?? this.#tokens.at(-1);
    if (!token) throw new Error('there is always a token: the end');
    return token;
  }

  #take(): Token {
    const token = this.#next;
    this.#position += 1;
    return token;
  }

  #isNext(operator: string): boolean {
    const { kind, text } = this.#next;
    return kind === 'operator' && text === operator;
  }

  #takeIf(operator: string): boolean {
    const found = this.#isNext(operator);
    if (found) this.#position += 1;
    return found;
  }

  #expect(operator: string, open?: Token): Token {
    if (this.#isNext(operator)) return this.#take();
    const opened = open && `${JSON.stringify(open.text)} opens at character ${open.start + 1}`;
    throw this.#unexpected(JSON.stringify(operator), opened);
  }

  #unexpected(wanted: string, hint?: string): SyntaxFailure {
    const token = this.#next;
    if (token.kind === 'end') return new SyntaxFailure(`the expression ends where ${wanted} is expected`, token, hint);
    const found = JSON.stringify(token.text.length > 40 ? `${token.text.slice(0, 40)}…` : token.text);
    return new SyntaxFailure(`expected ${wanted}, but found ${found}`, token, hint);
  }

  #expression(): Expression {
    this.#nesting += 1;
    if (this.#nesting > MAXIMUM_DEPTH) throw tooDeep(this.#next);
    const condition = this.#binary(1);
    let result = condition;
    if (this.#takeIf('?')) {
      const yes = this.#binary(1);
      this.#expect(':');
      const no = this.#expression();
      result = node({ kind: 'conditional', condition, yes, no }, { start: condition.range.start, end: no.range.end });
    }
    this.#nesting -= 1;
    return result;
  }

  #binary(level: number): Expression {
    let left = this.#unary();
    for (;;) {
      const operator = this.#next;
      const found = operator.kind === 'operator' ? LEVELS.get(operator.text) : undefined;
      if (found === undefined || found < level) return left;
      if (operator.text === '&&' || operator.text === '||') {
        left = this.#logic(left, operator.text, found);
        continue;
      }
      this.#position += 1;
      const right = this.#binary(found + 1);
      const range = { start: left.range.start, end: right.range.end };
      const operatorRange = { start: operator.start, end: operator.end };
      left = node({ kind: 'binary', operator: binaryOperator(operator), operatorRange, left, right }, range);
    }
  }

  /** All terms of one operator in a row. */
  #logic(first: Expression, operator: '&&' | '||', level: number): Expression {
    const terms = first.kind === 'logic' && first.operator === operator ? [...first.terms] : [first];
    while (this.#takeIf(operator)) terms.push(this.#binary(level + 1));
    const end = terms.at(-1)?.range.end ?? first.range.end;
    return node({ kind: 'logic', operator, terms }, { start: first.range.start, end });
  }

  /** Signs in a row cancel each other out, as in cel-go. */
  #unary(): Expression {
    const start = this.#next;
    const operator = this.#isNext('!') ? '!' : this.#isNext('-') ? '-' : undefined;
    if (!operator) return this.#member();
    let count = 0;
    while (this.#takeIf(operator)) count += 1;
    const { value } = this.#next;
    const negative = operator === '-' && (typeof value === 'bigint' || typeof value === 'number');
    if (negative && count === 1) return this.#members(this.#negativeLiteral(start));
    const operand = this.#isNext('!') || this.#isNext('-') ? this.#nestedUnary() : this.#member();
    if (count % 2 === 0) return operand;
    return node({ kind: 'unary', operator, operand }, { start: start.start, end: operand.range.end });
  }

  #nestedUnary(): Expression {
    this.#nesting += 1;
    if (this.#nesting > MAXIMUM_DEPTH) throw tooDeep(this.#next);
    const operand = this.#unary();
    this.#nesting -= 1;
    return operand;
  }

  #negativeLiteral(minus: Token): Expression {
    const token = this.#take();
    const value = typeof token.value === 'bigint' || typeof token.value === 'number' ? -token.value : null;
    return node({ kind: 'literal', value }, { start: minus.start, end: token.end });
  }

  #member(): Expression {
    return this.#members(this.#primary());
  }

  /** Fields, indexes and method calls after a value. */
  #members(first: Expression): Expression {
    let operand = first;
    for (;;) {
      const token = this.#next;
      if (this.#takeIf('.')) operand = this.#afterDot(operand);
      else if (this.#takeIf('[')) {
        const optional = this.#takeIf('?');
        const index = this.#expression();
        const { end } = this.#expect(']', token);
        operand = node({ kind: 'index', operand, index, optional }, { start: operand.range.start, end });
      } else if (this.#isNext('{')) {
        const name = messageName(operand);
        if (name === undefined) return operand;
        operand = this.#message(name, operand.range.start);
      } else return operand;
    }
  }

  #afterDot(operand: Expression): Expression {
    const optional = this.#takeIf('?');
    const name = this.#take();
    if (name.kind !== 'identifier' && name.kind !== 'quoted') {
      this.#position -= 1;
      throw this.#unexpected('the name of a field', 'keys that are no names are written in brackets: a["b-c"]');
    }
    const nameRange = { start: name.start, end: name.end };
    if (!optional && name.kind === 'identifier' && this.#isNext('(')) {
      return this.#call(operand, name.text, nameRange, operand.range.start);
    }
    const range = { start: operand.range.start, end: name.end };
    return node({ kind: 'select', operand, field: name.text, fieldRange: nameRange, optional, test: false }, range);
  }

  #call(target: Expression | undefined, name: string, nameRange: Range, start: number): Expression {
    const open = this.#take();
    const args = this.#separated(')', open, () => this.#expression(), false);
    const range = { start, end: this.#end };
    const call = { kind: 'call', target, name, nameRange, args } as const;
    return node(macroOf(call, range, this.#blocks) ?? call, range);
  }

  #primary(): Expression {
    const token = this.#take();
    if (token.kind === 'literal') {
      return node({ kind: 'literal', value: literal(token) }, { start: token.start, end: token.end });
    }
    if (token.kind === 'identifier') return this.#identifier(token, token.start, false);
    if (token.kind === 'operator') {
      if (token.text === '.' && this.#next.kind === 'identifier')
        return this.#identifier(this.#take(), token.start, true);
      if (token.text === '(') {
        const inner = this.#expression();
        this.#expect(')', token);
        return inner;
      }
      if (token.text === '[') return this.#list(token);
      if (token.text === '{') return this.#map(token);
    }
    this.#position -= 1;
    throw this.#unexpected('a value');
  }

  #identifier(token: Token, start: number, absolute: boolean): Expression {
    if (RESERVED.has(token.text)) {
      throw new SyntaxFailure(`${JSON.stringify(token.text)} is a reserved word, which no variable can have`, token);
    }
    const range = { start: token.start, end: token.end };
    if (this.#isNext('(')) return this.#call(undefined, absolute ? `.${token.text}` : token.text, range, start);
    return node({ kind: 'identifier', name: token.text, absolute }, { start, end: token.end });
  }

  #list(open: Token): Expression {
    const elements = this.#separated(']', open, (): ListElement => {
      const optional = this.#takeIf('?');
      return { value: this.#expression(), optional };
    });
    return node({ kind: 'list', elements }, { start: open.start, end: this.#end });
  }

  #map(open: Token): Expression {
    const entries = this.#separated('}', open, (): MapEntry => {
      const optional = this.#takeIf('?');
      const key = this.#expression();
      this.#expect(':');
      return { key, value: this.#expression(), optional };
    });
    return node({ kind: 'map', entries }, { start: open.start, end: this.#end });
  }

  #message(name: string, start: number): Expression {
    const open = this.#take();
    const fields = this.#separated('}', open, (): MessageField => {
      const optional = this.#takeIf('?');
      const field = this.#take();
      if (field.kind !== 'identifier' && field.kind !== 'quoted') {
        this.#position -= 1;
        throw this.#unexpected('the name of a field');
      }
      this.#expect(':');
      return { name: field.text, range: { start: field.start, end: field.end }, value: this.#expression(), optional };
    });
    return node({ kind: 'message', name, fields }, { start, end: this.#end });
  }

  /** Reads up to the closing bracket; literals may end with a comma, calls may not. */
  #separated<T>(close: string, open: Token, read: () => T, trailingComma = true): readonly T[] {
    const items: T[] = [];
    while (!this.#isNext(close)) {
      items.push(read());
      if (!this.#takeIf(',')) break;
      if (!trailingComma && this.#isNext(close)) throw this.#unexpected('a value');
    }
    this.#expect(close, open);
    return items;
  }

  /** Where the token before ends. */
  get #end(): number {
    return this.#tokens[this.#position - 1]?.end ?? 0;
  }
}

function node(shape: Shape, range: Range): Expression {
  const made: Expression = { ...shape, range, depth: 0 };
  const depth = depthOf(made);
  if (depth > MAXIMUM_DEPTH) throw tooDeep(range);
  return { ...made, depth };
}

/** Sums and the like in a row are evaluated in a row: only what they hold goes deeper. */
function depthOf(expression: Expression): number {
  if (expression.kind === 'binary' && isChain(expression.left, expression.operator)) {
    return Math.max(expression.left.depth, expression.right.depth + 1);
  }
  let deepest = 0;
  for (const { depth } of childrenOf(expression)) if (depth > deepest) deepest = depth;
  return deepest + 1;
}

/** Whether the left side of an operator is evaluated in the same row as the operator itself. */
export function isChain(left: Expression, operator: BinaryOperator): boolean {
  return left.kind === 'binary' && LEVELS.get(left.operator) === LEVELS.get(operator) && operator !== 'in';
}

function tooDeep(range: Range): SyntaxFailure {
  const { start, end } = range;
  return new SyntaxFailure(`the expression is nested deeper than ${MAXIMUM_DEPTH} levels`, { start, end });
}

function literal({ value, start, end }: Token): Literal {
  if (value === undefined) throw new Error('a literal has a value');
  if (value === 2n ** 63n) throw new SyntaxFailure(`${value} does not fit into 64 bits`, { start, end });
  return value;
}

/** `a.b.C` of a message that is made, as it is written. */
function messageName(expression: Expression): string | undefined {
  const names: string[] = [];
  let current = expression;
  while (current.kind === 'select' && !current.optional && !current.test) {
    names.unshift(current.field);
    current = current.operand;
  }
  if (current.kind !== 'identifier') return undefined;
  return [current.absolute ? `.${current.name}` : current.name, ...names].join('.');
}

function binaryOperator({ text }: Token): BinaryOperator {
  switch (text) {
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
    case 'in':
      return text;
    default:
      throw new Error(`${text} is not an operator between two values`);
  }
}
