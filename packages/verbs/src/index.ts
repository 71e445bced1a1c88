export { checkOptions } from './check-options.ts';
export { generators } from './generate/generate.ts';
export type { Generator } from './generate/generator.ts';
export { generateInTree, type TreeDoor } from './generate/tree/generate-in-tree.ts';
export { reportBug } from './output/bug.ts';
export { reportResult } from './output/report-result.ts';
export { usage } from './output/usage.ts';
export { verbRules } from './rules.ts';
export { runVerb, type VerbIo } from './run-verb.ts';
