import { createRequire } from 'node:module';
import * as backstage from '@backstage/catalog-model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleCapability, exampleShared } from '../finding/example-files.ts';
import { loadPlatform } from '../platform/load-platform.ts';
import { literalSnapshot } from '../snapshot/literal-snapshot.ts';
import { exampleFiles, examplePlatform } from '../testing/example-platform.ts';
import { type CatalogGraph, isDerived } from './catalog-graph.ts';
import { type EntityRef, refOf } from './entity-reference.ts';
import { inverseOf, type RelationType, relationFieldsOf, relationTypes } from './relations.ts';

const { compileCatalogModel, defaultCatalogEntityModel } = createRequire(import.meta.url)(
  '@backstage/catalog-model/alpha',
) as typeof import('@backstage/catalog-model/alpha');
const model = compileCatalogModel([defaultCatalogEntityModel]);
const kinds = ['Component', 'API', 'Resource', 'System', 'Domain', 'Group', 'User', 'Location'];

const graphOf = (files: Readonly<Record<string, string>>): CatalogGraph =>
  loadPlatform(literalSnapshot(files)).catalog.graph();
const entity = (kind: string, name: string, spec: Readonly<Record<string, unknown>>, namespace = 'default'): string =>
  JSON.stringify({ apiVersion: 'backstage.io/v1alpha1', kind, metadata: { name, namespace }, spec });
const shown = (graph: CatalogGraph, ref: EntityRef): readonly string[] =>
  graph.relationsOf(ref).map(({ type, target }) => `${type} ${target}`);

describe('the fields of relations, beside Backstage', () => {
  it.each(kinds)('of a %s are those of its model, with the same kinds', (kind) => {
    const theirs = model.getKind({ kind, apiVersion: 'backstage.io/v1alpha1' })?.relationFields ?? [];
    const ours = relationFieldsOf(kind.toLowerCase()).map(({ field, relation, defaultKind }) => ({
      path: `spec.${field}`,
      relation,
      defaultKind,
    }));
    const named = theirs.map(({ path, relation, defaultKind }) => ({
      path,
      relation,
      defaultKind: defaultKind?.toLowerCase(),
    }));
    const byPath = (a: { path: string }, b: { path: string }) => a.path.localeCompare(b.path);
    expect([...ours].sort(byPath)).toEqual([...named].sort(byPath));
  });

  it('are its well-known relations, each with its other end', () => {
    const names = Object.entries(backstage)
      .filter(([name]) => name.startsWith('RELATION_'))
      .map(([, name]) => name as unknown);
    expect([...relationTypes].sort()).toEqual(names.sort());
    for (const { forward, reverse } of model.listRelations()) {
      expect(inverseOf(forward.type as RelationType)).toBe(reverse.type);
      expect(inverseOf(reverse.type as RelationType)).toBe(forward.type);
    }
  });
});

describe('the graph of a catalog', () => {
  it('has each relation at both ends, and once, also when both ends say it', () => {
    const graph = graphOf({
      'catalog/group.yaml': entity('Group', 'team', { type: 'team', children: [], members: ['ada'] }),
      'catalog/user.yaml': entity('User', 'ada', { memberOf: ['team'] }),
    });
    expect(shown(graph, 'group:default/team')).toEqual(['hasMember user:default/ada']);
    expect(shown(graph, 'user:default/ada')).toEqual(['memberOf group:default/team']);
  });

  it.each([
    ['a bare name', 'team', 'group:default/team'],
    ['a name in its own namespace', 'team', 'group:payments/team', 'payments'],
    ['a name in another namespace', 'other/team', 'group:other/team', 'payments'],
    ['another kind', 'user:ada', 'user:payments/ada', 'payments'],
    ['all of it', 'User:Other/Ada', 'user:other/ada', 'payments'],
  ])('reads %s', (_, owner, target, namespace = 'default') => {
    const graph = graphOf({ 'catalog/a.yaml': entity('System', 'a', { owner }, namespace) });
    expect(shown(graph, refOf('system', namespace, 'a'))).toEqual([`ownedBy ${target}`]);
    expect(graph.relationsOf(target as EntityRef)).toEqual([
      { type: 'ownerOf', target: refOf('system', namespace, 'a') },
    ]);
  });

  it('is symmetric, whatever the entities say', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'x/a', 'component:a', 'resource:x/b', 'GROUP:c', '', ':', 'a/b/c', ' ');
    const spec = fc.dictionary(
      fc.constantFrom(
        'owner',
        'system',
        'subcomponentOf',
        'dependsOn',
        'dependencyOf',
        'parent',
        'children',
        'members',
      ),
      fc.oneof(name, fc.array(name, { maxLength: 3 })),
    );
    const entities = fc.array(fc.tuple(fc.constantFrom(...kinds), fc.constantFrom('a', 'b', 'c'), spec), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(entities, (drawn) => {
        const files = drawn.map(([kind, own, of], index) => [`catalog/${index}.yaml`, entity(kind, own, of)] as const);
        const graph = graphOf(Object.fromEntries(files));
        const seen = new Set<EntityRef>(graph.entities.map(({ ref }) => ref));
        for (const ref of seen) {
          for (const { type, target } of graph.relationsOf(ref)) {
            expect(graph.relationsOf(target)).toContainEqual({ type: inverseOf(type), target: ref });
            if (seen.size < 50) seen.add(target);
          }
        }
      }),
    );
  });
});

