import { isObject, type Json, type JsonObject, objectFrom, property } from '../../json/json.ts';

/**
 * Values for a first environment, where there is none to take them from: for each that the schema of idp.yaml requires, its
 * default, its first choice, or the least of its type.
 */
export function defaultValues(schema: Json | undefined, name: string): JsonObject {
  const required = property(schema, 'required');
  const properties = property(schema, 'properties');
  if (!Array.isArray(required) || !isObject(properties)) return {};
  const names = required.filter((each): each is string => typeof each === 'string');
  return objectFrom(names.map((each) => [each, defaultOf(property(properties, each), name)] as const));
}

function defaultOf(schema: Json | undefined, name: string): Json {
  const fallback = property(schema, 'default') ?? property(schema, 'const');
  if (fallback !== undefined) return fallback;
  for (const list of ['enum', 'examples']) {
    const choices = property(schema, list);
    if (Array.isArray(choices) && choices.length > 0) return choices[0] as Json;
  }
  switch (property(schema, 'type')) {
    case 'integer':
    case 'number':
      return property(schema, 'minimum') ?? 1;
    case 'boolean':
      return false;
    case 'array':
      return [];
    case 'object':
      return {};
    default:
      return property(schema, 'format') === 'hostname' ? `${name}.example.com` : name;
  }
}
