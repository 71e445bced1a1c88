import { expect, it } from 'vitest';
import { gitFailure } from './git-failure.ts';

it('names the file that git may not open, with its place and a way out', () => {
  const message =
    'git -c failed: error: open("services/shop/score.yaml"): Permission denied\nfatal: Unable to process path services/shop/score.yaml';
  expect(gitFailure({ message })).toMatchObject({
    exit: 1,
    findings: [
      { code: 'source/unreadable', path: 'services/shop/score.yaml', line: 1, column: 1, hint: expect.any(String) },
    ],
  });
});

it('says what else git says as it says it', () => {
  const message = 'git status failed: fatal: index file corrupt';
  expect(gitFailure({ message })).toMatchObject({ exit: 2, findings: [{ code: 'usage/git', message }] });
});
