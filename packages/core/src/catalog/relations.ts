import type { Pointer } from '../json/pointer.ts';
import type { EntityRef } from './entity-reference.ts';

/**
 * Each relation beside the one that says the same from the other end (Backstage, "Well-known relations"): whoever
 * writes one of the two has written both.
 */
const pairs = [
  ['ownedBy', 'ownerOf'],
  ['partOf', 'hasPart'],
  ['providesApi', 'apiProvidedBy'],
  ['consumesApi', 'apiConsumedBy'],
  ['dependsOn', 'dependencyOf'],
  ['memberOf', 'hasMember'],
  ['childOf', 'parentOf'],
] as const;

/** A relation of Backstage ("Well-known Relations between Catalog Entities"), by either of its names. */
export type RelationType = (typeof pairs)[number][number];

const inverses = new Map<RelationType, RelationType>(
  pairs.flatMap(([forth, back]) => [
    [forth, back],
    [back, forth],
  ]),
);

/** In the order in which people ask for them. */
export const relationTypes: readonly RelationType[] = [...inverses.keys()];

/** The same relation as the other entity has it: `ownedBy` of a service is `ownerOf` of its group. */
export function inverseOf(type: RelationType): RelationType {
  return inverses.get(type) ?? type;
}

/** A field of an entity that names other entities (Backstage, "Descriptor Format of Catalog Entities"). */
export interface RelationField {
  readonly kind: string;
  readonly field: string;
  readonly relation: RelationType;
  readonly many: boolean;
  /** The kind that a reference without one means. */
  readonly defaultKind?: string;
  readonly allowedKinds: readonly string[];
}

interface FieldOptions {
  readonly kinds: readonly string[];
  readonly many?: boolean;
  /** Which kind a bare name has; without it the first one. `none`: a reference has to say it. */
  readonly bare?: 'none';
}

const field = (
  kind: string,
  name: string,
  relation: RelationType,
  { kinds, many = false, bare }: FieldOptions,
): RelationField => {
  const [first] = kinds;
  return {
    kind,
    field: name,
    relation,
    many,
    allowedKinds: kinds,
    ...(bare === undefined && first !== undefined && { defaultKind: first }),
  };
};
const owners = { kinds: ['group', 'user'] };
/** `dependsOn` has no default kind: a reference has to say `component:` or `resource:`. */
const dependencies: FieldOptions = { kinds: ['component', 'resource'], many: true, bare: 'none' };
const many = (kind: string): FieldOptions => ({ kinds: [kind], many: true });
const one = (kind: string): FieldOptions => ({ kinds: [kind] });

export const relationFields: readonly RelationField[] = [
  ...['component', 'api', 'system', 'domain', 'resource', 'template'].map((kind) =>
    field(kind, 'owner', 'ownedBy', owners),
  ),
  ...['component', 'api', 'resource'].map((kind) => field(kind, 'system', 'partOf', one('system'))),
  field('component', 'subcomponentOf', 'partOf', one('component')),
  field('component', 'providesApis', 'providesApi', many('api')),
  field('component', 'consumesApis', 'consumesApi', many('api')),
  ...['component', 'resource'].flatMap((kind) => [
    field(kind, 'dependsOn', 'dependsOn', dependencies),
    field(kind, 'dependencyOf', 'dependencyOf', dependencies),
  ]),
  field('system', 'domain', 'partOf', one('domain')),
  field('domain', 'subdomainOf', 'partOf', one('domain')),
  field('group', 'parent', 'childOf', one('group')),
  field('group', 'children', 'parentOf', many('group')),
  field('group', 'members', 'hasMember', many('user')),
  field('user', 'memberOf', 'memberOf', many('group')),
];

const none: readonly RelationField[] = [];
const byKind = new Map<string, readonly RelationField[]>();
for (const each of relationFields) byKind.set(each.kind, [...(byKind.get(each.kind) ?? []), each]);

/** The fields by which an entity of this kind (in lower case) names others. */
export function relationFieldsOf(kind: string): readonly RelationField[] {
  return byKind.get(kind) ?? none;
}

/** One reference in an entity. */
export interface Reference {
  readonly field: RelationField;
  readonly text: string;
  /** Where it stands in the entity's document. */
  readonly pointer: Pointer;
  /** The entity that it means, whether it exists or not; `undefined` for what is no reference. */
  readonly target: EntityRef | undefined;
}
