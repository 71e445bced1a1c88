import { expect, it } from 'vitest';
import { fieldsInCatalog } from './fields-in-catalog.ts';

it('finds the field of an entity that says what an expression reads of it', () => {
  const read = (...path: readonly (string | number)[]) => fieldsInCatalog([['catalog', ...path]]);
  expect(read('entity', 'owner', 'spec', 'type')).toEqual([['spec', 'owner']]);
  expect(read('entity', 'ownedBy', 0)).toEqual([['spec', 'owner']]);
  expect(read('entity', 'dependsOn')).toEqual([['spec', 'dependsOn']]);
  expect(read('entity', 'spec', 'lifecycle')).toEqual([['spec', 'lifecycle']]);
  expect(read('entity')).toEqual([]);
  expect(read('entities', 'group:team-a')).toEqual([]);
  expect(fieldsInCatalog([['namespaceObject', 'entity', 'owner']])).toEqual([]);
});
