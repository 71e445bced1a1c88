import type { JsonObject } from '../json/json.ts';

/** Types as OpenAPI schemas, wherever they were published: in the table, by a cluster, in a capability's folder. */
export interface TypeDefinitions {
  /** The schema's name by `<group>/<version>/<Kind>`; the core group has no name: `v1/Service`. */
  readonly kinds: ReadonlyMap<string, string>;
  /** An OpenAPI 3.0 schema, in which `$ref` is the name of another. */
  definition(name: string): JsonObject | undefined;
}
