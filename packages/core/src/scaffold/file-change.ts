/** A file that a generator would write, or (`content: undefined`) remove. */
export interface FileChange {
  readonly path: string;
  readonly content: string | undefined;
  readonly mode?: '100644' | '100755';
}

/** What a generator would do, decided before anything is written. */
export interface ScaffoldPlan {
  /** Only what differs from what is there: a second run has none. */
  readonly changes: readonly FileChange[];
  /** What was done, for people, in one sentence. */
  readonly summary: string;
  /** Commands and files to go on with. */
  readonly nextSteps: readonly string[];
}
