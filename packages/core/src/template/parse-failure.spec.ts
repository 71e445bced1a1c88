import { describe, expect, it } from 'vitest';
import { parseTemplate } from './template.ts';

const failureOf = (text: string) =>
  parseTemplate({ path: 'a.yaml', text, mode: 'yaml' }).findings.map(
    ({ line, message, hint }) => `${line}: ${message.replace('the template cannot be parsed: ', '')}; ${hint}`,
  );

describe('a template that cannot be parsed', () => {
  it.each([
    [
      'the brace of a flow map stands at the braces of a value',
      'kind: A\nmetadata: {name: {{yaml a}}}\n',
      '2: `}}}` does not close what `{{` opened; put a space before the brace',
    ],
    [
      'a block is not closed',
      'a:\n{{#each b}}\n{{#if c}}\nx\n{{/if}}\ny: 1\n',
      '2: `{{#each}}` is not closed; close it by `{{/each}}`',
    ],
    [
      'an escaped block opens nothing',
      '{{#if a}}\n\\{{#each b}}\n',
      '1: `{{#if}}` is not closed; close it by `{{/if}}`',
    ],
    ['a block is closed twice', '{{#if a}}\n{{/if}}\n{{/if}}\n', '3: a block is closed that is not open; remove its'],
    ['another block is closed', '\n{{#if a}}{{/each}}', "2: if doesn't match each - 2:3; mend the"],
    ['else is in no block', 'a\n{{else}}', '2: `{{else}}` is in no block; write it between'],
    [
      'the end is missing',
      'a: {{yaml b\n',
      '1: this `{{…}}` is not whole, or has a character that means nothing there; a `{{…}}` holds',
    ],
    ['an operator stands in it', 'a: {{yaml a + b}}', '1: this `{{…}}` is not whole, or has'],
    [
      'it is an expression of a workflow',
      "a: ${{ b == 'c' }}",
      '1: this `{{…}}` is not whole, or has a character that means nothing there; `$\\{{ … }}` keeps it',
    ],
  ])('%s', (_name, text, failure) => {
    expect(failureOf(text)).toEqual([expect.stringContaining(failure)]);
  });

  it('is found behind tens of thousands of blocks that are closed', () => {
    const blocks = `${'{{#if a}}{{/if}}\n'.repeat(25_000)}{{#if a}}`;
    expect(failureOf(blocks)).toEqual([expect.stringContaining('25001: `{{#if}}` is not closed')]);
  });
});
