import { redact } from './redact.ts';

/**
 * git did what nobody expected of it: it is missing, the repository is damaged, a disk is full. Never
 * thrown for a remote that refuses or is gone; those are outcomes.
 */
export class GitError extends Error {
  override readonly name = 'GitError';
  readonly argv: readonly string[];
  /** `undefined`: it did not start, or was ended by a signal. */
  readonly exitCode: number | undefined;

  constructor(argv: readonly string[], exitCode: number | undefined, said: string) {
    super(redact(`git ${argv[0] ?? ''} failed: ${said.trim() || `exit code ${exitCode ?? 'unknown'}`}`));
    this.argv = argv;
    this.exitCode = exitCode;
  }
}
