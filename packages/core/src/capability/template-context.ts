import type { Json } from '../json/json.ts';
import type { CapabilityDocument } from '../schema/capability.schema.ts';
import { scoreSchema } from '../workload/score.schema.ts';

const text: Json = { type: 'string' };
const fields = (...names: readonly string[]): Json => ({
  type: 'object',
  properties: Object.fromEntries(names.map((name) => [name, text])),
});

/** The schema of what a capability's deploy templates, patches and outputs see (design, section 5). */
export function deployContext(capability: CapabilityDocument, environmentValues: Json | undefined): Json {
  const requires = (capability.spec.requires ?? []).map((requirement) => [
    requirement.as,
    { type: 'object', properties: (requirement.outputs ?? {}) as Json },
  ]);
  return {
    type: 'object',
    properties: {
      ...consumerContext(capability, consumerFields),
      environment: {
        type: 'object',
        properties: { name: text, target: text, values: environmentValues ?? {} },
      },
      workload: scoreSchema as unknown as Json,
      instance: fields('id', 'name'),
      requires: { type: 'object', properties: Object.fromEntries(requires) as Json },
      renderer: fields('version', 'workloadKind'),
    },
  };
}

/** What scaffold templates see: they are written once, for all environments. */
export function scaffoldContext(capability: CapabilityDocument): Json {
  return { type: 'object', properties: consumerContext(capability, [...consumerFields, 'description']) };
}

/** What rendering knows of a service: a change of any of them is another release (design, section 8). */
const consumerFields = ['name', 'title', 'owner', 'system', 'lifecycle', 'namespace'];

function consumerContext(capability: CapabilityDocument, names: readonly string[]): Readonly<Record<string, Json>> {
  return {
    service: fields(...names),
    params: (capability.spec.parameters ?? { type: 'object', properties: {} }) as Json,
  };
}
