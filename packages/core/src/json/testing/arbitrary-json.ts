import fc from 'fast-check';
import { type Json, objectFrom } from '../json.ts';

/** What readers of YAML 1.1 or 1.2 take for something else than this text. */
const mistaken = [
  ...['', '~', 'null', 'Null', 'true', 'FALSE', 'yes', 'No', 'on', 'OFF', 'y', 'N', '<<', '=', '.inf', '-.INF', '.nan'],
  ...['0', '-1', '+1', '0755', '0o7', '0x1F', '0b11', '1_000', '1,000', '1:20', '190:20:30', '1e3', '1.', '.5', '._5'],
  ...['2026-11-21', '2026-11-21T10:00:00Z', '2026-11-21 10:00:00 +1', '1e+21', '12e03', '-0', '08', '685.230_15e+03'],
  ...[
    '---',
    '...',
    '--- a',
    '- a',
    '? a',
    ': a',
    'a: b',
    'a:',
    'a #b',
    '#a',
    '# ',
    '&a',
    '*a',
    '!a',
    '|',
    '>',
    '%a',
    '@a',
  ],
  ...[
    '`a',
    '"',
    "'",
    '"a"',
    "it's",
    '{a}',
    '[a]',
    ',',
    'a,b',
    '{{x}}',
    '${a.b}',
    '\\',
    'a\\nb',
    '-',
    '?',
    ':',
    '--',
    '-a',
  ],
  ...[
    ' a',
    'a ',
    '\ta',
    'a\t',
    'a\tb',
    '\n',
    '\n\n',
    'a\n',
    'a\n\n',
    '\na',
    'a\nb',
    'a\n b\n',
    ' a\nb',
    'a \nb',
    'a\n\tb',
  ],
  ...[
    'a\r\nb',
    '\r',
    '#!/bin/sh\nset -e\n',
    'a\n---\nb\n',
    'a: 1\nb: 2\n',
    'é',
    '😀',
    '日本',
    '\u00a0',
    '\u0085',
    '\u2028',
  ],
  ...[
    'a\u2028b\nc',
    'a\u2029\n',
    '\ufeff',
    '\ufffe',
    '\u0000',
    '\u001b[0m',
    '\u007f',
    '\ud800',
    'a\udfff',
    '__proto__',
  ],
];

const nastyUnit = fc.constantFrom(
  ...' \n\t:#-?&*!|>%@`\'"{}[],=~<.0123456789_eExXoabfTZynull+/\\é😀\u0085\u2028\ufeff\ud800',
);

/** Texts that are easy to get wrong. */
export const nastyText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...mistaken),
  fc.string({ unit: nastyUnit, maxLength: 12 }),
  fc.string({ unit: fc.constantFrom(...'0123456789_:.+-eExTZ '), maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
);

const scalar = (text: fc.Arbitrary<string>): fc.Arbitrary<Json> =>
  fc.oneof(
    text,
    fc.constantFrom<Json>(null, true, false),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(0, -0, 1e21, 1e-7, 1.5e300, 5e-324, 2 ** 53, 123456789012345680000),
    fc.integer(),
  );

/** Any JSON value over texts of a kind. */
export function anyJson(text: fc.Arbitrary<string> = nastyText): fc.Arbitrary<Json> {
  return fc.letrec<{ readonly json: Json }>((tie) => ({
    json: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      scalar(text),
      fc.array(tie('json'), { maxLength: 4 }),
      fc.array(fc.tuple(text, tie('json')), { maxLength: 4 }).map(objectFrom),
    ),
  })).json;
}

export const fewScalars: fc.Arbitrary<Json> = fc.constantFrom<Json>(0, 'x', true, null);

/** JSON of so few names and values that two that are drawn often meet. */
export function smallJson(depth: number, names: fc.Arbitrary<string>): fc.Arbitrary<Json> {
  if (depth === 0) return fewScalars;
  const inner = smallJson(depth - 1, names);
  return fc.oneof(fewScalars, fc.array(inner, { maxLength: 3 }), fc.dictionary(names, inner, { maxKeys: 3 }));
}

/** The same value with the keys of every map in another order. */
export function withKeysReversed(json: Json): Json {
  if (Array.isArray(json)) return (json as readonly Json[]).map(withKeysReversed);
  if (typeof json !== 'object' || json === null) return json;
  return objectFrom(
    Object.entries(json)
      .reverse()
      .map(([key, value]) => [key, withKeysReversed(value as Json)] as const),
  );
}
