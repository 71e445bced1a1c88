import type { Wanted } from '@idp/core';
import type { OnProcess } from '../process/run-git.ts';

export interface SnapshotOptions {
  /** The entries whose bytes will be read; without it, all of them. */
  readonly wanted?: Wanted | undefined;
  readonly onProcess?: OnProcess | undefined;
}
