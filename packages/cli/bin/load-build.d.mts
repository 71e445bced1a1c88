import type * as main from '../src/main.ts';

interface LoadedBuild {
  readonly exports: typeof main;
  /** Names the build: what it stores is only read by the same one. */
  readonly name: string;
  /** To be called when the work is done: keeps what was compiled for it. */
  readonly keep: () => void;
}

/** The current build of the bin; `undefined` when there can be none, which standard error and the exit code say. */
export function loadBuild(use: string): Promise<LoadedBuild | undefined>;
