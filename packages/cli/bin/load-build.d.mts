import type * as main from '../src/main.ts';
import type * as service from '../src/service.ts';

interface LoadedBuild<Part> {
  readonly exports: Part;
  /** Names the build: what it stores is only read by the same one. */
  readonly name: string;
  /** To be called when the work is done: keeps what was compiled for it. */
  readonly keep: () => void;
}

/** The current build of the bin; `undefined` when there can be none, which standard error and the exit code say. */
export function loadBuild(use: string, part?: 'main'): Promise<LoadedBuild<typeof main> | undefined>;
/** What adds a service, alone: a part of the bin that is loaded in half of the time. */
export function loadBuild(use: string, part: 'service'): Promise<LoadedBuild<typeof service> | undefined>;
