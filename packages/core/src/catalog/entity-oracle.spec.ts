import { createRequire } from 'node:module';
import {
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  domainEntityV1alpha1Validator,
  type Entity,
  entityKindSchemaValidator,
  FieldFormatEntityPolicy,
  groupEntityV1alpha1Validator,
  locationEntityV1alpha1Validator,
  NoForeignRootFieldsEntityPolicy,
  resourceEntityV1alpha1Validator,
  SchemaValidEntityPolicy,
  systemEntityV1alpha1Validator,
  userEntityV1alpha1Validator,
} from '@backstage/catalog-model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isObject, type Json, type JsonObject, property } from '../json/json.ts';
import { literalSnapshot } from '../snapshot/literal-snapshot.ts';
import { entitySchemas } from './entity.schema.ts';
import { readCatalog } from './read-catalog.ts';
import { scaffolderTemplateSchema } from './testing/scaffolder-template-schema.ts';

const { mcpServerApiEntityValidator } = createRequire(import.meta.url)(
  '@backstage/catalog-model/alpha',
) as typeof import('@backstage/catalog-model/alpha');
const checkTemplate = entityKindSchemaValidator(scaffolderTemplateSchema);
const validators = {
  component: componentEntityV1alpha1Validator,
  api: apiEntityV1alpha1Validator,
  system: systemEntityV1alpha1Validator,
  domain: domainEntityV1alpha1Validator,
  resource: resourceEntityV1alpha1Validator,
  group: groupEntityV1alpha1Validator,
  user: userEntityV1alpha1Validator,
  location: locationEntityV1alpha1Validator,
  template: { check: async (entity: unknown) => checkTemplate(entity) === entity },
};
type Kind = keyof typeof validators;
const kinds = Object.keys(validators) as readonly Kind[];
/** What a Backstage backend runs before it takes an entity in. */
const policies = [new SchemaValidEntityPolicy(), new NoForeignRootFieldsEntityPolicy(), new FieldFormatEntityPolicy()];

async function backstageAccepts(kind: Kind, value: Json): Promise<boolean> {
  try {
    const entity = structuredClone(value) as unknown as Entity;
    for (const policy of policies) await policy.enforce(entity);
    return await validators[kind].check(entity);
  } catch {
    return false;
  }
}

const formCodes = [
  'source/invalid-yaml',
  'catalog/unresolved-substitution',
  'catalog/missing-field',
  'catalog/wrong-value',
  'catalog/foreign-field',
  'catalog/not-an-entity',
  'catalog/unknown-kind',
];

/** JSON is YAML: the entity goes the whole way, as a file. */
function ourRefusals(value: Json, files: Readonly<Record<string, string>> = {}): readonly string[] {
  const snapshot = literalSnapshot({ ...files, 'catalog/entity.yaml': JSON.stringify(value) });
  return readCatalog({ snapshot, ignored: () => false })
    .findings.filter(({ code }) => formCodes.includes(code))
    .map(({ code, message }) => `${code}: ${message}`);
}

const valid: Readonly<Record<Kind, JsonObject>> = {
  component: {
    type: 'service',
    lifecycle: 'production',
    owner: 'group:default/team-payments',
    system: 'payments',
    subcomponentOf: 'shop',
    providesApis: ['orders'],
    consumesApis: [],
    dependsOn: ['resource:orders-db'],
  },
  api: { type: 'openapi', lifecycle: 'production', owner: 'team-payments', definition: 'openapi: 3.1.0', system: 'p' },
  system: { owner: 'team-payments', domain: 'payments', type: 'product' },
  domain: { owner: 'team-payments', subdomainOf: 'shop', type: 'product-area' },
  resource: { type: 'database', owner: 'team-payments', dependsOn: ['component:checkout'], system: 'payments' },
  group: {
    type: 'team',
    children: [],
    parent: 'engineering',
    members: ['ada'],
    profile: { displayName: 'Payments', email: 'payments@example.com', picture: 'https://example.com/p.png' },
  },
  user: { memberOf: ['team-payments'], profile: { displayName: 'Ada' } },
  location: {
    type: 'url',
    target: './a.yaml',
    targets: ['./b/*.yaml', 'https://example.com/c.yaml'],
    presence: 'optional',
  },
  template: {
    type: 'service',
    owner: 'team-payments',
    lifecycle: 'production',
    parameters: [{ title: 'Name', properties: { name: { type: 'string' } }, 'backstage:permissions': { tags: ['a'] } }],
    secrets: { schema: { type: 'object' } },
    presentation: { buttonLabels: { backButtonText: 'Back', createButtonText: 'Make', reviewButtonText: 'Look' } },
    EXPERIMENTAL_recovery: { EXPERIMENTAL_strategy: 'startOver' },
    formDecorators: [{ id: 'token', input: { a: 1 } }],
    EXPERIMENTAL_formDecorators: [{ id: 'token', input: {} }],
    steps: [
      { id: 'fetch', name: 'Fetch', action: 'fetch:template', input: { url: './skeleton' }, if: true },
      { action: 'publish:github', if: '${{ parameters.publish }}', 'backstage:permissions': { tags: ['b'] } },
    ],
    output: {
      links: [{ if: false, url: 'https://example.com', entityRef: 'component:a', title: 'Open', icon: 'web' }],
      text: [{ if: 'x', title: 'Done', icon: 'info', content: 'All is well' }],
      repository: '${{ steps.publish.output.remoteUrl }}',
    },
  },
};
const metadata: JsonObject = {
  name: 'checkout',
  namespace: 'default',
  title: 'Checkout',
  description: 'Takes orders.',
  labels: { 'example.com/tier': 'gold', plain: '' },
  annotations: { 'backstage.io/techdocs-ref': 'dir:.' },
  tags: ['node', 'c++', 'a:b'],
  links: [{ url: 'https://example.com/runbook', title: 'Runbook', icon: 'docs', type: 'runbook' }],
};
const entityOfKind = (kind: Kind): JsonObject => ({
  apiVersion: kind === 'template' ? 'scaffolder.backstage.io/v1beta3' : 'backstage.io/v1alpha1',
  kind: String(entitySchemas[kind].properties.kind.const),
  metadata,
  spec: valid[kind],
});

