import type { RelatedPlace } from '../finding/finding.ts';
import type { ExampleFiles, Rule } from '../finding/rule.ts';
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
  /** Other places that explain it. */
  readonly related?: readonly RelatedPlace[];
}

/** One rule over the catalog. Its examples are its tests and its page in docs/rules. */
export interface CatalogRule extends Rule {
  readonly code: `catalog/${string}`;
  readonly examples: { readonly fails: ExampleFiles; readonly passes: ExampleFiles };
  check(entity: Entity, catalog: Catalog): Iterable<RuleViolation>;
}
