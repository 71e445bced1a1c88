import { describe, expect, it } from 'vitest';
import { exampleUse } from '../finding/example-files.ts';
import type { Json } from '../json/json.ts';
import { evaluatePlatform } from '../platform/evaluate-platform.ts';
import { loadPlatform } from '../platform/load-platform.ts';
import { memoryStore } from '../store/memory-store.ts';
import type { KeptText } from '../store/store.ts';
import { examplePlatform } from '../testing/example-platform.ts';
import { compactJson } from './compact-json.ts';
import { readCustomResource } from './custom-resource.ts';
import { CustomTypes } from './custom-types.ts';
import { reduceCustomResource } from './reduce-custom-resource.ts';
import { literalSource } from './testing/literal-source.ts';
import { problemsOf, yaml } from './testing/object-problems.ts';

const definition = (spec: string, version = 'served: true') => `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: pools.example.com, annotations: { controller-gen.kubebuilder.io/version: v0.19.0 } }
spec:
  group: example.com
  names: { kind: Pool, plural: pools, listKind: PoolList, singular: pool, shortNames: [p] }
  scope: Namespaced
  versions:
    - name: v1
      ${version}
      storage: true
      additionalPrinterColumns: [{ name: Age, type: date, jsonPath: .metadata.creationTimestamp }]
      subresources: { status: {} }
      schema:
        openAPIV3Schema:
          description: A pool.
          type: object
          required: [spec]
          properties:
            apiVersion: { type: string }
            kind: { type: string }
            metadata: { type: object }
            status: { type: object, properties: { phase: { type: string } } }
            spec: ${spec}
`;
const typesOf = (text: string, kept?: KeptText) =>
  new CustomTypes(() => [{ read: () => literalSource('capabilities/cache/crds/pool.yaml', text), kept }]);
const kind = 'example.com/v1/Pool';

function problems(spec: string, value: string): readonly string[] {
  const types = typesOf(definition(spec));
  expect(types.findings).toEqual([]);
  const check = types.find(kind);
  if (check === undefined) throw new Error('no kind');
  return problemsOf(yaml(`{ apiVersion: example.com/v1, kind: Pool, metadata: { name: x }, spec: ${value} }`), check);
}

