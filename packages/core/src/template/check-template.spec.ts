import { describe, expect, it } from 'vitest';
import type { Finding } from '../finding/finding.ts';
import { cpuSeconds } from '../testing/cpu-seconds.ts';
import { checkTemplate } from './check-template.ts';
import { parseTemplate, type TemplateMode } from './template.ts';

const context = {
  type: 'object',
  properties: {
    service: { type: 'object', properties: { name: { type: 'string' } }, additionalProperties: false },
    params: {
      type: 'object',
      properties: {
        size: { type: 'string' },
        replicas: { type: 'integer' },
        ports: {
          type: 'array',
          items: { type: 'object', properties: { name: { type: 'string' }, thisPort: { type: 'integer' } } },
        },
        labels: { type: 'object', additionalProperties: { type: 'string' } },
        anything: {},
      },
    },
  },
};

function check(text: string, mode: TemplateMode = 'yaml'): readonly Finding[] {
  const { template, findings } = parseTemplate({ path: 't.yaml', text, mode });
  return template === undefined ? findings : checkTemplate(template, context);
}

const shown = (findings: readonly Finding[]): readonly string[] =>
  findings.map(({ line, column, code }) => `${line}:${column} ${code}`);

describe('refuses a path that the schema lacks, at its own place', () => {
  it.each([
    ['a: {{yaml params.siez}}', '1:11'],
    ['a: {{yaml service.name.x}}', '1:11'],
    ['a: 1\nb: {{yaml (json params.siez)}}', '2:17'],
    ['{{#if params.siez}}\na: 1\n{{/if}}', '1:7'],
    ['{{#if (not (eq params.size params.siez))}}\na: 1\n{{/if}}', '1:28'],
    ['{{#unless params.siez}}\na: 1\n{{/unless}}', '1:11'],
    ['{{#each params.prots}}\n- 1\n{{/each}}', '1:9'],
    ['{{#each params.ports}}\n- {{yaml nmae}}\n{{/each}}', '2:10'],
    ['{{#each params.ports}}\n- {{yaml this.nmae}}\n{{/each}}', '2:10'],
    ['{{#each params.ports as |port|}}\n- {{yaml port.nmae}}\n{{/each}}', '2:10'],
    // What an element has is not what `as |…|` calls so.
    ['{{#each params.ports as |port name|}}\n- {{yaml this.name.x}}\n{{/each}}', '2:10'],
    ['{{#each params.ports as |port name|}}\n- {{yaml ./name.x}}\n{{/each}}', '2:10'],
    ['{{#each params.ports}}\n- {{yaml ../params.siez}}\n{{/each}}', '2:10'],
    ['{{#each params.ports}}\n- {{yaml ../../params.size}}\n{{/each}}', '2:10'],
    ['a: {{yaml ../params.size}}', '1:11'],
    ['a: {{yaml @root.params.siez}}', '1:11'],
    ['a: {{yaml @key}}', '1:11'],
    ['{{#each params.ports}}\n- {{yaml @../index}}\n{{/each}}', '2:10'],
    ['{{#each params.ports}}{{else}}{{yaml @index}}{{/each}}', '1:38'],
    ['a: {{yaml (lookup params.prots 0)}}', '1:19'],
    ['a: {{yaml (lookup params "siez")}}', '1:19'],
    ['a: {{yaml params.constructor}}', '1:11'],
    ['a: {{yaml __proto__}}', '1:11'],
    ['a: {{yaml toString}}', '1:11'],
    ['{{#if params.size}}\n{{else if params.siez}}\n{{/if}}', '2:11'],
  ])('%j', (text, at) => {
    expect(shown(check(text))).toEqual([`${at} template/unknown-path`]);
  });

  it('names the nearest', () => {
    expect(check('a: {{yaml params.siez}}')).toMatchObject([{ hint: 'did you mean "size"?', path: 't.yaml' }]);
  });
});

