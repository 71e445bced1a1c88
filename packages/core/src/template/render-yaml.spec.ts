import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../json/json.ts';
import { anyJson, nastyText, withKeysReversed } from '../json/testing/arbitrary-json.ts';
import { descend, toJson } from '../provenance/traced.ts';
import { renderYaml } from './render-yaml.ts';
import { contextOf, rendered, templateOf } from './testing/render-literal.ts';

const tokens = fc.constantFrom(
  '\ue0000\ue001',
  '\ue0001\ue001',
  '{{yaml y}}',
  '{{',
  '\ue000',
  'y: 2\nz: 3',
  '$&',
  '$1',
  '"',
);
const text = fc.oneof(
  nastyText,
  tokens,
  fc.tuple(tokens, nastyText).map(([a, b]) => `${a}${b}`),
);

describe('no value can break out of its place', () => {
  it('comes back as exactly that value, in every position, and changes nothing else', () => {
    const template = `before: 1
alone: {{yaml x}}
longer: a {{yaml x}} b
double: "a {{yaml x}}"
single: 'a {{yaml x}}'
literal: |
  {{yaml x}}
  after
flow: { x: {{yaml x}}, y: [{{yaml x}}, "{{yaml x}}"] }
list:
  - {{yaml x}}
  - k: {{yaml x}}
inKey:
  {{yaml x}}/key: {{yaml y}}
after: {{yaml y}}
`;
    fc.assert(
      fc.property(text, (x) => {
        const { documents, findings } = rendered(template, { x, y: 'why' });
        expect(findings).toEqual([]);
        expect(documents).toEqual([
          {
            before: 1,
            alone: x,
            longer: `a ${x} b`,
            double: `a ${x}`,
            single: `a ${x}`,
            literal: `${x}\nafter\n`,
            flow: { x, y: [x, x] },
            list: [x, { k: x }],
            inKey: { [`${x}/key`]: 'why' },
            after: 'why',
          },
        ]);
      }),
    );
  });

  it('is any key as it is', () => {
    fc.assert(
      fc.property(text, (x) => {
        const [document] = rendered('{{yaml x}}: 1\n', { x }).documents;
        expect(Object.entries(document ?? {})).toEqual([[x, 1]]);
      }),
    );
  });

  it('keeps values of every type', () => {
    fc.assert(
      fc.property(anyJson(), (x) => {
        expect(rendered('a:\n  - {{yaml x}}\n', { x }).documents).toEqual([{ a: [x] }]);
      }),
    );
  });

  it('never depends on the order of maps', () => {
    const template = 'a: {{yaml x}}\nb: {{yaml (json x)}}\nc:\n{{#each x}}\n- {{yaml @key}}\n{{/each}}\n';
    fc.assert(
      fc.property(fc.dictionary(fc.string(), anyJson(), { maxKeys: 5, noNullPrototype: true }), (x) => {
        expect(rendered(template, withKeysReversed({ x }))).toEqual(rendered(template, { x }));
      }),
    );
  });

  it('refuses a key that becomes the same as another, instead of replacing it', () => {
    const { findings } = rendered('a: 1\n{{yaml x}}: 2\n', { x: 'a' });
    expect(findings).toMatchObject([
      { code: 'template/invalid-yaml', message: 'the key "a" is there twice', line: 2, column: 1 },
    ]);
  });

  it('refuses a map inside a longer text or as a key', () => {
    for (const template of ['a: 1\nb: x {{yaml x}}\n', 'a: 1\nb: "{{yaml x}}"\n', 'a: 1\n{{yaml x}}: 1\n']) {
      expect(rendered(template, { x: { y: 1 } }).findings).toMatchObject([{ code: 'template/not-a-scalar', line: 2 }]);
    }
  });
});

