import { compile } from '../../compile.ts';
import { celEquals } from '../../equality.ts';
import type { FunctionDeclaration, FunctionLibrary } from '../../function-declaration.ts';
import { encodersLibrary } from '../../libraries/encoders-library.ts';
import { listsLibrary } from '../../libraries/lists/lists-library.ts';
import { setsLibrary } from '../../libraries/lists/sets-library.ts';
import { mathLibrary } from '../../libraries/math-library.ts';
import { regexLibrary } from '../../libraries/regex/regex-library.ts';
import { stringsLibrary } from '../../libraries/strings/strings-library.ts';
import type { Compilation, Evaluation } from '../../program.ts';
import { STANDARD_LIBRARY } from '../../standard/standard-library.ts';
import type { CelType } from '../../type.ts';
import { CelError, type CelValue, typeNameOf } from '../../value.ts';
import type { ConformanceCase } from './conformance-cases.ts';
import { comparable, readType, readValue, type SuiteValue } from './read-value.ts';

const LIBRARIES: readonly FunctionLibrary[] = [
  ...STANDARD_LIBRARY,
  stringsLibrary,
  mathLibrary,
  encodersLibrary,
  listsLibrary,
  setsLibrary,
  regexLibrary,
];

type Test = ConformanceCase['test'];

/**
 * Runs a case.
 *
 * @returns why it fails; `undefined` when it passes. Where an error is expected, one that is found before the run will do.
 */
export function failureOf({ test }: ConformanceCase): string | undefined {
  const compilation = compileTest(test);
  const expected = test.resultMatcher;
  if (compilation.kind === 'error') {
    return expected.case === 'evalError' ? undefined : `is refused: ${compilation.message}`;
  }
  if (expected.case === 'typedResult') {
    const { deducedType, result } = expected.value;
    const [deduced, wanted] = [comparable(compilation.program.type), comparable(readType(deducedType))];
    if (deduced !== wanted) return `has the type ${deduced}, not ${wanted}`;
    return test.checkOnly || !result ? undefined : difference(run(compilation, test), result);
  }
  if (test.checkOnly) return undefined;
  const evaluation = run(compilation, test);
  if (expected.case === 'evalError') return evaluation.kind === 'error' ? undefined : `gives ${shown(evaluation)}`;
  if (expected.case === 'value') return difference(evaluation, expected.value);
  if (expected.case === undefined)
    return evaluation.kind === 'value' && evaluation.content === true ? undefined : `gives ${shown(evaluation)}`;
  return `expects ${expected.case}, which no case did when this was written`;
}

function compileTest(test: Test): Compilation {
  const types = new Map<string, CelType>();
  for (const { name, declKind } of test.typeEnv) {
    if (declKind.case === 'ident') types.set(name, readType(declKind.value.type));
  }
  return compile(test.expr, {
    variables: [...new Set([...types.keys(), ...Object.keys(test.bindings)])],
    types,
    records: new Map(),
    libraries: [...LIBRARIES, declaredLibrary(test)],
    container: test.container,
    unchecked: test.disableCheck,
    blocks: true,
    literals: 'any',
    result: 'any',
  });
}

/** Functions that only the case declares; none of them is ever called. */
function declaredLibrary({ typeEnv }: Test): FunctionLibrary {
  const functions = typeEnv.flatMap(({ name, declKind }): FunctionDeclaration[] => {
    if (declKind.case !== 'function') return [];
    return declKind.value.overloads.map(({ overloadId, params, resultType, isInstanceFunction }) => ({
      name,
      style: isInstanceFunction ? 'method' : 'function',
      parameters: params.map(readType),
      variadic: false,
      result: readType(resultType),
      text: overloadId,
      evaluate: () => new CelError(`${name}() is only declared`),
      cost: undefined,
    }));
  });
  return { name: 'declared by the case', functions, types: [] };
}

function run(compilation: Extract<Compilation, { kind: 'program' }>, { bindings }: Test): Evaluation {
  return compilation.program.evaluate(
    (name) => {
      const bound = Object.hasOwn(bindings, name) ? bindings[name]?.kind : undefined;
      return bound?.case === 'value' ? { kind: 'value', content: readValue(bound.value) } : undefined;
    },
    { remaining: 10_000_000 },
  );
}

function difference(evaluation: Evaluation, expected: SuiteValue): string | undefined {
  if (evaluation.kind !== 'value') return `gives ${shown(evaluation)}`;
  const value = readValue(expected);
  const bothNaN = Number.isNaN(value) && Number.isNaN(evaluation.content);
  if (bothNaN || (typeNameOf(value) === typeNameOf(evaluation.content) && celEquals(value, evaluation.content)))
    return undefined;
  return `gives ${shown(evaluation)}, not ${print(value)}`;
}

function shown(evaluation: Evaluation): string {
  if (evaluation.kind === 'value') return print(evaluation.content);
  return evaluation.kind === 'unknown' ? `unknown: ${evaluation.reason}` : `${evaluation.kind}: ${evaluation.message}`;
}

function print(value: CelValue): string {
  const text = JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? `${part}` : part));
  return `${typeNameOf(value)} ${text}`;
}
