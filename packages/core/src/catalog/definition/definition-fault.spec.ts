import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { definitionFault } from './definition-fault.ts';

const openapi = (more: string, version = '3.0.3'): string =>
  `openapi: ${version}\ninfo: { title: Orders, version: '1' }\n${more}\n`;
const operation = (rest: string): string => `paths: { /orders: { get: { ${rest} } } }`;
const fine = operation('responses: { 200: { description: all } }');

describe('an OpenAPI definition', () => {
  it.each([
    ['3.0 in YAML, statuses as numbers', openapi(fine)],
    ['3.1 with components alone', openapi('components: { schemas: {} }', '3.1.0')],
    ['3.1 with webhooks, and an operation without responses', openapi(`webhooks: {}\n${operation('')}`, '3.1.1')],
    ['2.0', `swagger: '2.0'\ninfo: { title: Orders, version: '1' }\n${fine}`],
    [
      'JSON',
      '{"openapi":"3.0.0","info":{"title":"a","version":"1"},"paths":{"/a":{"get":{"responses":{"default":{}}}}}}',
    ],
    ['extensions between paths', openapi('paths: { x-owner: [a] }')],
    ['references in examples are values', openapi(`${fine}\ncomponents: { x: { example: { $ref: '#/nowhere' } } }`)],
    [
      'references that lead, with escapes',
      openapi(`paths: { '/a b': { get: { responses: { default: { $ref: '#/paths/~1a%20b' } } } } }`),
    ],
    ['references beside an $id', openapi(`${fine}\ncomponents: { s: { $id: x, $ref: '#/y' } }`, '3.1.0')],
  ])('is fine: %s', (_, text) => {
    expect(definitionFault('openapi', text)).toBeUndefined();
  });

  it.each([
    ['not YAML', 'openapi: 3.0.0\ninfo:\npaths:\n  - [unclosed: {{{', /^line \d: /],
    ['a text', 'syntax = "proto3";', 'it is not one document with fields'],
    ['two documents', `${openapi(fine)}---\na: 1\n`, 'it is not one document with fields'],
    ['no version', 'info: {}', 'openapi is not a version such as 3.1.0'],
    ['half a version', openapi(fine, '3.0'), 'openapi is not a version such as 3.1.0'],
    ['a number of Swagger', 'swagger: 2.0', 'swagger is not the text "2.0"'],
    ['no info', 'openapi: 3.0.0\npaths: {}', 'info is missing or no mapping'],
    ['no title', 'openapi: 3.0.0\ninfo: { version: "1" }', 'info.title is missing'],
    ['a number', 'openapi: 3.0.0\ninfo: { title: a, version: 1.0 }', 'info.version is not a text: put it in quotes'],
    ['3.0 with components alone', openapi('components: {}'), 'paths is missing'],
    ['a list of paths', openapi('paths: []'), 'paths is no mapping'],
    ['a path without a slash', openapi('paths: { orders: {} }'), 'the path "orders" does not begin with "/"'],
    ['a path of nothing', openapi('paths: { /orders: }'), 'the path "/orders" is no mapping'],
    ['an operation of nothing', openapi('paths: { /o: { get: 1 } }'), '"get /o" is no mapping'],
    ['an operation without responses', openapi(operation('')), '"get /orders" has no responses'],
    ['responses in a list', openapi(operation('responses: []')), '"get /orders" has responses that are no mapping'],
    [
      'a response of no status',
      openapi(operation('responses: { ok: {} }')),
      '"get /orders" has a response "ok", which is no status',
    ],
    [
      'two operations of one name',
      openapi('paths: { /a: { get: { operationId: x }, put: { operationId: x } } }', '3.1.0'),
      '"put /a" and "get /a" have the same operationId "x"',
    ],
    [
      'a reference to nothing',
      openapi(operation(`responses: { default: { $ref: '#/components/x' } }`)),
      'nothing is at "#/components/x"',
    ],
    ['a reference to __proto__', openapi(`${fine}\nx: { $ref: '#/__proto__' }`), 'nothing is at "#/__proto__"'],
    ['a reference that is no text of a URI', openapi(`${fine}\nx: { $ref: '#/%zz' }`), 'nothing is at "#/%zz"'],
  ])('has a fault: %s', (_, text, fault) => {
    expect(definitionFault('openapi', text)).toEqual(fault instanceof RegExp ? expect.stringMatching(fault) : fault);
  });
});

describe('definitions of other types', () => {
  const event = (rest: string): string => `asyncapi: 3.0.0\ninfo: { title: a, version: '1' }\n${rest}`;
  it.each([
    ['asyncapi', event('channels: {}'), undefined],
    ['asyncapi', event(''), 'channels is missing or no mapping'],
    ['asyncapi', 'asyncapi: 1.2.0', 'asyncapi is not a version such as 3.0.0'],
    ['grpc', '// a {\nsyntax = "proto3"; /* } */\nservice A { rpc B (C) returns (D); }', undefined],
    ['grpc', 'edition = "2024";\nservice A {', 'line 2: what begins here does not end'],
    ['grpc', 'syntax = "proto3";\nmessage A { }', 'it has no service'],
    ['grpc', 'service A { }', 'it says no syntax and no edition'],
    ['grpc', 'syntax = "proto3\n";', 'line 1: what begins here does not end'],
    ['grpc', 'syntax = "proto3"; /* ', 'line 1: what begins here does not end'],
    ['graphql', '# {\n"""\nsaid "so" {\n"""\ntype Query { a(b: Int = 1): [String!] }', undefined],
    ['graphql', 'extend schema @link(url: "https://x/{")', undefined],
    ['graphql', 'type Query { a: [String }', 'line 1: "}" closes nothing'],
    ['graphql', '}', 'line 1: "}" closes nothing'],
    ['graphql', 'query { a }', 'it has no type'],
    ['trpc', '{', undefined],
  ])('%s %j: %s', (type, text, fault) => {
    expect(definitionFault(type, text)).toBe(fault);
  });

  it('are judged whatever they are', () => {
    const text = fc.stringMatching(/^[\s"'{}()[\]#/*\\:a3.\-&$]{0,60}$/);
    fc.assert(
      fc.property(fc.constantFrom('openapi', 'asyncapi', 'grpc', 'graphql'), text, (type, definition) => {
        expect(['string', 'undefined']).toContain(typeof definitionFault(type, definition));
      }),
      { numRuns: 300 },
    );
  });

  it('that were cut are found, wherever it was', () => {
    const whole = 'syntax = "proto3";\nservice A {\n  rpc B (C) returns (D); // "\n}';
    for (let end = whole.indexOf('{') + 1; end < whole.length; end += 1)
      expect(definitionFault('grpc', whole.slice(0, end))).toMatch(/^line/);
  });
});
