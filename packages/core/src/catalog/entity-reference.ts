/** `kind:namespace/name` in lower case: how entities are compared, as Backstage does. */
export type EntityRef = `${string}:${string}/${string}`;

export interface ReferenceDefaults {
  readonly kind?: string;
  readonly namespace?: string;
}

const referencePattern = /^(?:([^:/\s]+):)?(?:([^:/\s]+)\/)?([^:/\s]+)$/;

/**
 * Parses `[kind:][namespace/]name` (Backstage, "Entity references"); `undefined` when it is not of that form
 * or has no kind and the field gives none.
 */
export function parseReference(text: string, defaults: ReferenceDefaults): EntityRef | undefined {
  const match = referencePattern.exec(text);
  const kind = match?.[1] ?? defaults.kind;
  if (match === null || kind === undefined) return undefined;
  return refOf(kind, match[2] ?? defaults.namespace ?? 'default', match[3] ?? '');
}

/** The whole reference of an entity, in small letters as Backstage compares them (its `stringifyEntityRef`). */
export function refOf(kind: string, namespace: string, name: string): EntityRef {
  return `${kind.toLowerCase()}:${namespace.toLowerCase()}/${name.toLowerCase()}`;
}

/** `component` of `component:default/checkout`. */
export function kindOf(ref: EntityRef): string {
  return ref.slice(0, ref.indexOf(':'));
}

/** `checkout` of `component:default/checkout`. */
export function nameOf(ref: EntityRef): string {
  return ref.slice(ref.indexOf('/') + 1);
}
