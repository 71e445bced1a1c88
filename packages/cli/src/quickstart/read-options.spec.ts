import { describe, expect, it } from 'vitest';
import { readOptions } from './read-options.ts';

describe('the options of the quickstart', () => {
  it('are none by default', () => {
    expect(readOptions([], '/home/kim')).toEqual({ kind: 'run', into: undefined, from: undefined });
  });

  it('name folders from where the person is', () => {
    expect(readOptions(['--into=tour', '--from=/srv/platform'], '/home/kim')).toEqual({
      kind: 'run',
      into: '/home/kim/tour',
      from: '/srv/platform',
    });
  });

  it.each(['--to=x', '--into', 'tour', '--into-x=y'])('refuse %s', (word) => {
    expect(readOptions([word], '/')).toMatchObject({ kind: 'usage', message: expect.stringContaining(`"${word}"`) });
  });

  it('refuse a flag without a folder', () => {
    expect(readOptions(['--into='], '/')).toEqual({ kind: 'usage', message: '--into needs a folder' });
  });
});
