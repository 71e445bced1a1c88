import type { Program } from '../cel/program.ts';
import type { MatchResources } from '../match/match-resources.ts';

/** What a binding does about a violation, the strongest first. */
export type Action = 'deny' | 'warn' | 'audit';

export interface Validation {
  /** Its position in `spec.validations`. */
  readonly index: number;
  readonly program: Program;
  readonly message?: string;
  readonly messageProgram?: Program;
  readonly reason: string;
}

export interface NamedProgram {
  readonly name: string;
  readonly program: Program;
}

export interface Binding {
  readonly name: string;
  readonly path: string;
  readonly policyName: string;
  /** As of a policy. */
  readonly scope?: string;
  readonly actions: readonly Action[];
  /** Narrows what the policy matches; absent when the binding adds nothing. */
  readonly match?: MatchResources;
}

/** A ValidatingAdmissionPolicy with its bindings, compiled. */
export interface Policy {
  readonly name: string;
  /** The file that it came from. */
  readonly path: string;
  /** The document's position in what was given to `readPolicies`. */
  readonly document: number;
  /** Whose policy it is: it judges only what is in this scope; absent when it judges everything. */
  readonly scope?: string;
  /** Annotations `idp.internal/title`, `…/rationale`, `…/mend` and `…/owner`: what people need to know. */
  readonly title?: string;
  readonly rationale?: string;
  readonly mend?: string;
  readonly owner?: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly failurePolicy: 'Fail' | 'Ignore';
  readonly match: MatchResources;
  readonly matchConditions: readonly NamedProgram[];
  readonly variables: readonly NamedProgram[];
  readonly validations: readonly Validation[];
  readonly bindings: readonly Binding[];
}

/** Policies in the order of their names, ready to be evaluated. */
export interface PolicySet {
  readonly policies: readonly Policy[];
}