describe('types', () => {
  it.each<readonly [string, Json]>([
    ['{{yaml n}}', 3],
    ['"{{yaml n}}"', '3'],
    ["'{{yaml n}}'", '3'],
    ['p-{{yaml n}}', 'p-3'],
    ['{{yaml b}}', true],
    ['{{yaml nil}}', null],
    ['{{yaml list}}', [1, { a: '2' }]],
    ['{{yaml (json list)}}', '[1,{"a":"2"}]'],
    ['{{yaml "3"}}', '3'],
    ['{{yaml 3}}', 3],
    ['{{yaml (eq n 3)}}', true],
    ['{{yaml (eq n "3")}}', false],
    ['{{yaml (eq map reversed)}}', true],
    ['{{yaml (eq n gone)}}', false],
    ['{{yaml (not gone)}}', true],
    ['{{yaml (or gone empty n)}}', 3],
    ['{{yaml (and n list "last")}}', 'last'],
    ['{{yaml (and n nil "last")}}', null],
    ['{{yaml (lookup map "a")}}', 1],
    ['{{yaml (lookup list 1)}}', { a: '2' }],
    ['{{#if zero}}yes{{else}}no{{/if}}', 'no'],
    ['{{#unless nil}}yes{{/unless}}', 'yes'],
    ['{{#if map}}yes{{/if}}', 'yes'],
    ['{{#if none}}yes{{else if n}}other{{/if}}', 'other'],
    ['[{{#each map as |v k|}}{{yaml k}}, {{yaml v}}, {{/each}}]', ['a', 1, 'b', 2]],
    ['[{{#each list}}{{yaml @index}}, {{yaml @first}}, {{yaml @last}}, {{/each}}]', [0, true, false, 1, false, true]],
    ['[{{#each none}}1{{else}}{{yaml n}}{{/each}}]', [3]],
    ['[{{^each none}}{{yaml n}}{{/each}}{{^each list}}4{{/each}}]', [3]],
    ['[{{#each list as |thisItem|}}{{yaml thisItem}}, {{/each}}]', [1, { a: '2' }]],
    ['[{{#each list as |n|}}{{yaml ../n}}, {{yaml @root.n}}, {{/each}}]', [3, 3, 3, 3]],
  ])('%s', (template, expected) => {
    const value: Json = {
      n: 3,
      zero: 0,
      b: true,
      nil: null,
      empty: '',
      none: [],
      list: [1, { a: '2' }],
      map: { b: 2, a: 1 },
      reversed: { a: 1, b: 2 },
    };
    expect(rendered(`x: ${template}\n`, value)).toEqual({ documents: [{ x: expected }], findings: [] });
  });
});

describe('what has no value is a finding at its place', () => {
  it.each([
    ['a: 1\nb: {{yaml x.y}}\n', '2:11'],
    ['b: {{yaml (json gone)}}\n', '1:11'],
    ['b: {{yaml (lookup x "gone")}}\n', '1:11'],
    ['b: {{yaml (lookup x gone)}}\n', '1:11'],
    ['b: {{yaml constructor}}\n', '1:11'],
    ['b: {{yaml x.__proto__}}\n', '1:11'],
    ['b: {{yaml x.toString}}\n', '1:11'],
    ['b: {{yaml (lookup x "constructor")}}\n', '1:11'],
    ['b: {{yaml list.length}}\n', '1:11'],
    ['{{#each list}}\n- {{yaml ../../x}}\n{{/each}}\n', '2:10'],
  ])('%j', (template, at) => {
    const { documents, findings } = rendered(template, { x: { a: 1 }, list: [1] });
    expect(documents).toEqual([]);
    expect(findings.map(({ code, line, column }) => `${line}:${column} ${code}`)).toEqual([
      `${at} template/undefined-value`,
    ]);
  });
});

describe('a template that does not make YAML is a finding at its place', () => {
  it.each([
    ['a: 1\nb: [{{yaml x}}\n', /flow/i, 3],
    ['a: 1\n{{#if x}}\na: 2\n{{/if}}\n', /unique/, 3],
    ['a: 1\nb: &x 1\nc: *x\n', /anchors and aliases/, 1],
    ['a: 1\nb: !mine 1\n', /tag/, 2],
    ['a: 1\n{{#each list}}\nb: {{yaml this}}\n{{/each}}\n', /unique/, 3],
  ])('%j', (template, message, line) => {
    const { findings } = rendered(template, { x: 1, list: [1, 2] });
    expect(findings).toMatchObject([{ code: 'template/invalid-yaml', message: expect.stringMatching(message), line }]);
  });

  it.each(['[', '{a: ', '- '])('nested too deeply by %j', (level) => {
    expect(rendered(level.repeat(10_000), {}).findings).toMatchObject([{ code: 'template/invalid-yaml', line: 1 }]);
  });
});

