import type { FieldChange, Finding, Json, ObjectChange, Plan, RelatedPlace, ServicePlan } from '@idp/core';
import fc from 'fast-check';

/** Text with all that terminals, logs and Markdown obey, mixed with ordinary and wide characters. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\u001b[31m',
        '\u001b]8;;http://x\u0007',
        '\u009b2J',
        '\u0000',
        '\u007f',
        '\r',
        '\n',
        '\r\n',
        '\t',
      ),
      fc.constantFrom('\u202e', '\u2066', '\u200b', '\ufeff', '\u2028', '\u{e0041}', '\ud800', '\udfff'),
      fc.constantFrom(
        '`',
        '```',
        '`'.repeat(90),
        '|',
        '\\|',
        '\\\\|',
        '\\',
        '<',
        '</details>',
        '<!--',
        '-->',
        '@octocat',
      ),
      fc.constantFrom(
        '::error::',
        '##[error]',
        '%',
        '%0A',
        ':',
        ',',
        '[x](http://x)',
        'https://example.com',
        '&lt;',
        '# ',
      ),
      fc.constantFrom('日本', '👩‍💻', 'é', 'e\u0301', '…', ' ', 'word'),
      fc.string({ unit: 'binary', maxLength: 8 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

const number = fc.integer({ min: 1, max: 40 });
const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });
/** Without the keys whose value is `undefined`, as `exactOptionalPropertyTypes` wants it. */
const present = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;

const relatedPlace: fc.Arbitrary<RelatedPlace> = fc.record({ path: hostileText, message: hostileText, line: number });

export const anyFinding: fc.Arbitrary<Finding> = fc
  .record({
    code: hostileText,
    severity: fc.constantFrom('error', 'warning', 'info'),
    message: hostileText,
    hint: optional(hostileText),
    path: optional(hostileText),
    line: optional(number),
    column: optional(number),
    endLine: optional(number),
    endColumn: optional(number),
    subject: optional(hostileText),
    related: optional(fc.array(relatedPlace, { maxLength: 2 })),
    environments: optional(fc.array(hostileText, { maxLength: 2 })),
    cause: optional(fc.constantFrom('one', 'another')),
    waived: optional(fc.record({ path: hostileText, reason: hostileText })),
  })
  .map((finding) => present(finding) as Finding);

const json = fc.oneof(
  hostileText,
  fc.integer(),
  fc.constant(null),
  fc.dictionary(hostileText, hostileText, { maxKeys: 3 }),
) as fc.Arbitrary<Json>;
const pointer = fc
  .array(fc.oneof(hostileText, fc.constantFrom('data', 'spec', '0')), { maxLength: 4 })
  .map((keys) => keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''));
const fieldChange: fc.Arbitrary<FieldChange> = fc.oneof(
  fc.record({ kind: fc.constant('added' as const), pointer, after: json }),
  fc.record({ kind: fc.constant('removed' as const), pointer, before: json }),
  fc.record({ kind: fc.constant('changed' as const), pointer, before: json, after: json }),
);
const objectChange: fc.Arbitrary<ObjectChange> = fc.record({
  object: hostileText,
  target: hostileText,
  path: hostileText,
  kind: fc.constantFrom('created', 'updated', 'deleted'),
  fields: fc.array(fieldChange, { maxLength: 6 }),
});
const digest = fc.constantFrom(
  undefined,
  `sha256:${'1a2b3c4d'.repeat(8)}` as const,
  `sha256:${'5e6f7a8b'.repeat(8)}` as const,
);
const servicePlan: fc.Arbitrary<ServicePlan> = fc.record({
  service: hostileText,
  environment: hostileText,
  fromTree: digest,
  toTree: digest,
  fromRelease: digest,
  toRelease: digest,
  targets: fc.array(hostileText, { maxLength: 2 }),
  changes: fc.array(objectChange, { maxLength: 5 }),
  digest: fc.constant(`sha256:${'0'.repeat(64)}` as const),
});
export const anyPlan: fc.Arbitrary<Plan> = fc.record({
  services: fc.array(servicePlan, { maxLength: 6 }),
  compared: fc.integer({ min: 6, max: 99 }),
  notPlanned: fc.array(hostileText, { maxLength: 3 }),
});

/**
 * What must never reach a terminal, apart from the line feeds that we print ourselves: control and format
 * characters and halves of pairs. Joiners belong to words and emoji, signs that span digits or notes are drawn.
 */
export const obeyedByTerminals =
  /(?![\n\u200c]|\u200d|[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2]|[\u{110bd}\u{110cd}\u{13430}-\u{1343f}\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
/** The colours that we print ourselves. */
export const ownColours = new RegExp(`${String.fromCharCode(27)}\\[(?:[0-9]|[1-4][0-9]|9[0-7])m`, 'g');
