import { expect, it } from 'vitest';
import { literalSnapshot } from '../../snapshot/literal-snapshot.ts';
import { missingHint } from './location-targets.ts';

it('suggests no file that names the missing one itself', () => {
  const snapshot = literalSnapshot({ 'catalog/all.yaml': '', 'catalog/team.yaml': '' });
  expect(missingHint(snapshot, 'catalog/al.yaml', 'catalog/all.yaml')).toBe('one of "team.yaml"');
  const alone = literalSnapshot({ 'all.yaml': '' });
  expect(missingHint(alone, 'al.yaml', 'all.yaml')).toBe('mend the path; it is relative to this file');
});
