import Type, { type TSchema } from 'typebox';
import { type Json, property } from '../json/json.ts';
import { mapOf } from '../schema/primitives.ts';
import { templateSpec } from './template.schema.ts';

/**
 * The Backstage descriptor format (Backstage, "Descriptor Format of Catalog Entities"), as its own validators and
 * field policies have it: entity-oracle.spec.ts compares them. Unknown fields of `metadata` and `spec` are accepted,
 * as Backstage does (`catalog/unknown-field` warns of them); beside these two there are none.
 */
const name = Type.String({
  pattern: '^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$',
  maxLength: 63,
  description: 'Letters, digits, and `-_.` between them, at most 63 characters.',
});
const text = Type.String({ minLength: 1 });
const texts = Type.Array(text);
/** Kubernetes' form of a key: a name of at most 63 characters, or a DNS subdomain of at most 253, `/` and a name. */
const label = '(?=[a-z0-9-]{1,63}[./])[a-z0-9]+(?:-+[a-z0-9]+)*';
const key = Type.String({
  pattern: `^(?:(?=[^/]{1,253}/)${label}(?:\\.${label})*/)?(?=[^/]{1,63}$)(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$`,
  description:
    'A name, or `<domain>/<name>`; names are letters, digits, and `-_.` between them, at most 63 characters.',
});
const labelValue = Type.String({
  pattern: '^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$',
  maxLength: 63,
  description: 'Letters, digits, and `-_.` between them, at most 63 characters.',
});
const shown = Type.String({ pattern: '\\S', description: 'A text that is not empty.' });
const url = Type.String({
  pattern: '^[A-Za-z][A-Za-z0-9+.-]*:\\S',
  description: 'A URL: `https://example.com/runbook`.',
});
const metadata = Type.Object({
  uid: Type.Optional(text),
  etag: Type.Optional(text),
  name,
  namespace: Type.Optional(Type.String({ pattern: '^[a-z0-9]+(?:-+[a-z0-9]+)*$', maxLength: 63 })),
  title: Type.Optional(text),
  description: Type.Optional(Type.String()),
  labels: Type.Optional(mapOf(labelValue, { propertyNames: key })),
  annotations: Type.Optional(mapOf(Type.String(), { propertyNames: key })),
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
      Type.Object({ url, title: Type.Optional(shown), icon: Type.Optional(shown), type: Type.Optional(text) }),
    ),
  ),
});
const backstage = Type.Union([Type.Literal('backstage.io/v1alpha1'), Type.Literal('backstage.io/v1beta1')]);
const entity = (kind: string, spec: ReturnType<typeof Type.Object>, apiVersion: TSchema = backstage) =>
  Type.Object({ apiVersion, kind: Type.Literal(kind), metadata, spec }, { additionalProperties: false });
const optional = Type.Optional(text);
const optionals = Type.Optional(texts);
const api = { type: text, lifecycle: text, owner: text, system: optional };

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
  api: entity('API', Type.Object({ ...api, definition: text })),
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
      memberOf: texts,
      profile: Type.Optional(Type.Object({ displayName: optional, email: optional, picture: optional })),
    }),
  ),
  location: entity(
    'Location',
    Type.Object({
      type: optional,
      target: optional,
      targets: optionals,
      presence: Type.Optional(Type.Union([Type.Literal('required'), Type.Literal('optional')])),
    }),
  ),
  template: entity('Template', templateSpec, Type.Literal('scaffolder.backstage.io/v1beta3')),
} as const;

/** An API of this type has `remotes` in the place of a definition (Backstage, "MCP server"). */
export const mcpServerSchema = entity(
  'API',
  Type.Object({
    ...api,
    type: Type.Literal('mcp-server'),
    remotes: Type.Array(Type.Object({ type: text, url: text }), { minItems: 1 }),
  }),
);

export type CatalogKind = keyof typeof entitySchemas;
export type EntitySchema = ReturnType<typeof entity>;

/** The schema that an entity of a kind has to fit. */
export function entitySchemaOf(kind: CatalogKind, value: Json): EntitySchema {
  if (kind !== 'api') return entitySchemas[kind];
  const spec = property(value, 'spec');
  const isServer = property(spec, 'type') === 'mcp-server' && property(spec, 'definition') === undefined;
  return isServer ? mcpServerSchema : entitySchemas.api;
}

export function isCatalogKind(kind: string): kind is CatalogKind {
  return Object.hasOwn(entitySchemas, kind);
}
