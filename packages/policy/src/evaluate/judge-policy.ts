import type { Evaluation, Program } from '../cel/program.ts';
import type { JsonObject } from '../json.ts';
import { applyExceptions } from '../kyverno/apply-exceptions.ts';
import { type Allowed, NOTHING_ALLOWED } from '../kyverno/dialect.ts';
import { type MatchResult, matchResources } from '../match/match-resources.ts';
import type { Target } from '../match/target.ts';
import type { Action, Binding, NamedProgram, Policy, PolicySet } from '../policy/policy.ts';
import { type Audited, auditAnnotations } from './audit-annotations.ts';
import { findParams } from './find-params.ts';
import type { InputValues } from './input-values.ts';
import { PolicyRun, type RunSteps } from './policy-run.ts';
import type { Request } from './request.ts';
import { validate } from './validate.ts';
import { asBoolean, failureOf, type Violation, violationOf } from './violation.ts';

/** What came out about a policy itself; the first of a kind is told. */
export type Discovery =
  | { readonly kind: 'too-many-steps'; readonly limit: 'expression' | 'object' | 'run' }
  | { readonly kind: 'no-message'; readonly validation: number; readonly reason: string }
  | { readonly kind: 'params'; readonly binding: Binding; readonly missing: string | undefined };

export interface Judgement {
  /** Whether the policy and one of its bindings concern the object, as far as that is known. */
  readonly matched: boolean;
  readonly violations: readonly Violation[];
  readonly audit: readonly Audited[];
  readonly discoveries: readonly Discovery[];
}

const STRENGTH: readonly Action[] = ['deny', 'warn', 'audit'];
const NOTHING: Judgement = { matched: false, violations: [], audit: [], discoveries: [] };

/** What a policy says of a request. What its params are, and so what it says, may differ between bindings. */
export function judgePolicy(policy: Policy, request: Request, set: PolicySet, steps: RunSteps): Judgement {
  const { namespace } = policy.dialect ?? {};
  if (namespace !== undefined && namespace !== (request.target.namespace || 'default')) return NOTHING;
  const matched = matchResources(policy.match, request.target);
  if (matched === 'no') return NOTHING;
  const { certain, possible, doubt } = bindingsFor(policy, request.target);
  const action = strongest(certain);
  const possibleAction = strongest(possible);
  const weakest = action ?? possibleAction;
  if (!weakest) return NOTHING;
  if (matched !== 'yes') return { ...NOTHING, matched: true, violations: [undecided(policy, weakest, matched)] };
  if (!action) return { ...NOTHING, matched: true, violations: [undecided(policy, weakest, doubt)] };
  const judged = judgeBindings(policy, certain, request, { set, steps });
  const mayBeStronger = possibleAction && STRENGTH.indexOf(possibleAction) < STRENGTH.indexOf(action);
  if (judged.violations.length === 0 || !mayBeStronger) return judged;
  return { ...judged, violations: [...judged.violations, undecided(policy, possibleAction, doubt)] };
}

interface Bound {
  readonly certain: readonly Binding[];
  readonly possible: readonly Binding[];
  readonly doubt: MatchResult;
}

/** The bindings that concern the object, and those that would depending on what is not known. */
function bindingsFor(policy: Policy, target: Target): Bound {
  if (policy.bindings.every(({ match }) => match === undefined))
    return { certain: policy.bindings, possible: [], doubt: 'unknown-namespace' };
  const results = policy.bindings.map((binding) => ({
    binding,
    matched: binding.match ? matchResources(binding.match, target) : ('yes' as const),
  }));
  const possible = results.filter(({ matched }) => matched !== 'yes' && matched !== 'no');
  return {
    certain: results.filter(({ matched }) => matched === 'yes').map(({ binding }) => binding),
    possible: possible.map(({ binding }) => binding),
    doubt: possible[0]?.matched ?? 'unknown-namespace',
  };
}

function strongest(bindings: readonly Binding[]): Action | undefined {
  return STRENGTH.find((action) => bindings.some((binding) => binding.actions.includes(action)));
}

interface Means {
  readonly set: PolicySet;
  readonly steps: RunSteps;
}

/** Evaluates once for every param that a binding gives; of bindings that give the same, the strongest action counts. */
function judgeBindings(policy: Policy, bindings: readonly Binding[], request: Request, means: Means): Judgement {
  if (!policy.paramKind) return evaluateWith(policy, null, strongest(bindings) ?? 'deny', request, means.steps);
  const discoveries: Discovery[] = [];
  const violations: Violation[] = [];
  const byParam = new Map<JsonObject | null, Binding[]>();
  for (const binding of bindings) {
    const found = findParams(policy, binding, request.target, { set: means.set, resources: request.resources });
    if (binding.paramRef) {
      discoveries.push({ kind: 'params', binding, missing: found.kind === 'params' ? undefined : found.message });
    }
    if (found.kind === 'params') {
      for (const param of found.params) byParam.set(param, [...(byParam.get(param) ?? []), binding]);
    } else if (policy.failurePolicy === 'Fail' && (found.kind === 'misconfigured' || found.deny)) {
      const action = strongest([binding]) ?? 'deny';
      violations.push({ ...violationOf(policy, undefined, 'error', action), message: found.message });
    }
  }
  const audit: Audited[] = [];
  for (const [param, users] of byParam) {
    const judged = evaluateWith(policy, param, strongest(users) ?? 'deny', request, means.steps);
    violations.push(...judged.violations);
    audit.push(...judged.audit);
    discoveries.push(...judged.discoveries);
  }
  return { matched: true, violations: byParam.size > 1 ? strongestOfEach(violations) : violations, audit, discoveries };
}

