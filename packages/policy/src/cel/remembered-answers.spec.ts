import { describe, expect, it } from 'vitest';
import { compileRegex, type Regex } from './regex.ts';
import { rememberedAnswers } from './remembered-answers.ts';
import { CelError } from './value.ts';

function regexOf(pattern: string): Regex {
  const regex = compileRegex(pattern);
  if (regex instanceof CelError) throw new Error(regex.message);
  return regex;
}

describe('answers about texts', () => {
  it('are given once for a pattern and a text', () => {
    const asked: string[] = [];
    const isIn = rememberedAnswers((regex, text) => {
      asked.push(text);
      return regex.pattern.matcher(text).find();
    });
    const [letters, digits] = [regexOf('[a-z]'), regexOf('[0-9]')];
    expect([isIn(letters, 'a'), isIn(letters, 'a'), isIn(digits, 'a'), isIn(digits, 'a')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(asked).toEqual(['a', 'a']);
  });

  it('are forgotten before they fill the memory', () => {
    let asked = 0;
    const length = rememberedAnswers((_, text) => {
      asked += 1;
      return text.length;
    });
    const regex = regexOf('a');
    const texts = Array.from({ length: 30 }, (_, index) => `${index}`.padEnd(100_000, 'x'));
    for (const text of texts) expect(length(regex, text)).toBe(100_000);
    expect(length(regex, texts.at(-1) ?? '')).toBe(100_000);
    expect(asked).toBe(30);
    expect(length(regex, texts[0] ?? '')).toBe(100_000);
    expect(asked).toBe(31);
  });
});
