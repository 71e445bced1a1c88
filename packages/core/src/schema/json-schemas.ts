import { capabilitySchema } from './capability.schema.ts';
import { environmentSchema } from './environment.schema.ts';
import { lockSchema } from './lock.schema.ts';
import { platformSchema } from './platform.schema.ts';
import { recordSchema } from './record.schema.ts';
import { waiverSchema } from './waiver.schema.ts';

const published = {
  platform: platformSchema,
  environment: environmentSchema,
  capability: capabilitySchema,
  lock: lockSchema,
  record: recordSchema,
  waiver: waiverSchema,
} as const;

/** An own format whose JSON Schema is published. */
export type PublishedSchema = keyof typeof published;

/** Where a platform keeps the JSON Schema of a format. */
export function schemaFile(name: PublishedSchema): string {
  return `schemas/${name}.schema.json`;
}

/** The published JSON Schemas (2020-12), by path. Files refer to them relatively: nothing is fetched. */
export function jsonSchemas(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(published).map(([name, schema]) => [
      schemaFile(name as PublishedSchema),
      `${JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', ...schema }, null, 2)}\n`,
    ]),
  );
}