function evaluateWith(
  policy: Policy,
  param: JsonObject | null,
  action: Action,
  request: Request,
  steps: RunSteps,
): Judgement {
  const judged = evaluateAllowing(policy, NOTHING_ALLOWED, { param, action, request, steps });
  const { dialect } = policy;
  if (!dialect || dialect.exceptions.length === 0) return judged;
  const violations = applyExceptions(judged.violations, dialect.exceptions, {
    holds: (exception) => {
      const run = new PolicyRun(policy, valuesOf(policy, request, NOTHING_ALLOWED), param, steps);
      return conditionsHold(exception.conditions, run);
    },
    violationsWith: (allowed) => evaluateAllowing(policy, allowed, { param, action, request, steps }).violations,
  });
  return { ...judged, violations };
}

interface Asked {
  readonly param: JsonObject | null;
  readonly action: Action;
  readonly request: Request;
  readonly steps: RunSteps;
}

function evaluateAllowing(policy: Policy, allowed: Allowed, { param, action, request, steps }: Asked): Judgement {
  const run = new PolicyRun(policy, valuesOf(policy, request, allowed), param, steps);
  const condition = checkConditions(policy, run, action);
  if (condition !== 'go on') return { ...NOTHING, matched: true, violations: condition, discoveries: excess(run) };
  const violations: Violation[] = [];
  const discoveries: Discovery[] = [];
  for (const validation of policy.validations) {
    // The API server runs no further rules either when the budget is gone.
    if (run.exceeded) break;
    const result = validate(validation, policy, request, run, action);
    violations.push(...result.violations);
    if (result.noMessage !== undefined)
      discoveries.push({ kind: 'no-message', validation: validation.index, reason: result.noMessage });
  }
  const audited = run.exceeded ? { audit: [], violations: [] } : auditAnnotations(policy, run);
  violations.push(...audited.violations);
  return { matched: true, violations, audit: audited.audit, discoveries: [...discoveries, ...excess(run)] };
}

/** What the expressions read: of a policy of another kind, its own variables before those of all. */
function valuesOf({ dialect }: Policy, { values, resources }: Request, allowed: Allowed): InputValues {
  if (!dialect) return values;
  const list = resources && ((apiVersion: string) => resources.list(apiVersion));
  return (name) => dialect.variable(name, { list, allowed }) ?? values(name);
}

function conditionsHold(conditions: readonly NamedProgram[], run: PolicyRun): 'yes' | 'no' | 'unknown' {
  const evaluations = conditions.map(({ program }) => run.evaluate(program));
  const isValue = (evaluation: Evaluation): boolean => evaluation.kind === 'value' && evaluation.content === true;
  if (evaluations.every(isValue)) return 'yes';
  return evaluations.every((evaluation) => isValue(evaluation) || evaluation.kind === 'unknown') ? 'unknown' : 'no';
}

function excess(run: PolicyRun): readonly Discovery[] {
  return run.exceeded ? [{ kind: 'too-many-steps', limit: run.exceeded }] : [];
}

/**
 * Match conditions: one that is false ends it, whatever the others say (KEP-3716). Kubernetes lets them see no
 * namespaceObject; Kyverno does.
 */
function checkConditions(policy: Policy, run: PolicyRun, action: Action): 'go on' | readonly Violation[] {
  let failed: { readonly program: Program; readonly evaluation: Evaluation } | undefined;
  for (const { program } of policy.matchConditions) {
    const evaluation = asBoolean(run.evaluate(program, policy.dialect ? undefined : 'namespaceObject'));
    if (evaluation.kind === 'value' && evaluation.content === false) return [];
    if (evaluation.kind !== 'value' && failed?.evaluation.kind !== 'unknown') failed = { program, evaluation };
  }
  return failed ? failureOf(policy, failed.program, failed.evaluation, action) : 'go on';
}

/** The same thing said because of several params is one violation, with the strongest action. */
function strongestOfEach(violations: readonly Violation[]): readonly Violation[] {
  const kept = new Map<string, Violation>();
  for (const violation of violations) {
    const key = JSON.stringify([violation.validation, violation.kind, violation.message]);
    const known = kept.get(key);
    if (!known || STRENGTH.indexOf(violation.action) < STRENGTH.indexOf(known.action)) kept.set(key, violation);
  }
  return [...kept.values()];
}

const DOUBTS = {
  'unknown-namespace': 'it depends on labels of a namespace that was not given',
  'unknown-version': 'its rule is for another version of this API, and only a cluster converts objects',
};

function undecided(policy: Policy, action: Action, doubt: MatchResult): Violation {
  const reason = doubt === 'yes' || doubt === 'no' ? '' : DOUBTS[doubt];
  return { ...violationOf(policy, undefined, 'inconclusive', action), message: reason };
}
