import type { Program } from '../cel/program.ts';
import type { JsonObject } from '../json.ts';
import type { Dialect } from '../kyverno/dialect.ts';
import type { LabelSelector } from '../match/label-selector.ts';
import type { MatchResources } from '../match/match-resources.ts';

/** What a binding does about a violation, the strongest first. */
export type Action = 'deny' | 'warn' | 'audit';

/** One entry of `spec.validations`, compiled. */
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

export interface AuditAnnotation {
  /** Its position in `spec.auditAnnotations`. */
  readonly index: number;
  readonly key: string;
  readonly program: Program;
}

/** The kind of the objects that a policy reads as `params`. */
export interface ParamKind {
  readonly apiVersion: string;
  readonly kind: string;
}

/** Which objects a binding gives to its policy as `params`, one after the other: by name, or all that a selector finds. */
export interface ParamRef {
  readonly name?: string;
  readonly selector?: LabelSelector;
  /** Absent: the namespace of the object that is judged. */
  readonly namespace?: string;
  readonly notFound: 'Allow' | 'Deny';
}

/** A ValidatingAdmissionPolicyBinding: puts a policy in force, and says for what. */
export interface Binding {
  readonly name: string;
  /** The file that it came from, and the document's position in what was given to `readPolicies`. */
  readonly path: string;
  readonly document: number;
  readonly policyName: string;
  /** As of a policy. */
  readonly scope?: string;
  readonly actions: readonly Action[];
  /** Narrows what the policy matches; absent when the binding adds nothing. */
  readonly match?: MatchResources;
  readonly paramRef?: ParamRef;
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
  readonly paramKind?: ParamKind;
  readonly matchConditions: readonly NamedProgram[];
  readonly variables: readonly NamedProgram[];
  readonly validations: readonly Validation[];
  readonly auditAnnotations: readonly AuditAnnotation[];
  /** The variables that its expressions read: `object`, `oldObject`, `params`, …, and those of the host. */
  readonly reads: () => ReadonlySet<string>;
  readonly bindings: readonly Binding[];
  /** Of a policy of another kind, such as Kyverno's. */
  readonly dialect?: Dialect;
}

/** An object that policies may be given as `params`. */
export interface Param {
  readonly path: string;
  readonly object: JsonObject;
}

/** Policies in the order of their names, ready to be evaluated. */
export interface PolicySet {
  readonly policies: readonly Policy[];
  /** What is known of them beforehand, so that they need not be compiled to find out. */
  readonly asksForOperation?: false;
  /** The params that were read with them. */
  readonly params: readonly Param[];
  /** Whether objects of a custom kind have a namespace, by `<group>/<Kind>`, from the definitions that were read with them. */
  readonly customScopes: ReadonlyMap<string, boolean>;
}
