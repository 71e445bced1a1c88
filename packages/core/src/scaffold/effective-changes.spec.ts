import { expect, it } from 'vitest';
import { literalSnapshot } from '../snapshot/literal-snapshot.ts';
import { effectiveChanges } from './effective-changes.ts';

const snapshot = literalSnapshot({ 'g/a': 'same', 'g/run': { mode: '100755', content: 'x' } });

it('leaves out what is there already', () => {
  const changes = [
    { path: 'g/a', content: 'same' },
    { path: 'g/run', content: 'x', mode: '100755' as const },
    { path: 'g/never-there', content: undefined },
    { path: 'g/new', content: '' },
  ];
  expect(effectiveChanges(snapshot, ['g'], changes)).toEqual({ changes: [changes[3]], findings: [] });
});

it.each([
  ['two names that differ only in case', ['g/README.md', 'g/readme.md'], /only in case/],
  ['a file and what is below it', ['g/x', 'g/x/y'], /is a file/],
  ['a path outside of the grant', ['g/x', 'h/x'], /outside/],
])('writes nothing at all for %s', (_, paths, message) => {
  const { changes, findings } = effectiveChanges(
    snapshot,
    ['g'],
    paths.map((path) => ({ path, content: '' })),
  );
  expect(changes).toEqual([]);
  expect(findings[0]?.message).toMatch(message);
});
