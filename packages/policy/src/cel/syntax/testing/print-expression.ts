import { CelUint } from '../../value.ts';
import type { Expression, Literal } from '../expression.ts';

const LEVELS: Readonly<Record<string, number>> = {
  '||': 1,
  '&&': 2,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
  '%': 5,
};
const CONDITIONAL = 0;
const RELATION = 3;
const UNARY = 6;
const MEMBER = 7;

/** Text that parses to the same tree: parentheses where they are needed, and one space around operators. */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'literal':
      return printLiteral(expression.value);
    case 'identifier':
      return expression.absolute ? `.${expression.name}` : expression.name;
    case 'select': {
      const dot = expression.optional ? '.?' : '.';
      const text = `${inside(expression.operand, MEMBER)}${dot}${printField(expression.field)}`;
      return expression.test ? `has(${text})` : text;
    }
    case 'index': {
      const open = expression.optional ? '[?' : '[';
      return `${inside(expression.operand, MEMBER)}${open}${printExpression(expression.index)}]`;
    }
    case 'call':
      return `${expression.target ? `${inside(expression.target, MEMBER)}.` : ''}${expression.name}(${list(expression.args)})`;
    case 'unary':
      return `${expression.operator}${expression.operand.kind === 'unary' || startsWithNumber(expression) ? `(${printExpression(expression.operand)})` : inside(expression.operand, UNARY)}`;
    case 'binary':
      return printBinary(expression);
    case 'logic': {
      const level = LEVELS[expression.operator] ?? 0;
      return expression.terms.map((term) => inside(term, level + 1)).join(` ${expression.operator} `);
    }
    case 'conditional': {
      const { condition, yes, no } = expression;
      return `${inside(condition, 1)} ? ${inside(yes, 1)} : ${printExpression(no)}`;
    }
    case 'list':
      return `[${expression.elements.map(({ value, optional }) => `${optional ? '?' : ''}${printExpression(value)}`).join(', ')}]`;
    case 'map':
      return `{${expression.entries.map(({ key, value, optional }) => `${optional ? '?' : ''}${printExpression(key)}: ${printExpression(value)}`).join(', ')}}`;
    case 'message':
      return `${expression.name}{${expression.fields.map(({ name, value, optional }) => `${optional ? '?' : ''}${printField(name)}: ${printExpression(value)}`).join(', ')}}`;
    case 'loop': {
      const { list: target, macro, variables, filter, body } = expression;
      const args = [...variables, ...[...(filter ? [filter] : []), body].map(printExpression)];
      const name = macro === 'existsOne' && variables.length === 1 ? 'exists_one' : macro;
      return `${inside(target, MEMBER)}.${name}(${args.join(', ')})`;
    }
    case 'bind':
      return `cel.bind(${expression.variable}, ${list([expression.value, expression.body])})`;
    case 'optionalMap': {
      const { operand, flat, variable, body } = expression;
      return `${inside(operand, MEMBER)}.${flat ? 'optFlatMap' : 'optMap'}(${variable}, ${printExpression(body)})`;
    }
    case 'block':
      return `cel.block([${list(expression.values)}], ${printExpression(expression.body)})`;
  }
}

/** A row of operators of one level is printed in a loop: it may be longer than a stack is deep. */
function printBinary(expression: Expression): string {
  const parts: string[] = [];
  let current = expression;
  while (current.kind === 'binary') {
    const level = LEVELS[current.operator] ?? RELATION;
    parts.unshift(` ${current.operator} ${inside(current.right, level + 1)}`);
    if (levelOf(current.left) !== level) return inside(current.left, level) + parts.join('');
    current = current.left;
  }
  return parts.join('');
}

function list(expressions: readonly Expression[]): string {
  return expressions.map(printExpression).join(', ');
}

function inside(expression: Expression, level: number): string {
  const text = printExpression(expression);
  return levelOf(expression) < level ? `(${text})` : text;
}

function levelOf(expression: Expression): number {
  switch (expression.kind) {
    case 'conditional':
      return CONDITIONAL;
    case 'logic':
      return LEVELS[expression.operator] ?? CONDITIONAL;
    case 'binary':
      return LEVELS[expression.operator] ?? RELATION;
    case 'unary':
      return UNARY;
    default:
      return MEMBER;
  }
}

/** `-(1)` is not the literal `-1`. */
function startsWithNumber({ operand, operator }: Extract<Expression, { kind: 'unary' }>): boolean {
  return operator === '-' && /^[-.0-9]/.test(printExpression(operand));
}

function printField(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !['true', 'false', 'null', 'in'].includes(name)
    ? name
    : `\`${name}\``;
}

function printLiteral(value: Literal): string {
  if (value instanceof CelUint) return `${value.value}u`;
  if (value instanceof Uint8Array) {
    return `b"${Array.from(value, (byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')}"`;
  }
  if (typeof value === 'string') return printString(value);
  if (typeof value !== 'number') return String(value);
  const text = String(value);
  if (text === 'Infinity') return '1e999';
  if (text === '-Infinity') return '-1e999';
  return /[.e]/.test(text) ? text : Object.is(value, -0) ? '-0.0' : `${text}.0`;
}

function printString(value: string): string {
  const escaped = Array.from(value, (character) => {
    if (character === '"' || character === '\\') return `\\${character}`;
    const code = character.charCodeAt(0);
    return code < 0x20 || code === 0x7f ? `\\x${code.toString(16).padStart(2, '0')}` : character;
  });
  return `"${escaped.join('')}"`;
}