/**
 * Where we differ on purpose:
 * - `dependencyOf` is documented, and read by Backstage's processor, but missing from its schema: we check its form.
 * - a link's URL is parsed by Backstage as a browser would; we want a scheme and something after it.
 */
const isDifference = (place: readonly (string | number)[]): boolean =>
  place.includes('dependencyOf') || (place[0] === 'metadata' && place.includes('url'));

/** Every place in a value, as the path to it. */
function placesOf(value: Json, at: readonly (string | number)[] = []): readonly (readonly (string | number)[])[] {
  const inner = Array.isArray(value)
    ? value.flatMap((item: Json, index) => placesOf(item, [...at, index]))
    : isObject(value)
      ? Object.entries(value).flatMap(([key, item]) => placesOf(item, [...at, key]))
      : [];
  return at.length === 0 ? inner : [at, ...inner];
}

type Change = { readonly replace: Json } | { readonly remove: true } | { readonly rename: string };

function changed(value: Json, [head, ...rest]: readonly (string | number)[], change: Change): Json {
  if (head === undefined) return 'replace' in change ? change.replace : value;
  if (Array.isArray(value)) {
    const items: readonly Json[] = value;
    if (rest.length === 0 && !('replace' in change)) return items.filter((_, index) => index !== head);
    return items.map((item, index) => (index === head ? changed(item, rest, change) : item));
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]): readonly (readonly [string, Json])[] => {
      if (key !== head) return [[key, item]];
      if (rest.length > 0 || 'replace' in change) return [[key, changed(item, rest, change)]];
      return 'rename' in change ? [[change.rename, item]] : [];
    }),
  );
}

const odd = fc.constantFrom<Json>(
  null,
  true,
  0,
  -1.5,
  '',
  ' ',
  'a',
  'A_b.c',
  'a-',
  '-a',
  'UPPER',
  'ümlaut',
  'a b',
  'a\nb',
  'a/b',
  'a/b/c',
  'example.com/name',
  'Example.com/name',
  'a..b/name',
  '/name',
  'name/',
  'x'.repeat(63),
  'x'.repeat(64),
  `${'x'.repeat(63)}/y`,
  `${'x'.repeat(64)}/y`,
  `${'x.'.repeat(126)}x/y`,
  `${'x.'.repeat(127)}x/y`,
  'tag--tag',
  'a:b+c#',
  [],
  {},
  [''],
  ['a', 'b'],
  [null],
  [[]],
  [{}],
  { a: 'b' },
  { a: 1 },
  { '': 'b' },
  { 'a/b': 'c' },
  { 'a\nb': 'c' },
  { 'a b': 'c' },
);
const change = fc.oneof(
  odd.map((replace): Change => ({ replace })),
  fc.constant<Change>({ remove: true }),
  fc
    .oneof(odd, fc.string({ maxLength: 8 }))
    .filter((text): text is string => typeof text === 'string' && text !== '__proto__')
    .map((rename): Change => ({ rename })),
  fc.string({ maxLength: 70 }).map((replace): Change => ({ replace })),
);

