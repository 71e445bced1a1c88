import type { Pointer } from '../json.ts';

/** What can be wrong with a policy or a binding. */
export type ProblemCode =
  /** The document is not what the Kubernetes API accepts. */
  | 'policy/invalid'
  /** An expression does not parse or type-check. */
  | 'policy/cel-error'
  /** An expression names a field that none of the kinds has that the policy is about. */
  | 'policy/unknown-field'
  /** Valid in a cluster, but not evaluated here yet. */
  | 'policy/not-supported-yet'
  /** A policy without a binding is never in force. */
  | 'policy/unbound'
  /** A binding names a policy that does not exist. */
  | 'policy/unknown-policy'
  /** Two policies, two bindings or two params of one name: the second would replace the first. */
  | 'policy/duplicate-name'
  /** Read as what it has become; today's clusters refuse it. */
  | 'policy/old-version'
  /** A binding gives params to a policy that has none, which Kubernetes passes over. */
  | 'policy/unused-param'
  /** No object found the params that a binding names. */
  | 'policy/missing-param'
  /** A message that cannot be made: the API server then uses another. */
  | 'policy/no-message'
  /** A policy takes more steps than it may. */
  | 'policy/too-many-steps'
  /** A policy that is in force concerned nothing that was evaluated. */
  | 'policy/matches-nothing'
  /** A policy of another kind, or a part of one, that decided nothing. */
  | 'policy/not-evaluated'
  /** An exception of a policy that does not exist. */
  | 'policy/excepts-nothing'
  /** An exception that holds no more. */
  | 'policy/expired-exception';

/** What does not keep a policy from being evaluated: one without a binding is evaluated on nothing, which is never a pass. */
const WARNINGS: ReadonlySet<ProblemCode> = new Set([
  'policy/old-version',
  'policy/unused-param',
  'policy/missing-param',
  'policy/no-message',
  'policy/matches-nothing',
  'policy/not-evaluated',
  'policy/excepts-nothing',
  'policy/expired-exception',
]);

export function severityOf(code: ProblemCode): 'error' | 'warning' {
  return WARNINGS.has(code) ? 'warning' : 'error';
}

/** Something wrong with a policy or a binding. A document with an error takes no part in evaluation. */
export interface Problem {
  readonly path: string;
  /** The document's position in what was given; a file may hold several documents. */
  readonly document: number;
  readonly pointer: Pointer;
  readonly code: ProblemCode;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly hint?: string;
  /** UTF-16 code units from the start of the expression at `pointer`; `end` is behind the last one. */
  readonly offset?: number;
  readonly end?: number;
  /** The other place that it is about, such as the first of two of one name. */
  readonly related?: { readonly path: string; readonly document: number; readonly pointer: Pointer };
}

/** Collects the problems of one document. */
export class ProblemLog {
  readonly path: string;
  readonly document: number;
  readonly #problems: Problem[] = [];

  constructor(path: string, document: number) {
    this.path = path;
    this.document = document;
  }

  get problems(): readonly Problem[] {
    return this.#problems;
  }

  /** Whether the document cannot be used. An expression over a field that nothing has can still be evaluated. */
  get hasErrors(): boolean {
    return this.#problems.some(({ severity, code }) => severity === 'error' && code !== 'policy/unknown-field');
  }

  add(
    pointer: Pointer,
    code: ProblemCode,
    message: string,
    more: {
      readonly hint?: string | undefined;
      readonly offset?: number | undefined;
      readonly end?: number | undefined;
      readonly related?: Problem['related'];
    } = {},
  ): void {
    this.#problems.push({
      path: this.path,
      document: this.document,
      pointer,
      code,
      severity: severityOf(code),
      message,
      ...(more.hint === undefined ? {} : { hint: more.hint }),
      ...(more.offset === undefined ? {} : { offset: more.offset }),
      ...(more.end === undefined ? {} : { end: more.end }),
      ...(more.related === undefined ? {} : { related: more.related }),
    });
  }
}
