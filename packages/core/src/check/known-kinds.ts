import { entitySchemas } from '../catalog/entity.schema.ts';
import { isObject, type Json, type JsonObject, property, valueAt } from '../json/json.ts';
import { parsePointer } from '../json/pointer.ts';
import type { KindSchema } from '../kubernetes/kind-schema.ts';
import type { Platform } from '../platform/platform.ts';
import { capabilitySchema } from '../schema/capability.schema.ts';
import { environmentSchema } from '../schema/environment.schema.ts';
import { lockSchema } from '../schema/lock.schema.ts';
import { platformSchema } from '../schema/platform.schema.ts';
import { scoreSchema } from '../workload/score.schema.ts';
import { subjectKinds } from './subject-kinds.ts';

/** The kinds that policies can be about, with the schemas of their fields. */
export interface KindSchemas {
  /** Of an API group, or all that are known for `*`. */
  ofGroup(group: string): readonly KindSchema[];
  isComplete(group: string): boolean;
}

const own: Readonly<Record<string, object>> = {
  Workload: scoreSchema,
  Platform: platformSchema,
  Environment: environmentSchema,
  Capability: capabilitySchema,
  Lock: lockSchema,
};

/**
 * What is known of the kinds that policies judge: those of Kubernetes, of the cluster, of definitions that capabilities ship,
 * and those of files (`subjectKinds`). A kind of file without a schema here has fields that nobody knows.
 */
export function knownKinds({ types }: Pick<Platform, 'types'>): KindSchemas {
  const files = subjectKinds.map(({ apiVersion, kind, resource }): KindSchema => {
    const [group = '', version = ''] = apiVersion.split('/');
    const entities: Readonly<Record<string, object>> = entitySchemas;
    const schema = jsonOf(entities[kind.toLowerCase()] ?? own[kind]);
    const resolve = (reference: string): JsonObject | undefined => within(schema, reference);
    return { group, version, kind, resource, lenient: kind.toLowerCase() in entities, schema: () => schema, resolve };
  });
  const groups = new Set(files.map(({ group }) => group));
  return {
    ofGroup: (group) => [
      ...files.filter((file) => group === '*' || file.group === group),
      ...(groups.has(group) ? [] : types.kindsOf(group)),
    ],
    isComplete: (group) => groups.has(group) || types.isComplete(group),
  };
}

/** A schema that we wrote is JSON but for symbols of its library. */
function jsonOf(schema: object | undefined): JsonObject | undefined {
  const value: unknown = schema;
  return isObject(value) ? value : undefined;
}

/** `#/$defs/name`. */
function within(schema: JsonObject | undefined, reference: string): JsonObject | undefined {
  if (schema === undefined || !reference.startsWith('#')) return undefined;
  const found: Json | undefined = valueAt(schema, parsePointer(reference.slice(1)));
  return found !== undefined && isObject(found) && property(found, '$ref') !== reference ? found : undefined;
}
