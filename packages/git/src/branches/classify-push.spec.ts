import { expect, it } from 'vitest';
import { classifyPush } from './classify-push.ts';

const commits = new Map([
  ['env/dev', 'a'.repeat(40)],
  ['env/prod', 'b'.repeat(40)],
]);

function classify(statuses: readonly string[], stderr = '') {
  const stdout = Buffer.from(`To https://u:secret@example.com/x\n${statuses.join('\n')}\nDone\n`);
  return classifyPush({ exitCode: 1, stdout, stderr, timedOut: false, pid: 1 }, commits, 120);
}

const line = (branch: string, summary: string) => `!\t${'a'.repeat(40)}:refs/heads/${branch}\t${summary}`;

/** What different versions of git and forges say of the same thing. */
it.each([
  '[rejected] (stale info)',
  '[rejected] (fetch first)',
  '[rejected] (non-fast-forward)',
  '[remote rejected] (cannot lock ref)',
  "[remote rejected] (cannot lock ref 'refs/heads/env/dev': is at 1234 but expected 5678)",
  '[remote rejected] (reference already exists)',
  '[remote rejected] (incorrect old value provided)',
])('%s is a lost race', (summary) => {
  expect(classify([line('env/dev', summary), line('env/prod', '[rejected] (atomic push failed)')])).toEqual({
    kind: 'lost-race',
    branches: ['env/dev'],
  });
});

it.each([
  '[remote rejected] (protected branch hook declined)',
  '[remote rejected] (push declined due to repository rule violations)',
  '[remote rejected] (branch is currently checked out)',
  "[remote rejected] (cannot lock ref 'refs/heads/env/dev': 'refs/heads/env' exists; cannot create 'refs/heads/env/dev')",
])('%s is a refusal', (summary) => {
  expect(classify([line('env/dev', summary), line('env/prod', '[rejected] (atomic push failed)')])).toEqual({
    kind: 'refused',
    reason: `env/dev: ${summary}`,
  });
});

it.each([
  ['refused', 'git@example.com: Permission denied (publickey).\nfatal: Could not read from remote repository.'],
  ['refused', "fatal: Authentication failed for 'https://example.com/x/'"],
  ['refused', 'remote: Permission to x/y denied to z.\nfatal: unable to access: The requested URL returned error: 403'],
  ['refused', "fatal: could not read Username for 'https://example.com': terminal prompts disabled"],
  ['refused', 'fatal: the receiving end does not support --atomic push'],
  ['unreachable', "remote: Repository not found.\nfatal: repository 'https://example.com/x/' not found"],
  ['unreachable', 'fatal: unable to access: Could not resolve host: example.com'],
  ['unreachable', 'ssh: connect to host example.com port 22: Connection refused'],
  ['unreachable', 'fatal: the remote end hung up unexpectedly'],
])('before any branch was looked at, it is %s: %s', (kind, stderr) => {
  expect(classify([], stderr)).toMatchObject({ kind });
});
