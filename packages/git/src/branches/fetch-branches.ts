import type { FetchOutcome } from '@idp/core';
import { gitOutput, runGit } from '../process/run-git.ts';
import { type Remote, type RemoteOptions, refusedNames, remoteOf } from './remote.ts';
import { remoteFailure } from './remote-failure.ts';

const fetchArgv = [
  'fetch',
  '--quiet',
  '--no-tags',
  '--no-prune',
  '--no-write-fetch-head',
  '--no-auto-maintenance',
  '--no-recurse-submodules',
  // Without this, git would update more remote-tracking branches than we ask for.
  '--refmap=',
];

/** The oid of each branch that exists on the remote. */
export type BranchOids = ReadonlyMap<string, string>;

/**
 * Brings branches of a remote here, as remote-tracking branches. A branch that the remote does not have
 * is not in the answer, whatever an old remote-tracking branch says.
 */
export async function fetchBranches(remote: Remote, branches: readonly string[]): Promise<FetchOutcome<BranchOids>> {
  const refused = await refusedNames(remote, branches);
  if (refused !== undefined) return refused;
  // A branch may go between listing and fetching: then everything is listed once more.
  const first = await listAndFetch(remote, branches);
  return first.kind === 'gone-meanwhile' ? settled(await listAndFetch(remote, branches)) : first;
}

/**
 * Brings one branch of a remote here.
 *
 * @returns its oid, `undefined` when the remote does not have it
 */
export async function fetchBranch(
  root: string,
  remote: string,
  branch: string,
  options: RemoteOptions = {},
): Promise<FetchOutcome<string | undefined>> {
  const outcome = await fetchBranches(remoteOf(root, remote, options), [branch]);
  return outcome.kind === 'fetched' ? { kind: 'fetched', value: outcome.value.get(branch) } : outcome;
}

type Attempt = FetchOutcome<BranchOids> | { readonly kind: 'gone-meanwhile'; readonly reason: string };

async function listAndFetch(remote: Remote, branches: readonly string[]): Promise<Attempt> {
  const { root, name, timeLimit, onProcess } = remote;
  if (branches.length === 0) return { kind: 'fetched', value: new Map() };
  const refs = branches.map((branch) => `refs/heads/${branch}`);
  const listing = await runGit(root, ['ls-remote', '--quiet', '--', name, ...refs], { onProcess, timeLimit });
  if (listing.timedOut || listing.exitCode !== 0) return remoteFailure(listing, timeLimit);
  const listed = parseRefs(listing.stdout);
  const existing = branches.filter((branch) => listed.has(`refs/heads/${branch}`));
  if (existing.length === 0) return { kind: 'fetched', value: new Map() };

  const tracking = (branch: string) => `refs/remotes/${name}/${branch}`;
  const refspecs = existing.map((branch) => `+refs/heads/${branch}:${tracking(branch)}`);
  const fetched = await runGit(root, [...fetchArgv, '--', name, ...refspecs], { onProcess, timeLimit });
  if (fetched.timedOut) return remoteFailure(fetched, timeLimit);
  if (fetched.exitCode !== 0) {
    const failure = remoteFailure(fetched, timeLimit);
    return /couldn't find remote ref/.test(fetched.stderr) ? { ...failure, kind: 'gone-meanwhile' } : failure;
  }
  // The tracking refs, not the listing: a branch may have moved in between, and these commits are here.
  const argv = ['for-each-ref', '--format=%(objectname) %(refname)', ...existing.map(tracking)];
  const here = parseRefs(await gitOutput(root, argv, { onProcess }));
  const oids = existing.flatMap((branch) => {
    const oid = here.get(tracking(branch));
    return oid === undefined ? [] : [[branch, oid] as const];
  });
  return { kind: 'fetched', value: new Map(oids) };
}

function settled(attempt: Attempt): FetchOutcome<BranchOids> {
  return attempt.kind === 'gone-meanwhile' ? { kind: 'unreachable', reason: attempt.reason } : attempt;
}

/** `<oid>`, white space, `<ref>` on each line. */
function parseRefs(output: Buffer): ReadonlyMap<string, string> {
  const lines = output.toString('utf8').split('\n');
  return new Map(lines.map((line) => [line.slice(41), line.slice(0, 40)]));
}
