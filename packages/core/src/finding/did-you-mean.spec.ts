import { describe, expect, it } from 'vitest';
import { cpuSeconds } from '../testing/cpu-seconds.ts';
import { didYouMean, nearest, quote } from './did-you-mean.ts';

describe('the nearest name', () => {
  it.each([
    ['postgress', ['redis', 'postgres'], 'postgres'],
    ['Postgres', ['postgres'], 'postgres'],
    ['hots', ['host', 'port'], 'host'],
    ['a', ['postgres', 'redis'], undefined],
    ['kafka', ['postgres', 'redis', 'queue'], undefined],
    ['x', [], undefined],
    ['tag', ['etag', 'tags'], 'tags'],
    ['tag', ['tags', 'etag'], 'tags'],
    ['abcd', ['zzzzzzz', 'abcdef1'], undefined],
    // The first of two that are as near: the same answer on every run.
    ['bat', ['cat', 'rat'], 'cat'],
  ])('to %j of %j is %j', (written, candidates, expected) => {
    expect(nearest(written, candidates)).toBe(expected);
  });

  it('is found quickly for very long words', () => {
    const spent = cpuSeconds(() =>
      expect(nearest('a'.repeat(100_000), ['postgres', 'b'.repeat(2000)])).toBeUndefined(),
    );
    expect(spent).toBeLessThan(0.5);
  });
});

describe('the hint', () => {
  it('names the nearest, else a few choices, else nothing', () => {
    expect(didYouMean('hots', ['host', 'port'])).toBe('did you mean "host"?');
    expect(didYouMean('something', ['host', 'port'])).toBe('one of "host", "port"');
    expect(didYouMean('something', [...'123456789'])).toBeUndefined();
    expect(didYouMean('something', [])).toBeUndefined();
  });
});

it('quotes what a user wrote, visibly and not endlessly', () => {
  expect(quote('a"b\n\u001b')).toBe('"a\\"b\\n\\u001b"');
  expect(quote('x'.repeat(1000))).toHaveLength(122);
});
