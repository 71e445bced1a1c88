export { DEFAULT_STEPS, type EvaluationInput, evaluatePolicies } from './evaluate/evaluate-policies.ts';
export type { Violation } from './evaluate/violation.ts';
export type { Json, JsonObject, Pointer } from './json.ts';
export type { Operation } from './match/target.ts';
export { type DocumentRole, documentRole } from './policy/document-role.ts';
export type { Action, Binding, Policy, PolicySet, Validation } from './policy/policy.ts';
export type { Problem, ProblemCode } from './policy/problem.ts';
export { type PolicyDocument, type ReadPolicies, readPolicies } from './policy/read-policies.ts';
