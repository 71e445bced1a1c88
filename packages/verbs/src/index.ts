export { checkOptions, dashed } from './check-options.ts';
export { type ExitCode, exitCode } from './exit-code.ts';
export { type Generator, generators } from './generate/generate.ts';
export { type Output, runVerb, type VerbIo } from './run-verb.ts';
export { toolVersion } from './tool-version.ts';
export type { OptionSchema, Verb, VerbContext, VerbResult } from './verb.ts';
export { findVerb, verbs } from './verbs.ts';
