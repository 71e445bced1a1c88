import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../json/canonical-json.ts';
import type { Json } from '../json/json.ts';
import { anyJson, nastyText } from '../json/testing/arbitrary-json.ts';
import { toJson } from '../provenance/traced.ts';
import { jsonText, type Layout } from './json-text.ts';
import { evaluateYaml, fillDocuments } from './render-yaml.ts';
import { contextOf, templateOf } from './testing/render-literal.ts';

const layout: Layout = (document) => canonicalJson(document);

function textsOf(text: string, values: readonly Json[], how: Layout = layout, further = {}) {
  const template = templateOf(text, 'json');
  return values.map((value) => {
    const evaluated = evaluateYaml(template, contextOf(value), 'c@1.0.0');
    if ('findings' in evaluated) throw new Error(JSON.stringify(evaluated.findings));
    const { documents, findings } = fillDocuments(evaluated);
    const [document = null] = documents.map(toJson);
    return { text: jsonText(evaluated, how, further), filled: canonicalJson(document), findings };
  });
}

describe('jsonText', () => {
  const template = `{ "z": {{json x}}, "text": "a {{json x}} b {{json y}}", "whole": "{{json y}}", "constant": [1, null],
    "list": [{{json y}}, {"deep": {{json x}} }]{{#if x}}, "more": "{{json x}}"{{/if}} }`;

  it('is the text of the filled document, whatever texts, numbers and flags are put in', () => {
    const scalar = fc.oneof(nastyText, fc.double(), fc.boolean(), fc.constant('\ue0000\ue001'), fc.constant('$&'));
    fc.assert(
      fc.property(fc.array(fc.record({ x: scalar, y: scalar }), { minLength: 1, maxLength: 4 }), (values) => {
        for (const { text, filled } of textsOf(template, values)) expect(text).toBe(filled);
      }),
    );
  });

  it('is either the text of the filled document or left to whoever fills it', () => {
    fc.assert(
      fc.property(anyJson(), anyJson(), (x, y) => {
        const [made] = textsOf(template, [{ x, y }]);
        if (made?.text !== undefined) expect(made).toEqual({ text: made.filled, filled: made.filled, findings: [] });
      }),
    );
  });

  it.each([
    ['a value is a key', '{ "{{json x}}": 1 }'],
    ['a value is a map', '{ "a": {{json map}} }'],
    ['a map is part of a text', '{ "a": "b {{json map}}" }'],
    ['there are two documents', '{ "a": {{json x}} }\n---\n{}'],
    ['there is no document', '{{#if no}}{}{{/if}}'],
  ])('is not made when %s', (_, text) => {
    expect(textsOf(text, [{ x: 'x', map: { b: 1 }, no: false }])[0]?.text).toBeUndefined();
  });

  it('is not made of a layout that leaves out what may have a finding', () => {
    const [made] = textsOf('{ "a": "b {{json map}}", "c": 1 }', [{ map: {} }], () => '{"c":1}');
    expect(made).toMatchObject({ text: undefined, findings: [{ code: 'template/not-a-scalar' }] });
  });

  it('puts further texts where the layout marks them', () => {
    const how: Layout = (document, mark) => JSON.stringify([document, mark('uid')]);
    const [made] = textsOf('{ "a": {{json x}} }', [{ x: 'uid' }], how, { uid: 'a "name"' });
    expect(made?.text).toBe('[{"a":"uid"},"a \\"name\\""]');
  });
});
