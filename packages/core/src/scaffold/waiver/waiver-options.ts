/** What a person asks for. */
export interface WaiverOptions {
  /** A policy by its name or its id. */
  readonly policy: string;
  /** An entity: `component:checkout`, `checkout`. */
  readonly subject: string;
  readonly reason: string;
  /** The last day. Default: 90 days from now, or less where the policy allows less. */
  readonly expires?: string | undefined;
  /** Default: the owner of the subject. */
  readonly owner?: string | undefined;
  /** Default: the owner of the policy. */
  readonly approver?: string | undefined;
  readonly resource?: string | undefined;
  readonly container?: string | undefined;
  readonly path?: string | undefined;
  readonly environments: readonly string[];
  /** Default: made of what it names. */
  readonly name?: string | undefined;
}
