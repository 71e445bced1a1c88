import { describe, expect, it } from 'vitest';
import { EvaluationError } from './evaluation-error.ts';
import { rendered, renderedText } from './testing/render-literal.ts';

const items = Array.from({ length: 2_000 }, (_, index) => index);
const nested = (depth: number, inner: string) =>
  `${'{{#each @root.items}}'.repeat(depth)}${inner}${'{{/each}}'.repeat(depth)}`;

describe('a template', () => {
  it.each([
    ['that prints', nested(3, '- {{yaml this}}\n'), 'too-many-steps'],
    ['that prints nothing', nested(3, ''), 'too-many-steps'],
    ['that compares long values', nested(1, '{{#if (eq @root.items @root.items)}}{{/if}}'), 'too-many-steps'],
    ['that makes long texts', nested(1, '{{#if (json @root.items)}}{{/if}}'), 'too-many-steps'],
    ['of long texts', nested(2, 'aaaaaaaa\n'), 'too-much-text'],
    ['of long values', nested(1, '- {{yaml @root.items}}\n'), 'too-much-text'],
  ])('of nested loops ends: one %s', (_, text, code) => {
    const { documents, findings } = rendered(`a: b\nc:\n${text}`, { items });
    expect(documents).toEqual([]);
    expect(findings).toMatchObject([{ code: `template/${code}`, path: 't.yaml', line: 3 }]);
  });

  it('of text ends as well', () => {
    expect(() => renderedText(nested(3, '{{this}}'), { items })).toThrow(EvaluationError);
    expect(() => renderedText(nested(2, 'a text'), { items })).toThrow('prints more than 2000000 characters');
  });

  it('may be long: tens of thousands of values, each with its place', () => {
    const some = items.slice(0, 200);
    const { documents, findings } = rendered(
      '{{#each items}}{{#each @root.items}}- {{yaml this}}\n{{/each}}{{/each}}',
      {
        items: some,
      },
    );
    expect(findings).toEqual([]);
    expect(documents).toEqual([some.flatMap(() => some)]);
  });
});
