import { parseSignature, type Signature } from '../signature.ts';
import type { BinaryOperator } from '../syntax/expression.ts';

const NUMBERS = ['int', 'uint', 'double'];

function signatures(texts: readonly string[]): readonly Signature[] {
  return texts.map((text) => parseSignature(text, new Map()));
}

function ordering(): readonly Signature[] {
  const same = ['bool', 'string', 'bytes', 'timestamp', 'duration'].map((type) => `compare(${type}, ${type}): bool`);
  const mixed = NUMBERS.flatMap((a) => NUMBERS.map((b) => `compare(${a}, ${b}): bool`));
  return signatures([...mixed, ...same]);
}

const ORDERING = ordering();
const EQUALITY = signatures(['equal(T, T): bool']);

/** What the operators take (cel-spec, "List of Standard Definitions", with cel-go's comparison of different numbers). */
export const OPERATORS: Readonly<Record<BinaryOperator, readonly Signature[]>> = {
  '+': signatures([
    ...NUMBERS.map((type) => `add(${type}, ${type}): ${type}`),
    'add(string, string): string',
    'add(bytes, bytes): bytes',
    'add(list<T>, list<T>): list<T>',
    'add(timestamp, duration): timestamp',
    'add(duration, timestamp): timestamp',
    'add(duration, duration): duration',
  ]),
  '-': signatures([
    ...NUMBERS.map((type) => `subtract(${type}, ${type}): ${type}`),
    'subtract(timestamp, timestamp): duration',
    'subtract(timestamp, duration): timestamp',
    'subtract(duration, duration): duration',
  ]),
  '*': signatures(NUMBERS.map((type) => `multiply(${type}, ${type}): ${type}`)),
  '/': signatures(NUMBERS.map((type) => `divide(${type}, ${type}): ${type}`)),
  '%': signatures(['modulo(int, int): int', 'modulo(uint, uint): uint']),
  '==': EQUALITY,
  '!=': EQUALITY,
  '<': ORDERING,
  '<=': ORDERING,
  '>': ORDERING,
  '>=': ORDERING,
  in: signatures(['in(T, list<T>): bool', 'in(K, map<K,V>): bool']),
};

/** The minus sign before one value. */
export const NEGATION = signatures(['negate(int): int', 'negate(double): double']);

/** The branches of `condition ? yes : no`: of one type, or of one of which not all is known. */
export const BRANCHES = signatures(['choose(T, T): T']);
