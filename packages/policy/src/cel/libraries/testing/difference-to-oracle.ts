import { celValue } from '../../cel-input.ts';
import { compile } from '../../compile.ts';
import { STANDARD_LIBRARY } from '../../standard/standard-library.ts';
import { type CelType, printType } from '../../type.ts';
import { encodersLibrary } from '../encoders-library.ts';
import { listsLibrary } from '../lists/lists-library.ts';
import { setsLibrary } from '../lists/sets-library.ts';
import { mathLibrary } from '../math-library.ts';
import { regexLibrary } from '../regex/regex-library.ts';
import { stringsLibrary } from '../strings/strings-library.ts';
import { canonical } from './canonical.ts';
import { type OracleCase, oracleObject } from './oracle-cases.ts';

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
export function differenceOf(recorded: OracleCase): string | undefined {
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
