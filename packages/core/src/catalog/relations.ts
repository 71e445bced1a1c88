import type { Pointer } from '../json/pointer.ts';

/** A field of an entity that names other entities (Backstage, "Well-known relations"). */
export interface RelationField {
  readonly kind: string;
  readonly field: string;
  readonly many: boolean;
  /** The kind that a reference without one means. */
  readonly defaultKind?: string;
  readonly allowedKinds: readonly string[];
}

const owners = ['group', 'user'];
const field = (
  kind: string,
  name: string,
  allowedKinds: readonly string[],
  many = false,
  defaultKind = allowedKinds[0],
): RelationField => ({
  kind,
  field: name,
  many,
  allowedKinds,
  ...(defaultKind !== undefined && { defaultKind }),
});
/** `dependsOn` has no default kind: a reference has to say `component:` or `resource:`. */
const dependency = (kind: string, name: string): RelationField => ({
  kind,
  field: name,
  many: true,
  allowedKinds: ['component', 'resource'],
});

export const relationFields: readonly RelationField[] = [
  ...['component', 'api', 'system', 'domain', 'resource'].map((kind) => field(kind, 'owner', owners)),
  ...['component', 'api', 'resource'].map((kind) => field(kind, 'system', ['system'])),
  field('component', 'subcomponentOf', ['component']),
  field('component', 'providesApis', ['api'], true),
  field('component', 'consumesApis', ['api'], true),
  dependency('component', 'dependsOn'),
  dependency('component', 'dependencyOf'),
  dependency('resource', 'dependsOn'),
  dependency('resource', 'dependencyOf'),
  field('system', 'domain', ['domain']),
  field('domain', 'subdomainOf', ['domain']),
  field('group', 'parent', ['group']),
  field('group', 'children', ['group'], true),
  field('group', 'members', ['user'], true),
  field('user', 'memberOf', ['group'], true),
];

/** One reference in an entity. */
export interface Reference {
  readonly field: RelationField;
  readonly text: string;
  /** Where it stands in the entity's document. */
  readonly pointer: Pointer;
}
