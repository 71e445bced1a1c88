import { describe, expect, it } from 'vitest';
import { compiledTemplate } from './compile-template.ts';
import { templateOf } from './testing/render-literal.ts';

describe('what a template can read', () => {
  it.each([
    ['only text', []],
    ['{{instance.name}}-rw.{{service.namespace}}.svc', ['instance.name', 'service.namespace']],
    ['{{yaml params.size}}{{yaml params.size}}', ['params.size']],
    ['{{json (lookup environment.values params.name)}}', ['environment.values', 'params.name']],
    [
      '{{#if (eq params.size "small")}}{{instance.name}}{{else}}{{requires.store.name}}{{/if}}',
      ['instance.name', 'params.size', 'requires.store.name'],
    ],
    ['{{#each params.topics as |topic|}}{{topic.name}}{{params.prefix}}{{/each}}', ['params.topics']],
    ['{{#each params.topics}}{{this}}{{@key}}{{../environment.name}}{{/each}}', ['environment.name', 'params.topics']],
    ['{{#each params.a}}{{#each b}}{{../c}}{{../../d}}{{/each}}{{/each}}', ['d', 'params.a']],
    ['{{#unless params.off}}{{@root.environment.name}}{{/unless}}', ['environment.name', 'params.off']],
    ['{{#each params.a as |params|}}{{params.b}}{{this.c}}{{/each}}', ['params.a']],
    ['{{yaml this}}', ['']],
  ])('%s: what is said from the root; items of loops are in what these go over', (text, paths) => {
    const { reads } = compiledTemplate(templateOf(text, 'text'));
    expect(reads.map((path) => path.join('.')).sort()).toEqual(paths);
  });
});
