import type { DocumentKind } from './document-kind.ts';
import type { Binding, Policy } from './policy.ts';
import type { ProblemLog } from './problem.ts';

/** A document, and what was made of it. */
export interface ReadDocument {
  readonly kind: DocumentKind;
  readonly path: string;
  readonly document: unknown;
  readonly name: string | undefined;
  readonly scope: string | undefined;
  readonly policy?: Policy;
  readonly binding?: Binding;
  readonly log: ProblemLog;
}
