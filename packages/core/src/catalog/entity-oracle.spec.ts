import {
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  domainEntityV1alpha1Validator,
  type Entity,
  FieldFormatEntityPolicy,
  groupEntityV1alpha1Validator,
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
import { readSource } from '../source/source.ts';
import { entitySchemas } from './entity.schema.ts';
import { loadCatalog } from './load-catalog.ts';

const validators = {
  component: componentEntityV1alpha1Validator,
  api: apiEntityV1alpha1Validator,
  system: systemEntityV1alpha1Validator,
  domain: domainEntityV1alpha1Validator,
  resource: resourceEntityV1alpha1Validator,
  group: groupEntityV1alpha1Validator,
  user: userEntityV1alpha1Validator,
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
  'catalog/missing-field',
  'catalog/wrong-value',
  'catalog/foreign-field',
  'catalog/not-an-entity',
  'catalog/unknown-kind',
];

/** JSON is YAML: the entity goes the whole way, as a file. */
function ourRefusals(value: Json): readonly string[] {
  const snapshot = literalSnapshot({ 'catalog/entity.yaml': JSON.stringify(value) });
  const entry = snapshot.entry('catalog/entity.yaml');
  if (entry === undefined) throw new Error('the example is not in its snapshot');
  const { source, findings } = readSource(snapshot, entry);
  if (source === undefined) return findings.map(({ message }) => message);
  return loadCatalog([source])
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
  apiVersion: 'backstage.io/v1alpha1',
  kind: String(entitySchemas[kind].properties.kind.const),
  metadata,
  spec: valid[kind],
});

/**
 * Where we differ on purpose:
 * - `dependencyOf` is documented, and read by Backstage's processor, but missing from its schema: we check its form.
 * - `definition: { $text: … }` is replaced before Backstage validates, so that its validator alone refuses it.
 * - a link's URL is parsed by Backstage as a browser would; we want a scheme and something after it.
 */
const pointersOfDifferences = ['dependencyOf', 'definition', 'url'];

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
    const places = placesOf(whole).filter(
      (place) => !place.some((step) => pointersOfDifferences.includes(String(step))),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...places), change), { minLength: 1, maxLength: 2 }),
        async (changes) => {
          const value = changes.reduce<Json>((before, [place, what]) => changed(before, place, what), whole);
          // A renamed `kind` or `definition` may hit one of the known differences.
          if (
            pointersOfDifferences.some(
              (name) => property(property(value, 'spec'), name) !== undefined && kind !== 'api',
            )
          )
            return;
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

  it('reads a definition that is in another file, which Backstage puts in before it validates', () => {
    const api = (definition: Json): Json =>
      changed(entityOfKind('api'), ['spec', 'definition'], { replace: definition });
    for (const definition of ['openapi: 3', { $text: './openapi.yaml' }, { $json: 'a.json' }])
      expect(ourRefusals(api(definition))).toEqual([]);
    for (const definition of ['', {}, { text: 'x' }, { $text: 1 }, { $text: 'a', $json: 'b' }])
      expect(ourRefusals(api(definition))).not.toEqual([]);
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
