import type { CatalogGraph } from '../catalog/catalog-graph.ts';
import { definitionFault } from '../catalog/definition/definition-fault.ts';
import { type CatalogEntity, specString } from '../catalog/entity.ts';
import { type EntityRef, kindOf, parseReference } from '../catalog/entity-reference.ts';
import { type RelationType, relationTypes } from '../catalog/relations.ts';
import { isObject, type Json, type JsonObject, property } from '../json/json.ts';
import { type LazyFields, lazyObject } from '../json/lazy-object.ts';
import { once } from '../json/once.ts';
import type { Platform } from '../platform/platform.ts';

/**
 * What policies see as `catalog`: for each subject the same catalog, and the entity that stands behind it. Everything
 * is made when a policy reads it.
 */
export type CatalogView = (entity: EntityRef | undefined) => JsonObject;

/**
 * The catalog as policies read it.
 *
 * - `catalog.entity`: the entity behind what is judged; absent where there is none
 * - `catalog.entities['component:default/checkout']`: any entity by its full reference, written or derived
 * - `catalog.capabilities['postgres']`, `catalog.environments['prod']`: those documents, a capability with its `version`
 *
 * An entity is its document with `ref` and `relations` (as the API of Backstage gives them), and leads on by name:
 * `owner`, `system`, `domain`, `parent` to one entity, and each relation, such as `dependsOn` and `dependencyOf`, to a list of
 * them. An API whose definition is not what it says has `definitionFault`, the reason. What does not exist is absent (`has(e.owner)`, `e.?owner`), and left out of lists. These steps are not
 * enumerated, so that an entity can be compared and printed although the catalog is full of circles.
 */
export function catalogView(platform: Platform): CatalogView {
  const { capabilities, environments } = platform;
  // A platform that knows a part of its services says so when it is asked for its catalog.
  const graph = once(() => new EntityViews(platform.catalog.graph()));
  const entities = once(() => {
    const views = graph();
    return lazyObject({ get: (ref) => views.get(ref), names: () => views.refs() });
  });
  const kept = <V>(map: ReadonlyMap<string, V>, make: (value: V) => Json | undefined): (() => JsonObject) =>
    once(() => lazyObject({ get: (name) => optional(map.get(name), make), names: () => map.keys() }));
  const shared: ReadonlyMap<string, () => JsonObject> = new Map([
    ['entities', entities],
    [
      'capabilities',
      kept(
        capabilities,
        ({
          source: {
            documents: [document],
          },
          version,
        }) => (isObject(document) ? { ...document, version } : undefined),
      ),
    ],
    ['environments', kept(environments, ({ source }) => source.documents[0])],
  ]);
  return (entity) =>
    lazyObject({
      get: (name) => (name === 'entity' ? optional(entity, (ref) => graph().get(ref)) : shared.get(name)?.()),
      names: () => ['entity', ...shared.keys()],
    });
}

/** The entities of one graph, each made once. */
class EntityViews {
  private readonly graph: CatalogGraph;
  private readonly views = new Map<string, JsonObject>();

  constructor(graph: CatalogGraph) {
    this.graph = graph;
  }

  refs(): readonly string[] {
    return this.graph.entities.map(({ ref }) => ref);
  }

  get(ref: string): JsonObject | undefined {
    const known = this.views.get(ref);
    if (known !== undefined) return known;
    const parsed = parseReference(ref, {});
    const entity = parsed && this.graph.get(parsed);
    if (entity === undefined) return undefined;
    const view = entity.ref === ref ? lazyObject(new EntityFields(entity, this.graph, this)) : this.get(entity.ref);
    if (view !== undefined) this.views.set(ref, view);
    return view;
  }
}

/** Steps from an entity to the one that a relation leads to, of which there is at most one. */
const single: ReadonlyMap<string, { readonly type: RelationType; readonly kind?: string }> = new Map([
  ['owner', { type: 'ownedBy' }],
  ['system', { type: 'partOf', kind: 'system' }],
  ['domain', { type: 'partOf', kind: 'domain' }],
  ['parent', { type: 'childOf' }],
] as const);

/** The names of those steps. */
export const singleSteps: readonly string[] = [...single.keys()];

class EntityFields implements LazyFields {
  private readonly entity: CatalogEntity;
  private readonly graph: CatalogGraph;
  private readonly views: EntityViews;
  private readonly made = new Map<string, Json | undefined>();

  constructor(entity: CatalogEntity, graph: CatalogGraph, views: EntityViews) {
    this.entity = entity;
    this.graph = graph;
    this.views = views;
  }

  names(): readonly string[] {
    const { value } = this.entity;
    return ['ref', ...Object.keys(isObject(value) ? value : {}), 'relations'];
  }

  get(name: string): Json | undefined {
    if (this.made.has(name)) return this.made.get(name);
    const value = this.make(name);
    this.made.set(name, value);
    return value;
  }

  private make(name: string): Json | undefined {
    const { ref, value } = this.entity;
    if (name === 'ref') return ref;
    if (name === 'relations')
      return this.graph.relationsOf(ref).map(({ type, target }) => ({ type, targetRef: target }));
    if (name === 'definitionFault') return faultOf(this.entity);
    const written = property(value, name);
    if (written !== undefined) return written;
    const step = single.get(name);
    if (step !== undefined) return this.related(step.type, step.kind)[0];
    const type = relationTypes.find((relation) => relation === name);
    return type && this.related(type);
  }

  /** The entities that exist. */
  private related(type: RelationType, kind?: string): readonly JsonObject[] {
    return this.graph
      .relationsOf(this.entity.ref)
      .filter((relation) => relation.type === type && (kind === undefined || kindOf(relation.target) === kind))
      .flatMap(({ target }) => {
        const view = this.views.get(target);
        return view === undefined ? [] : [view];
      });
  }
}

/** Of an API whose definition is a text; one that is not is a finding of its own. */
function faultOf(entity: CatalogEntity): string | undefined {
  const [type, definition] = [specString(entity, 'type'), specString(entity, 'definition')];
  return type === undefined || definition === undefined ? undefined : definitionFault(type, definition);
}

function optional<V, R>(value: V | undefined, use: (value: V) => R): R | undefined {
  return value === undefined ? undefined : use(value);
}
