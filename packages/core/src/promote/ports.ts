import type { Snapshot } from '../snapshot/snapshot.ts';

/** A branch of a remote repository as it stood when it was read. */
export interface BranchState {
  /** Without `refs/heads/`: `env/dev`. */
  readonly branch: string;
  /** The commit that the branch pointed at, `undefined` when it does not exist. */
  readonly oid: string | undefined;
  readonly snapshot: Snapshot;
}

/** A file to write or (`content: undefined`) to remove. */
export interface FileWrite {
  readonly path: string;
  readonly content: string | undefined;
}

/** One commit on one branch, made from what changed. */
export interface BranchUpdate {
  readonly branch: string;
  /** The commit that the branch has to point at still (`undefined`: it must not exist): a compare-and-swap. */
  readonly expected: string | undefined;
  readonly writes: readonly FileWrite[];
  /** Subject, blank line, body, blank line, trailers. */
  readonly message: string;
}

/** What became of a push: all of its branches moved, or none did. */
export type PushOutcome =
  | { readonly kind: 'pushed'; readonly commits: Readonly<Record<string, string>> }
  /** A branch had moved: nothing was changed, and it is safe to start over from fresh states. */
  | { readonly kind: 'lost-race'; readonly branches: readonly string[] }
  /** The remote said no (a hook, a protected branch, missing rights): trying again will not help. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unreachable'; readonly reason: string };

/** What was read of a remote, or why it could not be. */
export type FetchOutcome<T> =
  | { readonly kind: 'fetched'; readonly value: T }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unreachable'; readonly reason: string };

/**
 * Where environment branches live. Promotion needs nothing else of a forge: two reads and one atomic
 * compare-and-swap push (docs/decisions.md, "Promotion without a forge").
 */
export interface EnvironmentBranches {
  /** Fetches and reads branches; those that do not exist have no `oid` and an empty snapshot. */
  read(branches: readonly string[]): Promise<FetchOutcome<readonly BranchState[]>>;
  /** Commits and pushes all updates in one atomic push with a lease for each branch. */
  push(updates: readonly BranchUpdate[]): Promise<PushOutcome>;
}
