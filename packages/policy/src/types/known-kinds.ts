import type { JsonObject } from '../json.ts';

/** A kind of object that policies may be about, as its schema is published: by Kubernetes, a definition, a JSON Schema. */
export interface KnownKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Its name in `resourceRules`; the plural of the kind when left out. */
  readonly resource?: string | undefined;
  /** Whether objects may have fields that the schema does not know: then only what looks misspelt is a mistake. */
  readonly lenient?: boolean | undefined;
  /** An OpenAPI 3.0 or JSON Schema of its objects; `undefined` when nothing is known of their fields. */
  readonly schema: () => JsonObject | undefined;
  /** The schema behind a `$ref` in it. */
  readonly resolve: (reference: string) => JsonObject | undefined;
}

/** The kinds that are known, by which the fields that expressions name are checked. */
export interface KnownKinds {
  /** Those of an API group, or all of them for `*`; asked for when a policy names the group. */
  ofGroup(group: string): readonly KnownKind[];
  /** Whether a group has no other kinds than those. */
  isComplete(group: string): boolean;
}
