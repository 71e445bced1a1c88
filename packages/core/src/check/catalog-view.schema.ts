import { relationTypes } from '../catalog/relations.ts';
import type { JsonObject } from '../json/json.ts';
import { singleSteps } from './catalog-view.ts';

const entity: JsonObject = { $ref: 'an entity of the catalog' };
const text: JsonObject = { type: 'string' };
const mapOf = (additionalProperties: JsonObject): JsonObject => ({ type: 'object', additionalProperties });
const listOf = (items: JsonObject): JsonObject => ({ type: 'array', items });

/** What policies read as `catalog` (`catalogView`). It refers to schemas of kinds by their names. */
export const catalogViewSchema: JsonObject = {
  type: 'object',
  properties: {
    entity,
    entities: mapOf(entity),
    capabilities: mapOf({ anyOf: [{ $ref: 'Capability' }, { properties: { version: text } }] }),
    environments: mapOf({ $ref: 'Environment' }),
  },
};

/** An entity as a policy reads it: of any kind, with the steps to other entities. */
export function entityViewSchema(kinds: readonly string[]): ReadonlyMap<string, JsonObject> {
  const steps: JsonObject = {
    properties: {
      ref: text,
      definitionFault: text,
      relations: listOf({ type: 'object', properties: { type: text, targetRef: text } }),
      ...Object.fromEntries(singleSteps.map((step) => [step, entity])),
      ...Object.fromEntries(relationTypes.map((type) => [type, listOf(entity)])),
    },
  };
  return new Map([[`${entity['$ref']}`, { 'x-lenient': true, anyOf: [...kinds.map(($ref) => ({ $ref })), steps] }]]);
}
