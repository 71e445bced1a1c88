/**
 * What a door needs before it knows which verb is to run, and what it does not have to wait for: nothing here loads
 * the pipeline.
 */
export { dashed } from './dashed.ts';
export { type ExitCode, exitCode } from './exit-code.ts';
export { type Format, formatOf } from './output/format.ts';
export type { Output, Streams } from './output/streams.ts';
export type { Ask, Choice, Question } from './prompt/question.ts';
export { toolVersion } from './tool-version.ts';
export type { OptionSchema, Verb, VerbContext, VerbResult } from './verb.ts';
export { findVerb, verbs } from './verbs.ts';