describe('the form of an entity, beside Backstage', () => {
  it.each(kinds)('accepts a full %s as Backstage does', async (kind) => {
    expect(await backstageAccepts(kind, entityOfKind(kind))).toBe(true);
    expect(ourRefusals(entityOfKind(kind))).toEqual([]);
  });

  it.each(kinds)('refuses exactly those changes of a %s that Backstage refuses', async (kind) => {
    const whole = entityOfKind(kind);
    const places = placesOf(whole).filter((place) => !isDifference(place));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...places), change), { minLength: 1, maxLength: 2 }),
        async (changes) => {
          const value = changes.reduce<Json>((before, [place, what]) => changed(before, place, what), whole);
          // Renamed, a field may become one of the known differences.
          if (property(property(value, 'spec'), 'dependencyOf') !== undefined) return;
          const refusals = ourRefusals(value);
          expect({ accepted: refusals.length === 0, refusals, value }).toMatchObject({
            accepted: await backstageAccepts(kind, value),
          });
        },
      ),
      { numRuns: 400 },
    );
  });

  it('accepts what Backstage accepts beyond the fields that it knows', async () => {
    const extended: Json = {
      apiVersion: 'backstage.io/v1beta1',
      kind: 'Component',
      metadata: { name: 'a', custom: { deep: [1] } },
      spec: { type: 'x', lifecycle: 'y', owner: 'z', 'example.com/extra': { any: null } },
    };
    expect(await backstageAccepts('component', extended)).toBe(true);
    expect(ourRefusals(extended)).toEqual([]);
  });

  it('accepts an API that has remotes in the place of a definition, as its model does', async () => {
    const server = (spec: JsonObject): Json => ({ ...entityOfKind('api'), spec: { ...base, ...spec } });
    const base = { type: 'mcp-server', lifecycle: 'production', owner: 'team-payments' };
    const remote = { type: 'streamable-http', url: 'https://example.com/mcp' };
    for (const spec of [{ remotes: [remote] }, { remotes: [] }, { remotes: [{}] }, { remotes: remote }, {}]) {
      const value = server(spec);
      const theirs = await mcpServerApiEntityValidator
        .check(structuredClone(value) as unknown as Entity)
        .catch(() => false);
      expect({ spec, accepted: ourRefusals(value).length === 0 }).toEqual({ spec, accepted: theirs });
    }
    expect(ourRefusals(server({ definition: 'x' }))).toEqual([]);
    expect(ourRefusals(server({ type: 'openapi', remotes: [remote] }))).not.toEqual([]);
  });

  it('reads what is in another file before it checks the form, as Backstage does', async () => {
    const files = { 'catalog/api.txt': 'openapi: 3', 'catalog/a.json': '{"a": 1}', 'catalog/s.json': '"text"' };
    const api = (definition: Json): Json =>
      changed(entityOfKind('api'), ['spec', 'definition'], { replace: definition });
    for (const [definition, value] of [
      [{ $text: './api.txt' }, 'openapi: 3'],
      [{ $text: 'https://example.com/api.yaml' }, 'unknown'],
      [{ $json: 's.json' }, 'text'],
      [{ $json: 'a.json' }, { a: 1 }],
      [{ $yaml: './api.txt' }, { openapi: 3 }],
      [{ $ref: './api.txt' }, { $ref: './api.txt' }],
      [
        { $text: './api.txt', $json: 's.json' },
        { $text: './api.txt', $json: 's.json' },
      ],
    ] as const) {
      const accepted = ourRefusals(api(definition), files).length === 0;
      expect({ definition, accepted }).toEqual({ definition, accepted: await backstageAccepts('api', api(value)) });
    }
    for (const definition of [{ $text: './nothing.txt' }, { $text: 1 }, { $text: '../../api.txt' }, { $text: '.' }])
      expect(ourRefusals(api(definition), files)).not.toEqual([]);
  });

  it('wants a URL in a link', async () => {
    const link = (url: Json): Json =>
      changed(entityOfKind('system'), ['metadata', 'links', 0, 'url'], { replace: url });
    for (const url of ['https://example.com', 'mailto:a@example.com', 'slack://channel']) {
      expect(ourRefusals(link(url))).toEqual([]);
      expect(await backstageAccepts('system', link(url))).toBe(true);
    }
    for (const url of ['', 'example.com', '/runbook', 'https:', null, 5]) {
      expect(ourRefusals(link(url))).not.toEqual([]);
      expect(await backstageAccepts('system', link(url))).toBe(false);
    }
  });

  it('checks the form of `dependencyOf`, which only the documentation of Backstage knows', () => {
    const resource = (dependencyOf: Json): Json => ({
      ...entityOfKind('resource'),
      spec: { ...valid.resource, dependencyOf },
    });
    expect(ourRefusals(resource(['component:checkout']))).toEqual([]);
    expect(ourRefusals(resource('component:checkout'))).not.toEqual([]);
  });
});