describe('a custom resource', () => {
  it.each([
    [
      'a field that does not exist',
      '{ type: object, properties: { size: { type: integer } } }',
      '{ siz: 1 }',
      ['unknown-field spec.siz: is not a field'],
    ],
    [
      'fields that are kept as they are',
      '{ type: object, x-kubernetes-preserve-unknown-fields: true, properties: { size: { type: integer } } }',
      '{ siz: 1, size: "1" }',
      ['wrong-type spec.size: has to be an integer, not text'],
    ],
    [
      'a type',
      '{ type: object, properties: { size: { type: integer } } }',
      '{ size: "1" }',
      ['wrong-type spec.size: has to be an integer, not text'],
    ],
    [
      'an integer or text',
      '{ type: object, properties: { a: { anyOf: [{ type: integer }, { type: string }], x-kubernetes-int-or-string: true } } }',
      '{ a: 1 }',
      [],
    ],
    [
      'neither of them',
      '{ type: object, properties: { a: { anyOf: [{ type: integer }, { type: string }], x-kubernetes-int-or-string: true } } }',
      '{ a: 1.5 }',
      ['wrong-type spec.a: has to be an integer or text, not the number 1.5'],
    ],
    [
      'an enumeration',
      '{ type: object, properties: { a: { type: string, enum: [one, two] } } }',
      '{ a: tow }',
      ['wrong-value spec.a: cannot be "tow"'],
    ],
    [
      'a pattern',
      '{ type: object, properties: { a: { type: string, pattern: "^[0-9]+(m|Gi)$" } } }',
      '{ a: 1Mi }',
      ['wrong-value spec.a: does not match the pattern ^[0-9]+(m|Gi)$: "1Mi"'],
    ],
    [
      'bounds',
      '{ type: object, properties: { a: { type: integer, minimum: 1, maximum: 3, exclusiveMaximum: true } } }',
      '{ a: 3 }',
      ['wrong-value spec.a: has to be at least 1 and less than 3, not 3'],
    ],
    [
      'lengths in characters',
      '{ type: object, properties: { a: { type: string, maxLength: 2 } } }',
      '{ a: "😀😀" }',
      [],
    ],
    [
      'how many items',
      '{ type: object, properties: { a: { type: array, maxItems: 1, items: { type: string } } } }',
      '{ a: [x, y] }',
      ['wrong-value spec.a: has 2 items, at most 1 are possible'],
    ],
    [
      'how many fields',
      '{ type: object, minProperties: 1, additionalProperties: { type: string } }',
      '{}',
      ['wrong-value spec: has 0 fields, at least 1 are needed'],
    ],
    [
      'nothing, where it may be',
      '{ type: object, properties: { a: { type: string, nullable: true } } }',
      '{ a: null }',
      [],
    ],
    [
      'nothing in a list',
      '{ type: object, properties: { a: { type: array, items: { type: string } } } }',
      '{ a: [null] }',
      ['wrong-type spec.a[0]: has to be text, not nothing'],
    ],
    [
      'exactly one of two fields',
      '{ type: object, properties: { a: { type: string }, b: { type: string } }, oneOf: [{ required: [a] }, { required: [b] }] }',
      '{ a: x, b: y }',
      ['wrong-value spec: needs exactly one of "a" or "b"'],
    ],
    [
      'none of two fields',
      '{ type: object, properties: { a: { type: string }, b: { type: string } }, anyOf: [{ required: [a] }, { required: [b] }] }',
      '{}',
      ['wrong-value spec: needs "a" or "b"'],
    ],
    [
      'what excludes',
      '{ type: object, properties: { a: { type: string } }, not: { required: [a] } }',
      '{ a: x }',
      ['wrong-value spec: cannot have "a"'],
    ],
    [
      'a required field with a default',
      '{ type: object, required: [a], properties: { a: { type: string, default: x } } }',
      '{}',
      [],
    ],
    [
      'a choice by a field with a default',
      '{ type: object, properties: { type: { type: string, default: B }, a: { type: string } }, oneOf: [{ properties: { type: { enum: [A] } }, required: [a] }, { properties: { type: { enum: [B] } } }] }',
      '{ a: x }',
      [],
    ],
    [
      'an item twice',
      '{ type: object, properties: { a: { type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [name], items: { type: object, properties: { name: { type: string } } } } } }',
      '{ a: [{ name: x }, { name: x }] }',
      ['duplicate-key spec.a[1]: is there twice: item 0 has name "x" too'],
    ],
    [
      'a map in the place of a list',
      '{ type: object, properties: { a: { type: array, items: { type: string } } } }',
      '{ a: { b: c } }',
      ['wrong-type spec.a: has to be a list, not a map'],
    ],
    [
      'any object inside, but not without its own fields',
      '{ type: object, properties: { a: { type: object, x-kubernetes-embedded-resource: true, properties: { spec: { type: object } } } } }',
      '{ a: { apiVersion: v1, kind: Pod, metadata: {}, stat: 1 } }',
      ['unknown-field spec.a.stat: is not a field'],
    ],
    ['no spec', '{ type: object }', 'null', ['missing-field the object: needs the field "spec"']],
  ])('is checked for %s', (_, spec, value, expected) => {
    expect(problems(spec, value)).toEqual(expected);
  });

  it('has the metadata of every object', () => {
    const check = typesOf(definition('{ type: object }')).find(kind);
    const object = yaml('{ apiVersion: example.com/v1, kind: Pool, metadata: { name: x, lables: {} }, spec: {} }');
    expect(problemsOf(object, check)).toEqual(['unknown-field metadata.lables: is not a field']);
  });

  it('ends where choices stand inside of choices', () => {
    const nested = (depth: number): Json =>
      depth === 0 ? { required: ['z'] } : { anyOf: Array.from({ length: 4 }, () => nested(depth - 1)) };
    const spec: Json = {
      type: 'object',
      properties: { a: { type: 'array', items: { type: 'object', ...(nested(7) as object) } } },
    };
    const items = JSON.stringify(Array.from({ length: 500 }, () => ({})));
    expect(problems(JSON.stringify(spec), `{ a: ${items} }`).length).toBeLessThanOrEqual(20);
  });
});

