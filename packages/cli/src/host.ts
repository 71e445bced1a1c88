import type { Streams } from '@idp/verbs/door';

/** A program that has the bin's work done in its own process: its folder and its streams are not the process's. */
export interface Host extends Streams {
  readonly folder: string;
}
