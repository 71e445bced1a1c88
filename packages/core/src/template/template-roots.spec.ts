import { describe, expect, it } from 'vitest';
import { parseTemplate } from './template.ts';
import { templateRoots } from './template-roots.ts';

function rootsOf(text: string): readonly string[] {
  const { template } = parseTemplate({ path: 'a', text, mode: 'text' });
  if (template === undefined) throw new Error('not a template');
  return [...templateRoots(template)].sort();
}

describe('templateRoots', () => {
  it.each([
    ['only text', []],
    ['{{instance.name}}-rw.{{service.namespace}}.svc', ['instance', 'service']],
    ['{{yaml params.size}}', ['params']],
    ['{{json (lookup environment.values params.name)}}', ['environment', 'params']],
    [
      '{{#if (eq params.size "small")}}{{instance.name}}{{else}}{{requires.store.name}}{{/if}}',
      ['instance', 'params', 'requires'],
    ],
    ['{{#each params.topics as |topic|}}{{topic.name}}{{/each}}', ['params', 'topic']],
    ['{{#each params.topics}}{{this}}{{../environment.name}}{{/each}}', ['@', 'params']],
    ['{{#unless params.off}}{{@root.environment.name}}{{/unless}}', ['@', 'params']],
  ])('of %s', (text, roots) => {
    expect(rootsOf(text)).toEqual(roots);
  });
});
