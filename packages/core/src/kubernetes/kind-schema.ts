import type { JsonObject } from '../json/json.ts';
import type { CustomTypes } from './custom-types.ts';
import type { TypeDefinitions } from './type-definitions.ts';

/** A kind of object with the schema of its fields, for who reasons about fields and not about one object. */
export interface KindSchema {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** As `resourceRules` of a policy name it; the plural of the kind when left out. */
  readonly resource?: string | undefined;
  readonly schema: () => JsonObject | undefined;
  /** The schema behind a `$ref` in it. */
  readonly resolve: (reference: string) => JsonObject | undefined;
}

/** @param name `<group>/<version>/<Kind>`; the core group has no name: `v1/Service` */
export function kindSchema(name: string, schema: KindSchema['schema'], resolve: KindSchema['resolve']): KindSchema {
  const [kind = '', version = '', group = ''] = name.split('/').reverse();
  return { group, version, kind, schema, resolve };
}

export function kindsOfDefinitions(types: TypeDefinitions): readonly KindSchema[] {
  // A definition of the table is parsed whenever it is asked for, and every policy about pods asks for those of pods.
  const known = new Map<string, JsonObject | undefined>();
  const resolve = (reference: string): JsonObject | undefined => {
    if (!known.has(reference)) known.set(reference, types.definition(reference));
    return known.get(reference);
  };
  return [...types.kinds].map(([name, type]) => kindSchema(name, () => resolve(type), resolve));
}

export function kindsOfCapability(types: CustomTypes): readonly KindSchema[] {
  return [...types.kinds].map((name) =>
    kindSchema(
      name,
      () => types.schema(name),
      () => undefined,
    ),
  );
}
