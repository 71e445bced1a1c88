/** `error` fails a run, `warning` and `info` do not. */
export type Severity = 'error' | 'warning' | 'info';

/** A place in a file of the repository. Lines and columns count from 1; columns are UTF-16 code units. */
export interface Position {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  /** The column after the last character. */
  readonly endColumn: number;
}

/** Another place that explains a finding, for example the template behind a value. */
export interface RelatedPlace extends Partial<Omit<Position, 'path'>> {
  readonly path: string;
  readonly message: string;
}

/** Who answers for a finding that is accepted for a while, and until when (kind Waiver). */
export interface Waived {
  /** The file of the waiver, or of the exception that other tools call by another name. */
  readonly path: string;
  readonly reason: string;
  readonly owner?: string;
  /** The last day on which it holds, `2027-01-31`. */
  readonly expires?: string;
}

/** Something that a person should know or mend: what is wrong, where, and what to do (design, section 7). */
export interface Finding extends Partial<Position> {
  /** `<stage>/<what>`, for example `catalog/unresolved-reference`. */
  readonly code: string;
  readonly severity: Severity;
  /** What is wrong, in one sentence without a full stop. */
  readonly message: string;
  /** The next step, or the nearest valid name. */
  readonly hint?: string;
  /** What it concerns: `component:default/checkout`, `service:checkout`, `environment:dev`. */
  readonly subject?: string;
  /** The page that explains the rule. */
  readonly docs?: string;
  readonly related?: readonly RelatedPlace[];
  /** The environments in which it shows, where it does not show in all. */
  readonly environments?: readonly string[];
  /**
   * What is to be mended, as a key: the rule and the place of the mistake, such as a template's line. Findings of one
   * cause are one mistake, in however many services it shows; reports say it once, with a count.
   */
  readonly cause?: string;
  /** Accepted by a waiver: its severity is `info`, and it fails nothing. Reports show who waived it, and why. */
  readonly waived?: Waived;
}

/** What a stage made, and what people should know of it. `value` is absent where going on would lie. */
export interface Outcome<T> {
  readonly value?: T;
  readonly findings: readonly Finding[];
}

/** Whether a run with these findings fails. */
export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === 'error');
}
