import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { gitEnvironment } from './git-environment.ts';
import { GitError } from './git-error.ts';
import { redact } from './redact.ts';
import { isRefName } from './ref-name.ts';
import { gitOutput, runGit } from './run-git.ts';

describe('redact', () => {
  it('hides credentials in URLs and removes control characters', () => {
    expect(redact("fatal: 'https://bot:p@ss:w0rd@example.com/a.git' is gone")).toBe(
      "fatal: 'https://***@example.com/a.git' is gone",
    );
    expect(redact('ssh://git@host/x and https://token@host/y')).toBe('ssh://***@host/x and https://***@host/y');
    expect(redact('mail ada@example.com about https://host/a@b')).toBe('mail ada@example.com about https://host/a@b');
    expect(redact('a\u001b[31mred\u0007\nb')).toBe('a[31mred\nb');
  });

  it('keeps credentials out of errors', () => {
    expect(new GitError(['fetch'], 128, "fatal: 'https://u:secret@h/'").message).not.toContain('secret');
  });
});

describe('isRefName', () => {
  const accepted = (name: string) => spawnSync('git', ['check-ref-format', '--branch', name]).status === 0;

  it.each(['main', 'env/dev', 'a.b', 'ünï/cödé', 'x@y', 'a{b}', 'release-1.0'])('accepts %j', (name) => {
    expect([isRefName(name), accepted(name)]).toEqual([true, true]);
  });

  it.each([
    '',
    '-x',
    '--all',
    'a..b',
    'a b',
    'a\nb',
    'a~1',
    'a^',
    'a:b',
    '*',
    'a?',
    'a[b',
    'a\\b',
    'a@{1}',
    '/a',
    'a/',
    'a//b',
    '.a',
    'a/.b',
    'a.lock',
    'a.lock/b',
    'a.',
    '../x',
    'HEAD',
    'a\u007f',
  ])('refuses %j', (name) => {
    expect([isRefName(name), accepted(name)]).toEqual([false, false]);
  });

  it('agrees with git', () => {
    const part = fc.constantFrom(
      'a',
      '/',
      '.',
      '..',
      '-',
      '@',
      '{',
      '}',
      '@{',
      '~',
      '.lock',
      ' ',
      '\t',
      'é',
      '\\',
      'HEAD',
      '*',
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (parts) => {
        const name = parts.join('');
        // git takes `@` for HEAD here; as a branch it would be read as HEAD everywhere else.
        fc.pre(name !== '@');
        expect([name, isRefName(name)]).toEqual([name, accepted(name)]);
      }),
      { numRuns: 150 },
    );
  });
});

describe('runGit', () => {
  it('drops what ties git to another repository, keeps how to reach remotes', () => {
    const environment = gitEnvironment(
      {
        GIT_DIR: '/x',
        GIT_INDEX_FILE: '/x',
        GIT_WORK_TREE: '/x',
        GIT_TRACE: '1',
        GIT_SSH_COMMAND: 'ssh -v',
        HOME: '/h',
        LC_ALL: 'de_DE',
      },
      { GIT_INDEX_FILE: '/ours' },
    );
    expect(environment).toEqual({
      GIT_SSH_COMMAND: 'ssh -v',
      HOME: '/h',
      GIT_INDEX_FILE: '/ours',
      LC_ALL: 'C',
      LANGUAGE: 'C',
      GIT_TERMINAL_PROMPT: '0',
      GIT_OPTIONAL_LOCKS: '0',
      GIT_NO_REPLACE_OBJECTS: '1',
    });
  });

  it('says what failed', async () => {
    const folder = await temporaryFolder();
    await expect(gitOutput(folder, ['rev-parse', '--git-dir'])).rejects.toThrow(
      /^git rev-parse failed: fatal: not a git/,
    );
    await expect(runGit(`${folder}/missing`, ['version'])).rejects.toThrow(/could not be started/);
  });

  it('ends a process at its time limit', async () => {
    const folder = await temporaryFolder();
    const result = await runGit(folder, ['-c', 'alias.hang=!exec sleep 60', 'hang'], { timeLimit: 0.05 });
    expect(result.timedOut).toBe(true);
  });
});
