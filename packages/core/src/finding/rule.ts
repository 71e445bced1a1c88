import type { FileMode } from '../snapshot/snapshot.ts';
import type { Severity } from './finding.ts';

/** A file of an example: its text, bytes that are no text, a link, or `null` for a file that is not there. */
export type ExampleFile = string | Uint8Array | { readonly mode: FileMode; readonly content: string } | null;

/** Files by path: they are laid over the example platform of the tests. */
export type ExampleFiles = Readonly<Record<string, ExampleFile>>;

/**
 * What one code of a finding means. The examples are executed by the tests and printed in docs/rules: `fails`
 * gives exactly this code, `passes` nothing at all. A finding that needs more than files to come about (a remote,
 * a branch, an option) says in `when` what happened.
 */
export interface Rule {
  /** `<stage>/<what>`, as findings carry it. */
  readonly code: `${string}/${string}`;
  readonly severity: Severity;
  /** What the rule wants, in one sentence. */
  readonly title: string;
  /** Why: what goes wrong for people without it. */
  readonly why: string;
  /** What to do about it. */
  readonly mend: string;
  readonly examples?: { readonly fails: ExampleFiles; readonly passes?: ExampleFiles };
  readonly when?: string;
}
