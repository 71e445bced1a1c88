import { describe, expect, it } from 'vitest';
import { schemaProblems } from './schema-problems.ts';
import { schemaProblem } from './validator.ts';

const long = `${'a'.repeat(50_000)}!`;
/** Each level looks at the same value twice as often as the one before. */
const levels = (count: number): Readonly<Record<string, unknown>> => ({
  $defs: Object.fromEntries(
    Array.from({ length: count }, (_, level) => [
      `d${level}`,
      level === 0 ? { type: 'string' } : { allOf: Array(2).fill({ $ref: `#/$defs/d${level - 1}` }) },
    ]),
  ),
  $ref: `#/$defs/d${count - 1}`,
});

describe("a producer's schema", () => {
  it.each([
    ['a pattern', { pattern: '^(a+)+$' }, long],
    [
      'patterns of properties',
      { patternProperties: { '^(a+)+$': { type: 'string' } }, additionalProperties: false },
      { [long]: 1 },
    ],
    ['a pattern of names', { propertyNames: { pattern: '^(a+)+$' } }, { [long]: 1 }],
    ['the format url', { format: 'url' }, `http://${':'.repeat(1_000_000)}`],
    ['that items differ', { uniqueItems: true }, [...Array.from({ length: 50_000 }, (_, a) => ({ a })), { a: 1 }]],
    ['the format uri', { format: 'uri' }, `a:${'a/'.repeat(100_000)}^`],
    ['the format email', { format: 'email' }, `a@${'a.'.repeat(100_000)}!`],
    ['the format hostname', { format: 'hostname' }, `${'a-'.repeat(100_000)}!`],
  ])('checks %s in time that grows with the text, not faster', (_, schema, value) => {
    expect(schemaProblem(schema)).toBeUndefined();
    expect(schemaProblems(schema, value)).toHaveLength(1);
  });

  it('keeps patterns apart', () => {
    const schema = { properties: { a: { pattern: '^a$' }, b: { pattern: '^b$' } } };
    expect(schemaProblems(schema, { a: 'a', b: 'b' })).toEqual([]);
    expect(schemaProblems(schema, { a: 'b', b: 'a' })).toHaveLength(2);
  });

  it.each(['^\\d+$', '^[^/]+/[a-z]{1,63}$', '^\\u0061$', '^\\/x$', '(?<name>a)', '^\\p{L}+$', '^a|b$'])(
    'may use the pattern %s',
    (pattern) => expect(schemaProblem({ pattern })).toBeUndefined(),
  );

  it.each([
    [
      'looks around',
      { pattern: '^(?!a)' },
      'the pattern "^(?!a)" is not one of RE2: invalid or unsupported Perl syntax: `(?!`',
    ],
    [
      'is no pattern',
      { properties: { a: { pattern: '(' } } },
      'the pattern "(" is not one of RE2: missing closing ): `(`',
    ],
    ['is very long', { pattern: 'a'.repeat(1001) }, 'a pattern has more than 1000 characters'],
    ['answers later', { $async: true, type: 'string' }, '"$async" is not supported'],
    ['answers later in a part', { properties: { a: { $async: true } } }, '"$async" is not supported'],
    ['refers dynamically', { $dynamicRef: '#a' }, '"$dynamicRef" is not supported'],
    ['is referred to dynamically', { items: { $dynamicAnchor: 'a' } }, '"$dynamicAnchor" is not supported'],
    ['is itself', { $ref: '#' }, '"$ref" leads back to itself without going into the value'],
    [
      'is itself in parts',
      { $defs: { a: { anyOf: [{ $ref: '#/$defs/b' }] }, b: { not: { $ref: '#/$defs/a' } } } },
      '"$ref" leads back to itself without going into the value',
    ],
    [
      'is itself by name',
      { $defs: { a: { $anchor: 'here', allOf: [{ $ref: '#here' }] } } },
      '"$ref" leads back to itself without going into the value',
    ],
    [
      'leads out',
      { $ref: 'https://json-schema.org/draft/2020-12/schema' },
      '"$ref" leads out of the schema: "https://json-schema.org/draft/2020-12/schema"; only `#…` is supported',
    ],
    ['leads to data', { $ref: '#/default', default: { $async: true } }, '"$ref" leads to what is not a schema'],
    ['doubles at each level', levels(48), 'its references look at the same value more than 10000 times'],
  ])('is refused when it %s', (_, schema, reason) => {
    expect(schemaProblem(schema)).toBe(reason);
  });

  it('may be recursive where each level goes into the value', () => {
    const node = { type: 'object', properties: { next: { $ref: '#/$defs/node' }, $async: { type: 'string' } } };
    const tree = { $defs: { node }, $ref: '#/$defs/node' };
    expect(schemaProblem(tree)).toBeUndefined();
    expect(schemaProblems(tree, { next: { next: {} } })).toEqual([]);
    expect(schemaProblems(tree, { next: { next: 1 } })).toHaveLength(1);
  });

  it.each([
    ['answers later', { $async: true, type: 'string' }],
    [
      'never ends',
      { $defs: { a: { anyOf: [{ $ref: '#/$defs/b' }] }, b: { anyOf: [{ $ref: '#/$defs/a' }] } }, $ref: '#/$defs/a' },
    ],
    ['does not compile', { type: 'nonsense' }],
  ])('that nobody checked and that %s is a problem of the value, and ends no run', (_, schema) => {
    expect(schemaProblems(schema, 5).map(({ kind }) => kind)).toEqual(['wrong-value']);
  });
});
