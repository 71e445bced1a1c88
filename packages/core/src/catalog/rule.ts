import type { Severity } from '../finding/finding.ts';
import type { Pointer } from '../json/pointer.ts';
import type { NodePart } from '../source/source.ts';
import type { Catalog } from './catalog.ts';
import type { Entity } from './entity.ts';

/** What a rule found in one entity. */
export interface RuleViolation {
  readonly at: Pointer;
  readonly part?: NodePart;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** Files by path, as text: they are laid over the example platform of the tests. */
export type ExampleFiles = Readonly<Record<string, string>>;

/** One rule over the catalog. Its examples are its tests and its page in docs/rules. */
export interface CatalogRule {
  readonly code: `catalog/${string}`;
  readonly severity: Severity;
  /** What the rule wants, in one sentence. */
  readonly title: string;
  /** Why: what goes wrong for people without it. */
  readonly why: string;
  readonly examples: { readonly fails: ExampleFiles; readonly passes: ExampleFiles };
  check(entity: Entity, catalog: Catalog): Iterable<RuleViolation>;
}