describe('provenance', () => {
  const template = templateOf(`# the file
kind: Literal
{{#if x}}
  {{! a comment alone on its line }}
guarded: yes
{{/if}}
list:
{{#each list as |item|}}
  - name: {{yaml item.name}}
    fixed: 1
{{/each}}
{{#unless x}}
never: 1
{{else}}
other: { value: {{yaml x}}, longer: "a {{yaml x}}" }
{{/unless}}
---
second: {{yaml "own"}}
`);
  const { documents } = renderYaml(template, contextOf({ x: 'v', list: [{ name: 'n0' }, { name: 'n1' }] }), 'c@1.0.0');

  it.each([
    { pointer: ['kind'], at: '2:7-2:14', value: undefined },
    { pointer: ['guarded'], at: '5:10-5:13', value: undefined },
    { pointer: ['list', 0, 'name'], at: '9:11-9:29', value: '/list/0/name' },
    { pointer: ['list', 0, 'fixed'], at: '10:12-10:13', value: undefined },
    { pointer: ['list', 1, 'name'], at: '9:11-9:29', value: '/list/1/name' },
    { pointer: ['list', 1, 'fixed'], at: '10:12-10:13', value: undefined },
    { pointer: ['other', 'value'], at: '15:17-15:27', value: '/x' },
    { pointer: ['other', 'longer'], at: '15:37-15:51', value: '/x' },
    { document: 1, pointer: ['second'], at: '18:9-18:23', value: undefined },
  ])('$pointer', ({ document = 0, pointer, at, value }) => {
    const origin = descend(documents[document], pointer)?.origin;
    if (origin?.kind !== 'template') throw new Error('made by the template');
    const { line, column, endLine, endColumn, path } = origin.position;
    expect(`${path} ${line}:${column}-${endLine}:${endColumn}`).toBe(`t.yaml ${at}`);
    expect(origin.capability).toBe('c@1.0.0');
    expect(origin.value?.kind === 'template' ? origin.value.position.path : undefined).toBe(value);
  });

  it('is kept below an inserted value', () => {
    const [made] = renderYaml(templateOf('a: {{yaml x}}\n'), contextOf({ x: { y: [1] } }), 'c@1.0.0').documents;
    const origin = descend(made, ['a', 'y', 0])?.origin;
    expect(origin).toMatchObject({ position: { line: 1, column: 4 }, value: { position: { path: '/x/y/0' } } });
  });

  it('is right in a template with the ends of lines of Windows', () => {
    const crlf = templateOf('a: 1\r\n{{#if x}}\r\nb: {{yaml x}}\r\n{{/if}}\r\nc: 2\r\n');
    const [made] = renderYaml(crlf, contextOf({ x: 1 }), 'c@1.0.0').documents;
    expect(made && toJson(made)).toEqual({ a: 1, b: 1, c: 2 });
    expect(descend(made, ['b'])?.origin).toMatchObject({ position: { line: 3, column: 4 } });
    expect(descend(made, ['c'])?.origin).toMatchObject({ position: { line: 5, column: 4 } });
  });
});

describe('one shape is parsed once', () => {
  it('shares the places of two renders of one shape, and not of two shapes', () => {
    const template = templateOf('a: 1\n{{#if x}}\nb: {{yaml x}}\n{{/if}}\n');
    const place = (x: Json) => {
      const origin = renderYaml(template, contextOf({ x }), 'c@1.0.0').documents[0]?.origin;
      return origin?.kind === 'template' ? origin.position : undefined;
    };
    expect(place('one')).toBe(place('two'));
    expect(place('one')).not.toBe(place(''));
  });

  it('gives each render its own values', () => {
    const template = templateOf('a: {{yaml x}}\n');
    const make = (x: Json) => renderYaml(template, contextOf({ x }), 'c@1.0.0').documents.map(toJson);
    expect([make(1), make('2'), make(1)]).toEqual([[{ a: 1 }], [{ a: '2' }], [{ a: 1 }]]);
  });
});
