import { expect, it } from 'vitest';
import { wrapText } from './wrap-text.ts';

it.each([
  ['a bc def', 4, ['a bc', 'def']],
  ['a bc def', 5, ['a bc', 'def']],
  ['a bc def', 8, ['a bc def']],
  ['a manifest', 4, ['a', 'manifest']],
  ['', 4, ['']],
])('breaks %j at %i characters between words', (text, width, lines) => {
  expect(wrapText(text, width)).toEqual(lines);
});
