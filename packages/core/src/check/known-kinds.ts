import { entitySchemas } from '../catalog/entity.schema.ts';
import type { JsonObject } from '../json/json.ts';
import { once } from '../json/once.ts';
import type { KindSchema } from '../kubernetes/kind-schema.ts';
import { KubernetesTypes } from '../kubernetes/kubernetes-types.ts';
import type { Platform } from '../platform/platform.ts';
import { capabilitySchema } from '../schema/capability.schema.ts';
import { environmentSchema } from '../schema/environment.schema.ts';
import { lockSchema } from '../schema/lock.schema.ts';
import { platformSchema } from '../schema/platform.schema.ts';
import { waiverSchema } from '../schema/waiver.schema.ts';
import { scoreSchema } from '../workload/score.schema.ts';
import { catalogViewSchema, entityViewSchema } from './catalog-view.schema.ts';
import { dockerfileSchema } from './dockerfile.schema.ts';
import { type Provides, parameterSchemas, parametersReference } from './parameter-schemas.ts';
import { jsonOf, replacedAt, rooted, within } from './schema-json.ts';
import { isFileGroup, subjectKinds } from './subject-kinds.ts';
import { workflowSchema } from './workflow.schema.ts';

/** A schema with what resolves the references in it. */
export interface ReferringSchema {
  readonly schema: () => JsonObject | undefined;
  readonly resolve: (reference: string) => JsonObject | undefined;
}

/** The kinds that policies can be about, with the schemas of their fields. */
export interface KindSchemas {
  /** Of an API group, or all that are known for `*`. */
  ofGroup(group: string): readonly KindSchema[];
  isComplete(group: string): boolean;
  /** Of what policies can read beside the object. */
  ofVariable(name: string): ReferringSchema | undefined;
}

/** What the schemas are made of; without a part, what it would say is not known. */
export type TypedPlatform = Partial<Pick<Platform, 'types' | 'capabilities' | 'brokenCapabilities' | 'settings'>>;

/**
 * What is known of the kinds that policies judge: those of Kubernetes, of the cluster, of definitions that capabilities ship,
 * and those of files (`subjectKinds`), in which a Score file has the parameters of the capabilities, and an environment the
 * values that idp.yaml types; and of `catalog`.
 */
export function knownKinds(platform: TypedPlatform): KindSchemas {
  const { types = new KubernetesTypes() } = platform;
  const schemas = once(() => schemasByReference(platform));
  const resolve = (reference: string): JsonObject | undefined => {
    const [name = '', pointer] = reference.split('#', 2);
    const schema = schemas().get(name);
    return pointer === undefined ? schema : within(schema, reference);
  };
  const files = subjectKinds.map(({ apiVersion, kind, resource }): KindSchema => {
    const [group = '', version = ''] = apiVersion.split('/');
    return { group, version, kind, resource, schema: () => schemas().get(kind), resolve };
  });
  return {
    ofGroup: (group) => [
      ...files.filter((file) => group === '*' || file.group === group),
      ...(isFileGroup(group) ? [] : types.kindsOf(group)),
    ],
    isComplete: (group) => isFileGroup(group) || types.isComplete(group),
    ofVariable: (name) => (name === 'catalog' ? { schema: () => catalogViewSchema, resolve } : undefined),
  };
}

const own: readonly (readonly [kind: string, schema: object])[] = [
  ['Platform', platformSchema],
  ['Capability', capabilitySchema],
  ['Lock', lockSchema],
  ['Waiver', waiverSchema],
  ['Dockerfile', dockerfileSchema],
  // GitHub adds to it.
  ['Workflow', lenient(workflowSchema)],
];

const spec = ['properties', 'spec', 'properties'] as const;
const workloadParams = ['properties', 'metadata', 'properties', 'workload', 'properties', 'params'] as const;
const resourceParams = ['properties', 'resources', 'additionalProperties', 'properties', 'params'] as const;

/** By kind, and by what schemas refer to. */
function schemasByReference(platform: TypedPlatform): ReadonlyMap<string, JsonObject> {
  const entities = Object.values(entitySchemas).map(
    (schema) => [`${schema.properties.kind.const}`, lenient(schema)] as const,
  );
  const params = (provides: Provides): JsonObject => ({ $ref: parametersReference(provides) });
  const score = replacedAt(jsonOf(scoreSchema), workloadParams, params('workload'));
  const valuesIn = (schema: JsonObject): JsonObject =>
    [[...spec, 'values'] as const, [...spec, 'targets', 'items', 'properties', 'values'] as const].reduce(
      (changed, path) => replacedAt(changed, path, { $ref: 'values' }),
      schema,
    );
  const environment = jsonOf(environmentSchema);
  const values = platform.settings?.environmentValues;
  return new Map([
    ...own.map(([kind, schema]) => [kind, jsonOf(schema)] as const),
    ...entities,
    ...entityViewSchema(entities.map(([kind]) => kind)),
    ...parameterSchemas(platform),
    ['Workload', replacedAt(score, resourceParams, params('resource'))],
    ['Environment', values === undefined ? environment : valuesIn(environment)],
    ['values', rooted(jsonOf(values), 'values')],
  ]);
}

/** What accepts fields that it does not name: only those that look misspelt are mistakes. */
function lenient(schema: object): JsonObject {
  return { ...jsonOf(schema), 'x-lenient': true };
}