describe('a CustomResourceDefinition that is none', () => {
  it.each([
    [
      'another kind',
      '{ apiVersion: v1, kind: Pod }',
      'this is no CustomResourceDefinition of apiextensions.k8s.io/v1',
      1,
    ],
    [
      'an old version',
      definition('{ type: object }').replace('k8s.io/v1', 'k8s.io/v1beta1'),
      'this is no CustomResourceDefinition of apiextensions.k8s.io/v1',
      2,
    ],
    [
      'no group',
      definition('{ type: object }').replace('  group: example.com\n', ''),
      'spec needs the field "group"',
      5,
    ],
    [
      'a version that has no schema',
      definition('{}').replace(/schema:[\s\S]*/, 'schema: {}\n'),
      'this version has no schema',
      10,
    ],
    [
      'a keyword that is none',
      definition('{ type: object, requird: [a] }'),
      '"requird" is not a keyword of a structural schema',
      25,
    ],
    [
      'a keyword with a wrong value',
      definition('{ type: object, required: a }'),
      'the keyword "required" cannot have this value',
      25,
    ],
    ['a reference', definition('{ $ref: "#" }'), 'a structural schema has no `$ref`', 25],
    [
      'a pattern that looks around',
      definition('{ type: string, pattern: "(?=a)" }'),
      'the pattern "(?=a)" is not one of RE2: invalid or unsupported Perl syntax: `(?=`',
      25,
    ],
    ['broken YAML', 'a: [', expect.any(String), 1],
  ])('is found: %s', (_, text, message, line) => {
    const types = typesOf(text);
    expect(types.findings).toEqual([
      expect.objectContaining({
        message,
        severity: 'error',
        hint: expect.any(String),
        path: 'capabilities/cache/crds/pool.yaml',
        line,
      }),
    ]);
    expect([...types.kinds]).toEqual([]);
  });

  it('keeps what its capability renders from being deployed unchecked', () => {
    const use = exampleUse({
      spec: 'objects: { kinds: [example.com/v1/Pool] }',
      files: {
        'crds/pool.yaml': definition('{ type: objekt: 1 }'),
        'templates/deploy/pool.yaml':
          'apiVersion: example.com/v1\nkind: Pool\nmetadata: { name: {{yaml instance.name}} }\nspec: {}\n',
      },
    });
    const { findings, services } = evaluatePlatform(loadPlatform(examplePlatform(use)), { services: ['checkout'] });
    expect(findings.map(({ code }) => code)).toEqual(['source/invalid-yaml']);
    expect(services[0]?.trees.size).toBe(0);
  });
});

it('has no kind of a version that is not served', () => {
  expect(readCustomResource(yaml(definition('{ type: object }', 'served: false')))).toEqual({ kinds: [] });
});

it('has kept kinds without being read again, where nothing was wrong', () => {
  const store = memoryStore();
  const right = definition('{ type: object, properties: { size: { type: integer, default: -1 } } }');
  const kinds = (text: string, kept?: KeptText) => {
    const types = typesOf(text, kept);
    const schemas = [...types.kinds].map((kind) => [kind, types.schema(kind)]);
    return { schemas, findings: types.findings };
  };
  const first = kinds(right, { store, id: 'right' });
  expect(first).toEqual(kinds(right));
  expect(kinds('a: [', { store, id: 'right' })).toEqual(first);
  const wrong = definition('{ $ref: x }');
  for (const _ of [1, 2]) expect(kinds(wrong, { store, id: 'wrong' })).toEqual(kinds(wrong));
  expect(kinds(wrong).findings).not.toEqual([]);
  // JSON has no minus nothing.
  const inexact = definition('{ type: object, properties: { size: { type: number, default: -0.0 } } }');
  for (const _ of [1, 2]) expect(kinds(inexact, { store, id: 'inexact' })).toEqual(kinds(inexact));
});

describe('a reduced definition', () => {
  const full = yaml(
    definition(
      '{ type: object, description: x, properties: { description: { type: string, description: y } }, x-kubernetes-validations: [{ rule: "true" }] }',
    ),
  );
  const reduced = reduceCustomResource(full, () => true);

  it('has what checks, and nothing else; a property may be called as a keyword is', () => {
    expect(reduced).toEqual(
      yaml(`
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: pools.example.com }
spec:
  group: example.com
  names: { kind: Pool, plural: pools }
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema: { openAPIV3Schema: { type: object, required: [spec], properties: { spec: { type: object, properties: { description: { type: string } } } } } }
`),
    );
    expect(reduceCustomResource(full, (wanted) => wanted === 'example.com/v2/Pool')).toBeUndefined();
  });

  it('stays the same when it is reduced again, and when it is written and read', () => {
    expect(reduceCustomResource(reduced ?? null, () => true)).toEqual(reduced);
    expect(yaml(compactJson(reduced ?? null))).toEqual(reduced);
  });

  it('checks as the whole one does', () => {
    const check = typesOf(compactJson(reduced ?? null)).find(kind);
    const object = yaml('{ apiVersion: example.com/v1, kind: Pool, metadata: { name: x }, spec: { description: 1 } }');
    expect(problemsOf(object, check)).toEqual(['wrong-type spec.description: has to be text, not the number 1']);
  });
});
