import picomatch from 'picomatch';
import { describe, expect, it } from 'vitest';
import { cpuSeconds } from '../testing/cpu-seconds.ts';
import { globs } from './primitives.ts';
import { schemaProblems } from './schema-problems.ts';

const accepted = (glob: string): boolean => schemaProblems(globs('Globs.'), [glob], 'ours').length === 0;
const paths = ['a'.repeat(250), 'a/'.repeat(125), `${'aaaa/'.repeat(50)}a`];

describe('a glob', () => {
  it.each(['**/*.yaml', 'catalog/**/test/*', '{a,b}/**', '[a-z]?.yaml', '.npmrc', '**/test/**/*.yaml', '!a'])(
    '%s is one',
    (glob) => expect(accepted(glob)).toBe(true),
  );

  it.each([
    '*a*a*a*a*a*a*b',
    '**/**/**/**/x',
    '+(a|aa)b',
    '(a+)+b',
    '(a|a)(a|a)b',
    '{a,a}{a,a}b',
    'a\\\\(b',
    'a'.repeat(201),
  ])('%s is refused', (glob) => expect(accepted(glob)).toBe(false));

  it.each(['*a*a*b', '**/*a*b', '**/**/**', '**/a/**/a/**b', '{a,a,*a*a*}b', '**?**?**b', '[a-z]*[a-z]*[a-z]*b'])(
    '%s that is one is quick on any path',
    (glob) => {
      expect(accepted(glob)).toBe(true);
      const match = picomatch([glob], { dot: true, noextglob: true });
      const spent = cpuSeconds(() => {
        for (const path of paths) match(path);
      });
      expect(spent).toBeLessThan(2);
    },
  );
});
