export { evaluatePolicies } from './evaluate/evaluate-policies.ts';
export type { Resources } from './evaluate/find-params.ts';
export type { StepLimits } from './evaluate/limits.ts';
export {
  type AuditRecord,
  type EvaluationInput,
  type EvaluationReport,
  PolicyEvaluation,
} from './evaluate/policy-evaluation.ts';
export { type PolicyNeeds, policyNeeds } from './evaluate/policy-index.ts';
export type { Violation } from './evaluate/violation.ts';
export type { Json, JsonObject, Pointer } from './json.ts';
export { isNoResource } from './match/built-in-resources.ts';
export { ruleConcerns } from './match/match-resources.ts';
export { resourceName } from './match/resource-name.ts';
export { type DocumentRole, documentRole } from './policy/document-role.ts';
export type { Action, Binding, Policy, PolicySet, Validation } from './policy/policy.ts';
export type { Problem, ProblemCode } from './policy/problem.ts';
export { type PolicyDocument, type ReadOptions, type ReadPolicies, readPolicies } from './policy/read-policies.ts';
export type { KnownKind, KnownKinds } from './types/known-kinds.ts';
