import { describe, expect, it } from 'vitest';
import { type LiteralFile, literalSnapshot } from '../../snapshot/literal-snapshot.ts';
import { codeOwnersChange } from './code-owners.ts';

const change = (files: Readonly<Record<string, LiteralFile>>, folder = 'capabilities/mail') =>
  codeOwnersChange(literalSnapshot(files), folder, 'group:default/team-data');

describe('the line in CODEOWNERS', () => {
  it('stands among its like, in their order and columns', () => {
    const text =
      '* @acme/all\n/capabilities/ @acme/all\n/capabilities/dns/      @acme/net\n/capabilities/web/      @acme/net\n/x/ @acme/all\n';
    expect(change({ '.github/CODEOWNERS': text })).toEqual({
      path: '.github/CODEOWNERS',
      content: text.replace('/capabilities/web', '/capabilities/mail/     @acme/team-data\n/capabilities/web'),
    });
  });

  it('is the first of its like, or else the last line', () => {
    const later = '/capabilities/zoo/ @acme/net\n';
    expect(change({ CODEOWNERS: later })?.content).toBe(`/capabilities/mail/ @acme/team-data\n${later}`);
    expect(change({ CODEOWNERS: '* @acme/all\n' })?.content).toBe('* @acme/all\n/capabilities/mail/ @acme/team-data\n');
    expect(change({ CODEOWNERS: '* @acme/all' })?.content).toBe('* @acme/all\n/capabilities/mail/ @acme/team-data');
  });

  it('goes to the file that GitHub reads', () => {
    const text = '* @acme/all\n';
    expect(change({ CODEOWNERS: text, 'docs/CODEOWNERS': text })?.path).toBe('CODEOWNERS');
    expect(change({ CODEOWNERS: text, '.github/CODEOWNERS': text })?.path).toBe('.github/CODEOWNERS');
  });

  it.each([
    ['without a file', {}],
    ['when it is there already', { CODEOWNERS: '* @acme/all\n/capabilities/mail/ @acme/other\n' }],
    ['when no organisation can be told', { CODEOWNERS: '# of @acme/all\n* @robin\n' }],
    ['through a link', { CODEOWNERS: { mode: '120000' as const, content: '* @acme/all\n' } }],
  ])('is not written %s', (_, files) => {
    expect(change(files)).toBeUndefined();
  });
});
