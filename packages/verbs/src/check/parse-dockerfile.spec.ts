import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDockerfile } from './parse-dockerfile.ts';

/** The text that a path leads to. */
function at(text: string, ...path: readonly (string | number)[]): string {
  const { start, end } = parseDockerfile(text).rangeOf(path);
  return text.slice(start, end);
}

describe('parseDockerfile', () => {
  const text = [
    '# escape=`',
    'ARG VERSION=20',
    'FROM --platform=linux/amd64 node:$VERSION AS Build',
    'RUN npm ci `',
    '  && npm test',
    'user builder',
    'FROM build',
    'CMD ["node"]',
    '',
  ].join('\n');

  it('has stages with their instructions, and who the image runs as', () => {
    expect(parseDockerfile(text).spec).toEqual({
      stages: [
        {
          image: 'node:$VERSION',
          name: 'build',
          platform: 'linux/amd64',
          instructions: [
            { keyword: 'RUN', arguments: expect.stringMatching(/^npm ci +&& npm test$/) },
            { keyword: 'USER', arguments: 'builder' },
          ],
        },
        { image: 'build', stage: 'build', instructions: [{ keyword: 'CMD', arguments: '["node"]' }] },
      ],
      user: 'builder',
    });
  });

  it('knows where each is written, also with carriage returns', () => {
    for (const written of [text, text.replaceAll('\n', '\r\n'), text.replaceAll('\n', '\r')]) {
      expect(at(written, 'stages', 0, 'image')).toBe('node:$VERSION');
      expect(at(written, 'stages', 0, 'instructions', 0, 'arguments')).toMatch(/^RUN npm ci `\s+&& npm test$/);
      expect(at(written, 'user')).toBe('user builder');
      expect(at(written, 'stages', 1, 'name')).toBe('FROM build');
    }
  });

  it('says no user where none is said, and shows the last stage', () => {
    const root = 'FROM a AS b\nUSER 1\nFROM c\n';
    expect(parseDockerfile(root).spec).not.toHaveProperty('user');
    expect(at(root, 'user')).toBe('FROM c');
    expect(at('# nothing\n', 'user')).toBe('# nothing');
  });

  it('takes any text, and every place is in it', () => {
    const piece = fc.constantFrom(
      'FROM',
      'USER',
      ' ',
      '\n',
      '\\\n',
      '<<E',
      'E',
      '#',
      '"',
      '[',
      '$',
      '--a=',
      'AS',
      'x',
      '\r',
      '`',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const any = pieces.join('');
        const { spec, rangeOf } = parseDockerfile(any);
        for (const path of [[], ['user'], ['stages', 0, 'instructions', 0], ['stages', 9]]) {
          const { start, end } = rangeOf(path);
          expect(0 <= start && start <= end && end <= any.length).toBe(true);
        }
        expect(JSON.stringify(spec)).not.toContain('null');
      }),
      { numRuns: 200, examples: [[['\n', 'FROM', '\\\n']]] },
    );
  });

  it('takes a hundred thousand characters of anything', () => {
    for (const line of ['#', 'RUN a \\\n', 'FROM a AS a\n', 'ENV a="', '${a', 'FROM --a=b ', 'RUN <<E\n'])
      expect(parseDockerfile(line.repeat(100_000 / line.length)).spec).toHaveProperty('stages');
  });
});
