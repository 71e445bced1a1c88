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

/** The files that say that all others are there: a lock, a capability's contract. Who finds none goes on where a run stopped. */
const finals = /\/\.idp\/lock\.yaml$|^capabilities\/[^/]+\/capability\.yaml$/;

/** The order in which changes are written, in both doors: what makes the rest whole comes last. */
export function inWriteOrder(changes: readonly FileChange[]): readonly FileChange[] {
  return [...changes].sort((a, b) => Number(finals.test(a.path)) - Number(finals.test(b.path)));
}
