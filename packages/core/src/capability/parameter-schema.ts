import type { CapabilityDocument } from '../schema/capability.schema.ts';

const known = new WeakMap<CapabilityDocument, object>();

/** The schema of a capability's parameters as values are checked by it: one object a document, so that it is compiled once. */
export function parameterSchema(document: CapabilityDocument): object {
  const schema = known.get(document) ?? {
    type: 'object',
    ...(document.spec.parameters ?? { additionalProperties: false }),
  };
  known.set(document, schema);
  return schema;
}
