/**
 * What Nx loads as `idp/plugin`. It runs at the start of every Nx command, so it imports no more than a
 * YAML parser: neither the pipeline nor Nx's devkit (docs/decisions.md, "Nx", has a number).
 */
export { createDependencies } from './create-dependencies.ts';
export { createNodes } from './create-nodes.ts';

export const name = 'idp/plugin';
