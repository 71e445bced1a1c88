import type { Evaluation, Program } from '../cel/program.ts';
import type { JsonObject } from '../json.ts';
import { matchResources } from '../match/match-resources.ts';
import { type Operation, type Target, targetOf } from '../match/target.ts';
import type { Action, Binding, Policy, PolicySet, Validation } from '../policy/policy.ts';
import { fieldPaths } from './field-paths.ts';
import { type InputValues, inputValues } from './input-values.ts';
import { PolicyRun } from './policy-run.ts';
import type { Violation } from './violation.ts';

/** Steps that one policy may take on one object; the shipped guardrails take a few hundred. */
export const DEFAULT_STEPS = 1_000_000;

export interface EvaluationInput {
  readonly object: JsonObject;
  /** The Namespace that the object is in; without it, what depends on its labels is inconclusive. */
  readonly namespaceObject?: JsonObject;
  /** What an update replaces. */
  readonly oldObject?: JsonObject;
  /** `UPDATE` when there is an `oldObject`, else `CREATE`. */
  readonly operation?: Operation;
  /** The scopes that the object is in: policies of others do not see it. */
  readonly scopes?: ReadonlySet<string>;
  readonly steps?: number;
}

const STRENGTH: readonly Action[] = ['deny', 'warn', 'audit'];
const SEVERITIES = { deny: 'error', warn: 'warning', audit: 'info' } as const;

/**
 * What the policies have to say against an object, in the order of policies and validations.
 *
 * A pure function of its arguments. A policy that fails on its own does not keep others from being
 * evaluated: with `failurePolicy: Fail` it is a violation of kind `error`, with `Ignore` it is passed
 * over, as in a cluster. What depends on something that only a cluster knows is `inconclusive`,
 * whatever the failure policy says.
 */
export function evaluatePolicies(set: PolicySet, input: EvaluationInput): readonly Violation[] {
  const operation = input.operation ?? (input.oldObject ? 'UPDATE' : 'CREATE');
  const target = targetOf({ ...input, operation });
  const values = inputValues(input, target);
  return set.policies.flatMap((policy) => evaluatePolicy(policy, { input, target, values }));
}

interface Subject {
  readonly input: EvaluationInput;
  readonly target: Target;
  readonly values: InputValues;
}

function evaluatePolicy(policy: Policy, subject: Subject): readonly Violation[] {
  if (policy.scope !== undefined && !subject.input.scopes?.has(policy.scope)) return [];
  const matched = matchResources(policy.match, subject.target);
  if (matched === 'no') return [];
  const { certain, possible } = bindingsFor(policy, subject.target);
  const action = strongest(certain);
  const possibleAction = strongest(possible);
  const weakest = action ?? possibleAction;
  if (!weakest) return [];
  if (matched === 'unknown' || !action) return [undecided(policy, weakest)];
  const run = new PolicyRun(policy, subject.values, subject.input.steps ?? DEFAULT_STEPS);
  const condition = checkConditions(policy, run, action);
  if (condition !== 'go on') return condition;
  const violations = policy.validations.flatMap((validation) => validate(validation, policy, subject, run, action));
  const mayBeStronger = possibleAction && STRENGTH.indexOf(possibleAction) < STRENGTH.indexOf(action);
  return violations.length > 0 && mayBeStronger ? [...violations, undecided(policy, possibleAction)] : violations;
}

/** The bindings that concern the object, and those that would depending on the namespace's labels. */
function bindingsFor(policy: Policy, target: Target): { certain: readonly Binding[]; possible: readonly Binding[] } {
  const results = policy.bindings.map((binding) => ({
    binding,
    matched: binding.match ? matchResources(binding.match, target) : 'yes',
  }));
  const having = (wanted: string): readonly Binding[] =>
    results.filter(({ matched }) => matched === wanted).map(({ binding }) => binding);
  return { certain: having('yes'), possible: having('unknown') };
}

function strongest(bindings: readonly Binding[]): Action | undefined {
  return STRENGTH.find((action) => bindings.some((binding) => binding.actions.includes(action)));
}

/** Match conditions: one that is false ends it, whatever the others say (KEP-3716). */
function checkConditions(policy: Policy, run: PolicyRun, action: Action): 'go on' | readonly Violation[] {
  let failed: { readonly program: Program; readonly evaluation: Evaluation } | undefined;
  for (const { program } of policy.matchConditions) {
    const evaluation = asBoolean(run.evaluate(program));
    if (evaluation.kind === 'value' && evaluation.content === false) return [];
    if (evaluation.kind !== 'value' && failed?.evaluation.kind !== 'unknown') failed = { program, evaluation };
  }
  return failed ? failure(policy, failed.program, failed.evaluation, action) : 'go on';
}

function validate(
  validation: Validation,
  policy: Policy,
  subject: Subject,
  run: PolicyRun,
  action: Action,
): readonly Violation[] {
  const { program, index, reason } = validation;
  const evaluation = asBoolean(run.evaluate(program));
  if (evaluation.kind === 'value' && evaluation.content === true) return [];
  const failedElements = evaluation.kind === 'value' ? evaluation.failedElements : [];
  const places = fieldPaths(program, failedElements, policy, subject.input.object, subject.values.index);
  const at = { validation: index, reason, fieldPaths: places };
  if (evaluation.kind !== 'value') {
    return failure(policy, program, evaluation, action).map((violation) => ({ ...violation, ...at }));
  }
  return [{ ...violationOf(policy, program, 'violated', action), ...at, message: messageOf(validation, run) }];
}

/** The message expression where it gives one line of text, else the message, else the expression, as the API server does. */
function messageOf({ messageProgram, message, program }: Validation, run: PolicyRun): string {
  const evaluation = messageProgram && run.evaluate(messageProgram);
  if (evaluation?.kind === 'value' && typeof evaluation.content === 'string') {
    const text = evaluation.content.trim();
    if (text !== '' && !/[\n\r]/.test(text)) return text;
  }
  return message ?? `failed expression: ${program.expression.trim()}`;
}

function asBoolean(evaluation: Evaluation): Evaluation {
  if (evaluation.kind !== 'value' || typeof evaluation.content === 'boolean') return evaluation;
  return { kind: 'error', message: 'the expression returns something other than true or false' };
}

function failure(policy: Policy, program: Program, evaluation: Evaluation, action: Action): readonly Violation[] {
  if (evaluation.kind === 'unknown') {
    const violation = violationOf(policy, program, 'inconclusive', action);
    return [{ ...violation, message: `cannot be decided here: ${evaluation.reason}` }];
  }
  if (evaluation.kind === 'value') return [];
  // A policy that exceeds its budget is itself the finding: a loop is no way around a policy.
  if (evaluation.kind === 'error' && policy.failurePolicy === 'Ignore') return [];
  return [{ ...violationOf(policy, program, 'error', action), message: `cannot be evaluated: ${evaluation.message}` }];
}

function undecided(policy: Policy, action: Action): Violation {
  const message = 'cannot be decided here: it depends on labels of a namespace that was not given';
  return { ...violationOf(policy, undefined, 'inconclusive', action), message };
}

function violationOf(
  policy: Policy,
  program: Program | undefined,
  kind: Violation['kind'],
  action: Action,
): Omit<Violation, 'message'> {
  const severity = SEVERITIES[action];
  return {
    policy: policy.name,
    path: policy.path,
    kind,
    action,
    severity: kind === 'inconclusive' && severity === 'error' ? 'warning' : severity,
    reason: 'Invalid',
    expression: program?.expression.trim() ?? '',
    fieldPaths: [],
  };
}
