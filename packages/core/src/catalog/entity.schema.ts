import Type from 'typebox';

/**
 * The Backstage descriptor format (Backstage, "Descriptor Format of Catalog Entities"). Unknown fields of
 * `spec` and of the entity are accepted, as Backstage does; `catalog/unknown-field` warns of them.
 */
const name = Type.String({
  pattern: '^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$',
  maxLength: 63,
  description: 'Letters, digits, and `-_.` between them, at most 63 characters.',
});
const text = Type.String({ minLength: 1 });
const texts = Type.Array(text);
const metadata = Type.Object({
  name,
  namespace: Type.Optional(Type.String({ pattern: '^[a-z0-9]+(?:-+[a-z0-9]+)*$', maxLength: 63 })),
  title: Type.Optional(text),
  description: Type.Optional(Type.String()),
  labels: Type.Optional(Type.Record(Type.String(), Type.String())),
  annotations: Type.Optional(Type.Record(Type.String(), Type.String())),
  tags: Type.Optional(
    Type.Array(
      Type.String({
        pattern: '^[a-z0-9:+#]+(-[a-z0-9:+#]+)*$',
        maxLength: 63,
        description: 'Lower-case letters, digits, `:`, `+`, `#`, with `-` between them.',
      }),
    ),
  ),
  links: Type.Optional(
    Type.Array(
      Type.Object({ url: text, title: Type.Optional(text), icon: Type.Optional(text), type: Type.Optional(text) }),
    ),
  ),
});
const entity = (kind: string, spec: ReturnType<typeof Type.Object>) =>
  Type.Object({
    apiVersion: Type.Union([Type.Literal('backstage.io/v1alpha1'), Type.Literal('backstage.io/v1beta1')]),
    kind: Type.Literal(kind),
    metadata,
    spec,
  });
const optional = Type.Optional(text);
const optionals = Type.Optional(texts);

export const entitySchemas = {
  component: entity(
    'Component',
    Type.Object({
      type: text,
      lifecycle: text,
      owner: text,
      system: optional,
      subcomponentOf: optional,
      providesApis: optionals,
      consumesApis: optionals,
      dependsOn: optionals,
      dependencyOf: optionals,
    }),
  ),
  api: entity('API', Type.Object({ type: text, lifecycle: text, owner: text, definition: text, system: optional })),
  system: entity('System', Type.Object({ owner: text, domain: optional, type: optional })),
  domain: entity('Domain', Type.Object({ owner: text, subdomainOf: optional, type: optional })),
  resource: entity(
    'Resource',
    Type.Object({ type: text, owner: text, dependsOn: optionals, dependencyOf: optionals, system: optional }),
  ),
  group: entity(
    'Group',
    Type.Object({
      type: text,
      children: texts,
      parent: optional,
      members: optionals,
      profile: Type.Optional(Type.Object({ displayName: optional, email: optional, picture: optional })),
    }),
  ),
  user: entity(
    'User',
    Type.Object({
      memberOf: optionals,
      profile: Type.Optional(Type.Object({ displayName: optional, email: optional, picture: optional })),
    }),
  ),
} as const;

export type CatalogKind = keyof typeof entitySchemas;

export function isCatalogKind(kind: string): kind is CatalogKind {
  return Object.hasOwn(entitySchemas, kind);
}
