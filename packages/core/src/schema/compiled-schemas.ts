import type { ValidateFunction } from 'ajv';

/**
 * Validators of our own schemas that are compiled already: none where the sources are run. In the bin the build puts
 * those of `ownSchemas` and of the verbs' options here (packages/cli/compile-schemas.mjs), because ajv takes 20 ms for
 * each of them in every run.
 */
export const compiledSchemas: ReadonlyMap<object, () => ValidateFunction> = new Map();
