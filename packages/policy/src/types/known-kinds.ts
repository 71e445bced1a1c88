import type { JsonObject } from '../json.ts';

/**
 * An OpenAPI 3.0 or JSON Schema. Where it says `x-lenient: true`, values may have fields that it does not name, there and below:
 * then only a field that looks misspelt is a mistake.
 */
export interface KnownSchema {
  /** `undefined` when nothing is known of the fields. */
  readonly schema: () => JsonObject | undefined;
  /** The schema behind a `$ref` in it. */
  readonly resolve: (reference: string) => JsonObject | undefined;
}

/** A kind of object that policies may be about, as its schema is published: by Kubernetes, a definition, a JSON Schema. */
export interface KnownKind extends KnownSchema {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Its name in `resourceRules`; the plural of the kind when left out. */
  readonly resource?: string | undefined;
}

/** The kinds that are known, by which the fields that expressions name are checked. */
export interface KnownKinds {
  /** Those of an API group, or all of them for `*`; asked for when a policy names the group. */
  ofGroup(group: string): readonly KnownKind[];
  /** Whether a group has no other kinds than those. */
  isComplete(group: string): boolean;
  /** Of a variable of the host, by its name. */
  ofVariable?(name: string): KnownSchema | undefined;
}
