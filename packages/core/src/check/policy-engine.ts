import type { Finding, Position, Severity, Waived } from '../finding/finding.ts';
import type { JsonObject } from '../json/json.ts';
import type { Pointer } from '../json/pointer.ts';

/** What a policy says against an object. */
export interface PolicyViolation {
  readonly policy: string;
  /** The policy's file. */
  readonly path: string;
  /** Which of its validations, by position; absent when it is none in particular. */
  readonly validation?: number | undefined;
  readonly severity: Severity;
  readonly message: string;
  /** How to mend it, from the policy's annotations. */
  readonly mend?: string | undefined;
  /** The fields that the failing expression speaks of, the likeliest first; they need not exist. */
  readonly fieldPaths: readonly Pointer[];
  readonly kind: 'violated' | 'error' | 'inconclusive';
  /** Accepted by an exception that came with the policies. */
  readonly waived?: Waived | undefined;
  /** Where in the policy it is said, as far as that is known. */
  readonly policyAt?: Position | undefined;
}

/** Manifests beside the one that is judged: those of the same environment and target. */
export interface PolicyResources {
  /** All manifests of an `apiVersion`, such as `v1` or `apps/v1`; the same array for the same question. */
  list(apiVersion: string): readonly JsonObject[];
}

/** An object to be judged, and what is known around it. */
export interface PolicyRequest {
  readonly object: JsonObject;
  /** What it replaces. `null`: it does not exist yet. Absent: not known, so what depends on it is inconclusive. */
  readonly oldObject?: JsonObject | null | undefined;
  /** The Namespace that it is in. `null`: it is in none, whatever its fields say. Absent: not known. */
  readonly namespaceObject?: JsonObject | null | undefined;
  /** Where an object goes that names no namespace; absent: nowhere. */
  readonly defaultNamespace?: string | undefined;
  /** What the object's service uses: a capability's own policies judge its users, and nobody else. */
  readonly scopes: ReadonlySet<string>;
  /** For params (`paramRef`) and for policies that look at other objects. */
  readonly resources?: PolicyResources | undefined;
  /** The catalog, which a policy reads as `catalog`; what reads it is inconclusive without. */
  readonly catalog?: JsonObject | undefined;
}

/** An audit annotation that a policy made of an object. */
export interface PolicyAudit {
  readonly policy: string;
  readonly key: string;
  readonly value: string;
  /** The object, such as `apps/v1 Deployment checkout/checkout`. */
  readonly object: string;
}

/** What is known of the policies themselves after a run. */
export interface PolicyReport {
  /** What was found out about policies while they were evaluated, each once: a param that is missing, a message that throws. */
  readonly findings: readonly Finding[];
  /** That a policy concerned nothing: a finding only for who evaluated everything there is. */
  readonly unmatched: readonly Finding[];
  readonly audit: readonly PolicyAudit[];
}

/** What `check` needs of a policy engine, for one run; `@idp/policy` is one. */
export interface PolicyEngine {
  /** How many policies it has: zero evaluated is never a pass. */
  readonly policies: number;
  /** What its policies ask for beyond the object itself: the rest needs not be looked up. */
  readonly needs: {
    /** Whether the object is created or updated, and what it replaces. */
    readonly operation: boolean;
    /** Of what: of what is rendered, of Score files, of other files. */
    readonly operationOf: ReadonlySet<'rendered' | 'scores' | 'files'>;
    readonly catalog: boolean;
    /** The other manifests that they read (params, Namespaces): of these kinds, or nobody knows which. */
    readonly beside: 'all' | readonly { readonly apiVersion: string; readonly kind: string }[];
  };
  evaluate(request: PolicyRequest): readonly PolicyViolation[];
  /** How many objects each policy concerned so far, those of zero too. */
  readonly matched: ReadonlyMap<string, number>;
  /** Of everything that was evaluated so far. */
  report(): PolicyReport;
}
