import { describe, expect, it } from 'vitest';
import { compileRegex, regexCost } from './regex.ts';
import { CelError } from './value.ts';

describe('regular expressions', () => {
  it('that explode elsewhere take linear time', () => {
    const regex = compileRegex('^(a+)+$');
    if (regex instanceof CelError) throw new Error(regex.message);
    expect(regex.pattern.matcher(`${'a'.repeat(50_000)}!`).find()).toBe(false);
  });

  it.each(['(?=a)', '(', 'a{2000}', '(a)\\1', '((a{100}){100}){100}', 'a'.repeat(20_000)])(
    '%s is an error',
    (pattern) => {
      expect(compileRegex(pattern)).toBeInstanceOf(CelError);
    },
  );

  it('cost by text and pattern', () => {
    expect(regexCost('a'.repeat(1_600), 'abc')).toBeGreaterThanOrEqual(300);
    expect(regexCost('a'.repeat(16_000), 'abc')).toBe(regexCost('a'.repeat(1_600), 'abc') * 10);
  });
});