describe('refuses what is not part of the language, at its own place', () => {
  it.each<readonly [string, TemplateMode, string]>([
    ['a: 1\nb: {{params.size}}', 'yaml', '2:4 template/bare-value'],
    ['a: {{> part}}', 'text', '1:4 template/not-allowed'],
    ['{{#> part}}x{{/part}}', 'text', '1:1 template/not-allowed'],
    ['{{* decorator}}', 'text', '1:1 template/not-allowed'],
    ['{{#* inline "x"}}{{/inline}}', 'text', '1:1 template/not-allowed'],
    ['a\n{{{params.size}}}', 'text', '2:1 template/not-allowed'],
    ['a\n{{&params.size}}', 'text', '2:1 template/not-allowed'],
    ['a: {{{yaml params.size}}}', 'yaml', '1:4 template/not-allowed'],
    ['{{{{if params.size}}}} {{{{/if}}}}', 'text', '1:1 template/not-allowed'],
    ['{{{{raw}}}} {{x}} {{{{/raw}}}}', 'text', '1:1 template/not-allowed'],
    ['a: {{yml params.size}}', 'yaml', '1:6 template/unknown-helper'],
    ['a: {{yaml (upper params.size)}}', 'yaml', '1:12 template/unknown-helper'],
    ['a: {{yaml (constructor params.size)}}', 'yaml', '1:12 template/unknown-helper'],
    ['{{#with params}}{{/with}}', 'yaml', '1:4 template/unknown-helper'],
    ['{{#helperMissing params}}{{/helperMissing}}', 'yaml', '1:4 template/unknown-helper'],
    ['a: {{yaml params.size params.size}}', 'yaml', '1:4 template/not-allowed'],
    ['a: {{indent 2}}', 'text', '1:4 template/not-allowed'],
    ['{{#if}}{{/if}}', 'yaml', '1:1 template/not-allowed'],
    ['a: {{yaml params.size default=1}}', 'yaml', '1:23 template/not-allowed'],
    ['a: {{eq params.size 1}}', 'text', '1:4 template/not-allowed'],
    ['on: push\nrun: ${{ github.sha }}', 'text', '2:10 template/unknown-path'],
    ['a: {{yaml params.size', 'yaml', '1:1 template/invalid'],
    ['a: 1\n{{#if params.size}}\nb: 2', 'yaml', '2:1 template/invalid'],
    ['a: \ue000', 'yaml', '1:4 template/invalid'],
    ['a: "\\ue0000\\ue001"', 'yaml', '1:5 template/invalid'],
  ])('%j (%s)', (text, mode, expected) => {
    expect(shown(check(text, mode))).toEqual([expected]);
  });

  it.each([
    ['blocks', `${'{{#if params.size}}'.repeat(20_000)}${'{{/if}}'.repeat(20_000)}`],
    ['calls', `{{yaml ${'(not '.repeat(20_000)}params.size${')'.repeat(20_000)}}}`],
    ['pages', '\n'.repeat(500_001)],
  ])('a template with far too many %s, quickly', (_, text) => {
    const spent = cpuSeconds(() => expect(shown(check(text))).toEqual([expect.stringMatching(/template\/invalid$/)]));
    expect(spent).toBeLessThan(2);
  });
});

it.each(['text', 'yaml'] as const)('says in %s how the expression of a workflow is kept as it is', (mode) => {
  for (const expression of ['${{ github.sha }}', '${{github.event.number}}', '${{ hashFiles(params.size) }}']) {
    const [finding] = check(`on: push\nrun: ${expression}\n`, mode);
    expect(finding).toMatchObject({ line: 2, path: 't.yaml' });
    expect(finding?.hint).toContain('$\\{{');
    expect(check(`run: ${expression.replace('$', '$\\')}\n`, mode)).toEqual([]);
  }
});

describe('accepts', () => {
  it.each<readonly [string, TemplateMode]>([
    ['a: {{yaml params.size}}', 'yaml'],
    ['a: {{yaml params.labels.any}}', 'yaml'],
    ['a: {{yaml params.anything.at.all}}', 'yaml'],
    ['{{#each params.ports as |thisPort index|}}\n- {{yaml thisPort.name}}{{yaml index}}\n{{/each}}', 'yaml'],
    ['{{#each params.ports}}{{#if @first}}{{yaml @index}}{{yaml ../service.name}}{{/if}}{{/each}}', 'yaml'],
    ['{{#each params.labels}}\n{{yaml @key}}: {{yaml this}}\n{{/each}}', 'yaml'],
    ['{{#each params.ports}}{{yaml @root.service.name}}{{/each}}', 'yaml'],
    ['{{#if (and params.size (or params.replicas (not params.ports)))}}a: 1{{else}}b: 2{{/if}}', 'yaml'],
    ['a: {{yaml (lookup params "size")}}', 'yaml'],
    ['a: {{! a comment }}{{!-- {{params.siez}} --}}1', 'yaml'],
    ['run: $\\{{ github.sha }}', 'text'],
    ['{{service.name}} {{json params}} {{indent 2 params.size}}', 'text'],
  ])('%j (%s)', (text, mode) => {
    expect(check(text, mode)).toEqual([]);
  });
});
