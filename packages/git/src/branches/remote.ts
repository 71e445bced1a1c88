import { quote } from '@idp/core';
import { isRefName } from '../process/ref-name.ts';
import { type OnProcess, runGit } from '../process/run-git.ts';
import type { RemoteFailure } from './remote-failure.ts';

/** How to talk to a remote. */
export interface RemoteOptions {
  /** Seconds that an exchange with the remote may take; 120 by default. */
  readonly timeLimit?: number | undefined;
  readonly onProcess?: OnProcess | undefined;
}

/** A remote of a repository and how to talk to it. */
export interface Remote {
  readonly root: string;
  readonly name: string;
  /** Seconds. */
  readonly timeLimit: number;
  readonly onProcess: OnProcess | undefined;
}

export function remoteOf(root: string, name: string, options: RemoteOptions): Remote {
  return { root, name, timeLimit: options.timeLimit ?? 120, onProcess: options.onProcess };
}

/**
 * Why this remote and these branches cannot be used, before any of their names reaches a process that
 * talks to a remote. A remote has to be configured: git would take any other name for a path, and a
 * repository planted in the working tree has hooks.
 */
export async function refusedNames(remote: Remote, branches: readonly string[]): Promise<RemoteFailure | undefined> {
  const wrong = branches.find((branch) => !isRefName(branch));
  if (wrong !== undefined) return { kind: 'refused', reason: `${quote(wrong)} is not a valid branch name` };
  if (!isRefName(remote.name)) {
    return { kind: 'refused', reason: `${quote(remote.name)} is not a valid name of a remote` };
  }
  const found = await runGit(remote.root, ['remote', 'get-url', remote.name], { onProcess: remote.onProcess });
  if (found.exitCode === 0) return undefined;
  return { kind: 'unreachable', reason: `no such remote: ${quote(remote.name)}` };
}
