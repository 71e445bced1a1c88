import type * as main from '../src/main.ts';

/** The current build of the bin; `undefined` when there can be none, which standard error and the exit code say. */
export function loadBuild(
  use: string,
): Promise<{ readonly exports: typeof main; readonly keep: () => void } | undefined>;
