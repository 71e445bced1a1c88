import { describe, expect, it } from 'vitest';
import { celValue } from '../cel-input.ts';
import { compile } from '../compile.ts';
import { STANDARD_LIBRARY } from '../standard/standard-library.ts';
import { type CelType, printType } from '../type.ts';
import { encodersLibrary } from './encoders-library.ts';
import { listsLibrary } from './lists/lists-library.ts';
import { setsLibrary } from './lists/sets-library.ts';
import { mathLibrary } from './math-library.ts';
import { regexLibrary } from './regex/regex-library.ts';
import { stringsLibrary } from './strings/strings-library.ts';
import { canonical } from './testing/canonical.ts';
import { differencesToOracle, type OracleCase, oracleCases, oracleObject } from './testing/oracle-cases.ts';

const EXTENSIONS = [
  ...STANDARD_LIBRARY,
  stringsLibrary,
  mathLibrary,
  encodersLibrary,
  listsLibrary,
  setsLibrary,
  regexLibrary,
];

const object = oracleObject();

/** How this engine differs from the oracle; `undefined` when it does not. */
function differenceOf(recorded: OracleCase): string | undefined {
  const compilation = compile(recorded.expression, {
    variables: ['object'],
    records: new Map(),
    result: 'any',
    ...(recorded.env === 'ext' ? { libraries: EXTENSIONS, literals: 'any' } : {}),
  });
  if (compilation.kind === 'error') {
    return recorded.refused || recorded.error ? undefined : `is refused: ${compilation.message}`;
  }
  const evaluation = compilation.program.evaluate(() => celValue(object), { remaining: 1_000_000 });
  if (evaluation.kind !== 'value') {
    return recorded.error || recorded.refused ? undefined : `gives ${evaluation.kind}`;
  }
  // Arguments beyond the clauses of a template that is written out are counted in Kubernetes' environment only.
  if (recorded.refused)
    return recorded.env === 'ext' && recorded.expression.includes('.format(') ? undefined : 'is not refused';
  if (recorded.error) return 'gives no error';
  const [value, wanted] = [JSON.stringify(canonical(evaluation.content)), JSON.stringify(recorded.value)];
  if (value !== wanted) return `gives ${value}, not ${wanted}`;
  const type = typeText(compilation.program.type);
  return type.includes('dyn') || type === recorded.type ? undefined : `has the type ${type}, not ${recorded.type}`;
}

const GO_NAMES: Readonly<Record<string, string>> = {
  duration: 'google.protobuf.Duration',
  timestamp: 'google.protobuf.Timestamp',
  null: 'null_type',
};

function typeText(type: CelType): string {
  return printType(type).replace(/\b(?:duration|timestamp|null)\b/g, (name) => GO_NAMES[name] ?? name);
}

const recorded = oracleCases();

describe.each(['kubernetes', 'ext'] as const)('every function, as %s has it', (env) => {
  it('gives what the oracle gave', () => {
    const differences = recorded
      .filter((one) => one.env === env && !differencesToOracle.some(([pattern]) => pattern.test(one.expression)))
      .flatMap((one) => {
        const difference = differenceOf(one);
        return difference === undefined ? [] : [`${one.expression} ${difference}`];
      });
    expect(differences).toEqual([]);
  });
});

it.each(differencesToOracle)('%s differs, as it is said', (pattern) => {
  const different = recorded.filter((one) => pattern.test(one.expression) && differenceOf(one) !== undefined);
  expect(different).not.toEqual([]);
});
