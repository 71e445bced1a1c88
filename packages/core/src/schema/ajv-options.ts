/**
 * How ajv compiles every schema here. `validateSchema` is off: compiling the metaschema of 2020-12 costs 0.4 s of every
 * run, and what it would find in our own schemas the tests find; in a producer's schema strict compilation finds it.
 */
export const ajvOptions = {
  allErrors: true,
  strict: false,
  verbose: true,
  ownProperties: true,
  validateSchema: false,
  // A producer's `$id` is theirs alone: it neither clashes with another schema nor takes its place.
  addUsedSchema: false,
} as const;
