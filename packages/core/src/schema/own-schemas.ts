import { entitySchemas, mcpServerSchema } from '../catalog/entity.schema.ts';
import { scoreSchema } from '../workload/score.schema.ts';
import { capabilitySchema } from './capability.schema.ts';
import { environmentSchema } from './environment.schema.ts';
import { lockSchema } from './lock.schema.ts';
import { platformSchema } from './platform.schema.ts';
import { recordSchema } from './record.schema.ts';
import { waiverSchema } from './waiver.schema.ts';

/** The schemas that we wrote: the build of the bin compiles them beforehand. One that is missing here is compiled when it is used. */
export const ownSchemas: readonly object[] = [
  platformSchema,
  environmentSchema,
  capabilitySchema,
  lockSchema,
  recordSchema,
  waiverSchema,
  scoreSchema,
  ...Object.values(entitySchemas),
  mcpServerSchema,
];
