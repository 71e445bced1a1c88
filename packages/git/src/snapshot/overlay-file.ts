import type { FileMode } from '@idp/core';

/** A change that leaves a file behind. */
export interface OverlayFile {
  readonly path: string;
  readonly content: Uint8Array;
  readonly mode: FileMode;
}
