import { celCompare, numberOf } from '../equality.ts';
import { type FunctionDeclaration, type FunctionLibrary, library } from '../function-declaration.ts';
import { parseSignature } from '../signature.ts';
import { CelError, type CelResult, CelUint, type CelValue } from '../value.ts';
import { elementsOf } from './elements.ts';
import { listOverloads } from './lists/list-overloads.ts';

/** Half away from zero, as Go's math.Round; JavaScript rounds -2.5 to -2. */
function round(double: number): number {
  if (!Number.isFinite(double)) return double;
  const whole = Math.trunc(double);
  const rounded = Math.abs(double - whole) >= 0.5 ? whole + Math.sign(double) : whole;
  return rounded === 0 && double < 0 ? -0 : rounded;
}

const uint = (value: bigint): CelUint => new CelUint(BigInt.asUintN(64, value));

/** Shifts by 64 bits or more leave nothing. */
function shift(name: string, bits: bigint, apply: (bits: bigint) => bigint): bigint | CelError {
  if (bits < 0n) return new CelError(`math.${name}() negative offset: ${bits}`);
  return bits >= 64n ? 0n : apply(bits);
}

function unsigned(result: bigint | CelError): CelUint | CelError {
  return result instanceof CelError ? result : uint(result);
}

/** The first of the numbers that no other is beyond. */
function extreme(name: string, numbers: readonly CelValue[], direction: 1 | -1): CelResult {
  let best: CelValue | undefined;
  for (const number of numbers) {
    if (numberOf(number) === undefined) return new CelError(`no such overload: math.${name}()`);
    const order = best === undefined ? -direction : celCompare(best, number);
    if (Number.isNaN(order)) return new CelError(`NaN values cannot be ordered: math.${name}()`);
    if ((order ?? 0) * direction < 0) best = number;
  }
  return best ?? new CelError(`math.${name}(list) argument must not be empty`);
}

const NUMBERS = ['int', 'uint', 'double'];

/**
 * `math.least` and `math.greatest` of one number, two of any types, more of any types, or a list. They are macros in cel-go,
 * and so is the type of the result: that of the arguments where they have one type.
 */
function extremes(name: 'least' | 'greatest', direction: 1 | -1): FunctionDeclaration[] {
  const ofTwo = NUMBERS.flatMap((a) => NUMBERS.map((b) => [`${a}, ${b}`, a === b ? a : 'dyn']));
  const shapes = [...NUMBERS.map((type) => [type, type]), ...ofTwo, ['dyn, dyn, dyn, ...dyn', 'dyn']];
  const ofNumbers = shapes.map(([parameters, result]) => ({
    ...parseSignature(`math.${name}(${parameters}): ${result}`, new Map()),
    evaluate: (...numbers: readonly CelValue[]) => extreme(name, numbers, direction),
    cost: (...numbers: readonly CelValue[]) => numbers.length,
  }));
  const ofLists = listOverloads(NUMBERS, (type) => `math.${name}(list<${type}>): ${type}`, {
    evaluate: (list) => extreme(name, elementsOf(list), direction),
    cost: (list) => list.size,
  });
  return [...ofNumbers, ...ofLists];
}

const math = library('math', {
  functions: {
    'math.ceil(double): double': Math.ceil,
    'math.floor(double): double': Math.floor,
    'math.round(double): double': round,
    'math.trunc(double): double': Math.trunc,
    'math.isInf(double): bool': (x) => x === Number.POSITIVE_INFINITY || x === Number.NEGATIVE_INFINITY,
    'math.isNaN(double): bool': Number.isNaN,
    'math.isFinite(double): bool': Number.isFinite,
    'math.abs(double): double': Math.abs,
    'math.abs(int): int': (x) => (x === -(2n ** 63n) ? new CelError('integer overflow') : x < 0n ? -x : x),
    'math.abs(uint): uint': (x) => x,
    'math.sign(double): double': (x) => (x === 0 ? 0 : Math.sign(x)),
    'math.sign(int): int': (x) => (x === 0n ? 0n : x < 0n ? -1n : 1n),
    'math.sign(uint): uint': (x) => uint(x.value === 0n ? 0n : 1n),
    'math.sqrt(double): double': Math.sqrt,
    'math.sqrt(int): double': (x) => Math.sqrt(Number(x)),
    'math.sqrt(uint): double': (x) => Math.sqrt(Number(x.value)),
    'math.bitAnd(int, int): int': (a, b) => a & b,
    'math.bitAnd(uint, uint): uint': (a, b) => uint(a.value & b.value),
    'math.bitOr(int, int): int': (a, b) => a | b,
    'math.bitOr(uint, uint): uint': (a, b) => uint(a.value | b.value),
    'math.bitXor(int, int): int': (a, b) => a ^ b,
    'math.bitXor(uint, uint): uint': (a, b) => uint(a.value ^ b.value),
    'math.bitNot(int): int': (a) => ~a,
    'math.bitNot(uint): uint': (a) => uint(~a.value),
    'math.bitShiftLeft(int, int): int': (a, bits) => shift('bitShiftLeft', bits, (by) => BigInt.asIntN(64, a << by)),
    'math.bitShiftLeft(uint, int): uint': (a, bits) => unsigned(shift('bitShiftLeft', bits, (by) => a.value << by)),
    // The sign is no sign here: zeros come in from the left, as in cel-go.
    'math.bitShiftRight(int, int): int': (a, bits) =>
      shift('bitShiftRight', bits, (by) => BigInt.asIntN(64, BigInt.asUintN(64, a) >> by)),
    'math.bitShiftRight(uint, int): uint': (a, bits) => unsigned(shift('bitShiftRight', bits, (by) => a.value >> by)),
  },
});

/** cel-go's math library (ext/math.go). */
export const mathLibrary: FunctionLibrary = {
  name: 'cel.lib.ext.math',
  functions: [...extremes('least', -1), ...extremes('greatest', 1), ...math.functions],
  types: [],
};
