import { describe, expect, it } from 'vitest';
import { hostnameOf, parseUrl, portOf, queryOf, type Url } from './url.ts';

function url(text: string): Url {
  const result = parseUrl(text);
  if (result.kind === 'refused') throw new Error(result.reason);
  return result.value;
}

describe('a URL', () => {
  it('has its parts', () => {
    const parsed = url('HTTPS://us%40er:p@[2001:db8::1]:8443/a%2Fb/ü?k1=a&k2=b&k1=c%20d+e&bad=%zz&;x#frag');
    expect(parsed).toMatchObject({ scheme: 'https', host: '[2001:db8::1]:8443', escapedPath: '/a/b/%C3%BC' });
    expect([hostnameOf(parsed), portOf(parsed)]).toEqual(['2001:db8::1', '8443']);
    expect([...queryOf(parsed)]).toEqual([
      ['k1', ['a', 'c d e']],
      ['k2', ['b']],
    ]);
    expect(parsed.text).toBe('https://us%40er:p@[2001:db8::1]:8443/a/b/%C3%BC?k1=a&k2=b&k1=c%20d+e&bad=%zz&;x#frag');
  });

  it.each([
    '',
    'example.com',
    '../a',
    '//example.com x',
    'http://exa mple.com',
    'http://a:b',
    'http://[::1',
    'http://[1.2.3.4]',
    'http://a/%',
    'http://%zz',
    ':a',
    'a\u0007',
    'http://a:1:2',
    ' ',
  ])('%j is none', (text) => {
    expect(parseUrl(text)).toMatchObject({ kind: 'refused' });
  });

  it('of half a million characters is read in one go', () => {
    expect(url(`http://a/${'x'.repeat(500_000)}`).escapedPath).toHaveLength(500_001);
  });
});