describe('what Score files and locks say', () => {
  const caller = {
    'services/shop/catalog-info.yaml': exampleFiles['services/checkout/catalog-info.yaml'].replaceAll(
      'checkout',
      'shop',
    ),
    'services/shop/score.yaml': `apiVersion: score.dev/v1b1
metadata: { name: shop }
containers: { main: { image: example.com/shop:1 } }
resources:
  checkout: { type: service }
  again: { type: service, id: checkout }
`,
    'services/shop/environments/dev.yaml': 'resources: { elsewhere: { type: service, id: payments } }\n',
  };

  it('is a resource of each instance, with the owner and the system of its service', () => {
    const graph = loadPlatform(examplePlatform()).catalog.graph();
    const [resource, ...more] = graph.entities.filter(isDerived);
    expect(more).toEqual([]);
    expect(resource).toMatchObject({ kind: 'resource', service: 'checkout', path: 'db', namespace: 'default' });
    expect(resource?.value).toMatchObject({
      kind: 'Resource',
      metadata: {
        title: 'db of checkout',
        annotations: { 'idp.internal/capability': 'database@1.2.0', 'idp.internal/service': 'checkout' },
      },
      spec: { type: 'database' },
    });
    expect(resource?.place()).toMatchObject({ path: 'services/checkout/score.yaml', line: 11, column: 3 });
    if (resource === undefined) return;
    expect(shown(graph, resource.ref)).toEqual([
      'ownedBy group:default/team-payments',
      'partOf system:default/payment-processing',
      'dependencyOf component:default/checkout',
    ]);
    expect(shown(graph, 'component:default/checkout')).toContain(`dependsOn ${resource.ref}`);
    expect(shown(graph, 'group:default/team-payments')).toContain(`ownerOf ${resource.ref}`);
  });

  it('is an entity that Backstage accepts', async () => {
    for (const each of loadPlatform(examplePlatform()).catalog.graph().entities.filter(isDerived)) {
      const value = structuredClone(each.value) as unknown as backstage.Entity;
      expect(await backstage.resourceEntityV1alpha1Validator.check(value)).toBe(true);
      await new backstage.FieldFormatEntityPolicy().enforce(value);
    }
  });

  it('is a dependency on each service that is called, in any environment', () => {
    const graph = loadPlatform(examplePlatform(caller)).catalog.graph();
    expect(shown(graph, 'component:default/shop').filter((line) => line.startsWith('dependsOn'))).toEqual([
      'dependsOn component:default/checkout',
      'dependsOn component:default/payments',
    ]);
    expect(shown(graph, 'component:default/checkout')).toContain('dependencyOf component:default/shop');
  });

  it('is one resource of an instance that services share, and a dependency of all who name or require it', () => {
    const topic = exampleCapability({
      name: 'topic',
      spec: 'requires: [{ capability: cache, version: ^1.0.0, as: cache, instance: environment }]',
    });
    const files = { ...exampleShared(), ...topic };
    const score = `${files['services/checkout/score.yaml']}  events: { type: topic }\n`;
    const graph = loadPlatform(examplePlatform({ ...files, 'services/checkout/score.yaml': score })).catalog.graph();
    const derived = graph.entities.filter(isDerived);
    const ref = (path: string) => derived.find((each) => each.path === path)?.ref ?? expect.fail(path);
    expect(derived.map(({ service, path }) => `${service} ${path}`).sort()).toEqual([
      'checkout db',
      'checkout events',
      'loyalty points',
    ]);
    expect(
      shown(graph, ref('points'))
        .filter((line) => line.startsWith('dependencyOf'))
        .sort(),
    ).toEqual([
      'dependencyOf component:default/checkout',
      'dependencyOf component:default/loyalty',
      `dependencyOf ${ref('events')}`,
    ]);
  });

  it('is not there before a lock has named it', () => {
    const files = Object.fromEntries(Object.entries(exampleFiles).filter(([path]) => !path.includes('.idp/')));
    expect(graphOf(files).entities.filter(isDerived)).toEqual([]);
  });
});
