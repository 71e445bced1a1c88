import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyJson, nastyText } from '../json/testing/arbitrary-json.ts';
import { parseYaml } from '../source/parse-yaml.ts';
import { UndefinedValue } from './evaluation-error.ts';
import { renderedText } from './testing/render-literal.ts';

describe('a text template', () => {
  it.each([
    ['{{x}}', 'a "b"\nc'],
    ['{{json x}}', '"a \\"b\\"\\nc"'],
    ['{{ yaml x }}', '"a \\"b\\"\\nc"'],
    ['{{~yaml x~}}', '"a \\"b\\"\\nc"'],
    ['{{yaml n}} {{n}} {{json n}}', '3 3 3'],
    ['{{map}} {{yaml map}}', '{"a":1,"b":2} {"a":1,"b":2}'],
    ['{{nil}}|{{json nil}}|{{yaml nil}}', '|null|null'],
    ['  {{indent 2 x}}', '  a "b"\n  c'],
    ['{{#if n}}\nline\n{{/if}}\nnext', 'line\nnext'],
    ['{{#each list}}{{this}}{{#unless @last}}, {{/unless}}{{/each}}', '1, 2'],
    ['$\\{{ github.sha }} {{n}}', '${{ github.sha }} 3'],
    ['<b> & {{html}}', '<b> & <i>'],
  ])('%j', (template, expected) => {
    const value = { x: 'a "b"\nc', n: 3, nil: null, map: { b: 2, a: 1 }, list: [1, 2], html: '<i>' };
    expect(renderedText(template, value)).toBe(expected);
  });

  it('prints JSON that reads as the value', () => {
    fc.assert(
      fc.property(anyJson(), (x) => {
        expect(JSON.parse(renderedText('{{json x}}', { x }))).toEqual(JSON.parse(JSON.stringify(x)));
      }),
    );
  });

  it('prints YAML that reads as the value, and nothing can break out of its line', () => {
    fc.assert(
      fc.property(nastyText, (x) => {
        const parsed = parseYaml(renderedText('a: {{ yaml x }}\nb: [{{yaml x}}]\n', { x }));
        expect(parsed).toEqual({ ok: true, documents: [{ a: x, b: [x] }] });
      }),
    );
  });

  it('throws for a value that is not there, with its place', () => {
    expect(() => renderedText('a\n  {{x.y}}', { x: {} })).toThrow(UndefinedValue);
    expect(() => renderedText('a\n  {{x.y}}', { x: {} })).toThrow('x.y has no value here');
  });
});
