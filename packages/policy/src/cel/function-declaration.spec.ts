import { describe, expect, it } from 'vitest';
import { library } from './function-declaration.ts';
import { parseSignature } from './signature.ts';
import { opaqueType, printType } from './type.ts';
import { ArrayList, CelError, CelOpaque } from './value.ts';

const POINT = opaqueType('test.Point');
class Point extends CelOpaque {
  readonly type = POINT;
  readonly x: bigint;

  constructor(x: bigint) {
    super();
    this.x = x;
  }

  equals(other: CelOpaque): boolean {
    return other instanceof Point && other.x === this.x;
  }
}

describe('a library', () => {
  const points = library('points', {
    types: { Point: { type: POINT, class: Point } },
    functions: {
      'point(int): Point': (x) => (x < 0n ? new CelError('a point is not negative') : new Point(x)),
      'Point.plus(Point): Point': { evaluate: (a, b) => new Point(a.x + b.x), cost: () => 5 },
      'points.of(...int): list<Point>': (...xs) => new ArrayList(xs.map((x) => new Point(x))),
      'T.or(T): T': (value) => value,
    },
  });

  it('has its functions by name, style and types', () => {
    expect(
      points.functions.map(({ name, style, parameters, result, variadic }) => [
        `${style} ${name}(${parameters.map(printType).join(', ')}): ${printType(result)}`,
        variadic,
      ]),
    ).toEqual([
      ['function point(int): test.Point', false],
      ['method plus(test.Point, test.Point): test.Point', false],
      ['function points.of(int): list(test.Point)', true],
      ['method or(T, T): T', false],
    ]);
    expect(points.types).toEqual([POINT]);
  });

  it('calls what was declared', () => {
    const [make, plus] = points.functions;
    expect(plus?.evaluate(new Point(1n), new Point(2n))).toMatchObject({ x: 3n });
    expect(plus?.cost?.()).toBe(5);
    expect(make?.evaluate(-1n)).toBeInstanceOf(CelError);
  });
});

describe('a signature', () => {
  it.each([
    ['f(): dyn', 'f(): dyn'],
    ['map<string,list<T>>.f(map<K,V>): type<T>', 'f(map(string, list(T)), map(K, V)): type(T)'],
    ['optional<T>.or(optional<T>): optional<T>', 'or(optional_type(T), optional_type(T)): optional_type(T)'],
  ])('%s', (text, expected) => {
    const { name, parameters, result } = parseSignature(text, new Map());
    expect(`${name}(${parameters.map(printType).join(', ')}): ${printType(result)}`).toBe(expected);
  });

  it.each(['f', 'f()', 'f(strang): int', 'f(list<string): int', 'f(map<string>): int'])('%s is none', (text) => {
    expect(() => parseSignature(text, new Map())).toThrow(/not a signature/);
  });
});
