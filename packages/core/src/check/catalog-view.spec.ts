import { describe, expect, it } from 'vitest';
import { type Json, property, valueAt } from '../json/json.ts';
import { loadPlatform } from '../platform/load-platform.ts';
import { examplePlatform } from '../testing/example-platform.ts';
import { catalogView } from './catalog-view.ts';

const platform = loadPlatform(
  examplePlatform({
    'catalog/legacy.yaml': `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: legacy }
spec: { type: service, lifecycle: deprecated, owner: nobody, dependsOn: [component:checkout, component:gone] }
`,
  }),
);
const view = catalogView(platform);
const checkout = view('component:default/checkout');
const at = (value: Json, ...path: readonly (string | number)[]): Json | undefined => valueAt(value, path);

describe('catalogView', () => {
  it('gives the entity behind what is judged, with what it belongs to', () => {
    expect(at(checkout, 'entity', 'metadata', 'name')).toBe('checkout');
    expect(at(checkout, 'entity', 'spec', 'lifecycle')).toBe('production');
    expect(at(checkout, 'entity', 'owner', 'spec', 'type')).toBe('team');
    expect(at(checkout, 'entity', 'system', 'ref')).toBe('system:default/payment-processing');
    expect(at(checkout, 'entity', 'system', 'domain', 'owner', 'ref')).toBe('group:default/team-payments');
  });

  it('gives relations both ways, also to what nobody writes', () => {
    expect(at(checkout, 'entity', 'dependencyOf', 0, 'ref')).toBe('component:default/legacy');
    expect(at(checkout, 'entity', 'dependsOn', 0, 'spec', 'type')).toBe('database');
    expect(at(checkout, 'entity', 'relations')).toContainEqual({
      type: 'ownedBy',
      targetRef: 'group:default/team-payments',
    });
  });

  it('leaves out what does not exist: an entity, an owner, a dependency', () => {
    const legacy = at(checkout, 'entities', 'component:default/legacy') ?? null;
    expect(at(legacy, 'owner')).toBeUndefined();
    expect(at(legacy, 'dependsOn')).toHaveLength(1);
    expect(at(legacy, 'dependsOn', 0, 'ref')).toBe('component:default/checkout');
    expect(at(checkout, 'entities', 'component:default/gone')).toBeUndefined();
    expect(at(view(undefined), 'entity')).toBeUndefined();
    expect(at(view('component:default/gone'), 'entity')).toBeUndefined();
  });

  it('finds an entity by any reference that says its kind, and it is the same one', () => {
    const entities = at(checkout, 'entities') ?? null;
    expect(at(entities, 'Component:checkout')).toBe(at(entities, 'component:default/checkout'));
    expect(at(entities, 'checkout')).toBeUndefined();
  });

  it('has capabilities with their versions, and environments', () => {
    expect(at(checkout, 'capabilities', 'database', 'version')).toBe('1.2.0');
    expect(at(checkout, 'environments', 'dev', 'spec', 'promotion')).toBe('automatic');
    expect(at(checkout, 'capabilities', 'nothing')).toBeUndefined();
  });

  it('has no fields of JavaScript, and its circles are not enumerated', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'then', 'toJSON', 'hasOwnProperty'])
      for (const value of [checkout, at(checkout, 'entities'), at(checkout, 'entity')])
        expect(property(value, name)).toBeUndefined();
    expect(JSON.stringify(at(checkout, 'entity')).length).toBeLessThan(1000);
  });

  it('asks for nothing before a policy reads it', () => {
    let graphs = 0;
    const graph = () => {
      graphs += 1;
      return platform.catalog.graph();
    };
    const value = catalogView({ ...platform, catalog: { ...platform.catalog, graph } })('component:default/checkout');
    expect(at(value, 'capabilities', 'web', 'kind')).toBe('Capability');
    expect(graphs).toBe(0);
    expect(at(value, 'entity', 'kind')).toBe('Component');
    expect(at(value, 'entities', 'group:team-payments', 'kind')).toBe('Group');
    expect(graphs).toBe(1);
  });
});
