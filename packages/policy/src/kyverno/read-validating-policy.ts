import type { Program } from '../cel/program.ts';
import { isObject, type JsonObject, property } from '../json.ts';
import { ExpressionScope } from '../policy/expression-scope.ts';
import type { Action, Policy, Validation } from '../policy/policy.ts';
import { ProblemLog } from '../policy/problem.ts';
import {
  choiceOf,
  optionalObject,
  optionalString,
  type Place,
  readChoice,
  readObject,
  readObjects,
  readStrings,
  requiredObject,
} from '../policy/read-fields.ts';
import { MATCH_FIELDS, readMatch, reportNeverAsked } from '../policy/read-match.ts';
import { readMetadata } from '../policy/read-metadata.ts';
import { aboutOf, readConditions, readVariables } from '../policy/read-policy.ts';
import { readAuditAnnotations } from '../policy/read-validations.ts';
import { autogen } from './autogen.ts';
import type { Dialect } from './dialect.ts';
import { kyvernoScope, kyvernoVariable } from './kyverno-environment.ts';

const DOCUMENT_FIELDS = { known: ['apiVersion', 'kind', 'metadata', 'spec', 'status'] };
const SPEC_FIELDS = {
  known: [
    'matchConstraints',
    'matchConditions',
    'variables',
    'validations',
    'validationActions',
    'failurePolicy',
    'auditAnnotations',
    'autogen',
    'evaluation',
    'webhookConfiguration',
  ],
};
const VALIDATION_FIELDS = { known: ['expression', 'message', 'messageExpression', 'reason'] };
const EVALUATION_FIELDS = { known: ['mode', 'admission', 'background'] };
const ACTIONS = { Deny: 'deny', Warn: 'warn', Audit: 'audit' } as const;
const ACTION_NAMES = ['Deny', 'Warn', 'Audit'] as const;

interface Origin {
  readonly path: string;
  readonly document: number;
  /** See `ReadOptions`. */
  readonly sound: boolean;
}

/**
 * Reads a ValidatingPolicy or NamespacedValidatingPolicy of Kyverno (policies.kyverno.io), compiled, and what Kyverno
 * makes of it for the controllers of pods.
 *
 * @returns none after an error, which the log has; else the policy itself, and after it those that are made from it
 */
export function readValidatingPolicy(value: unknown, origin: Origin, log: ProblemLog): readonly Policy[] {
  const document = readObject(value, [], log, DOCUMENT_FIELDS);
  const spec = document && requiredObject(document, 'spec', SPEC_FIELDS);
  const evaluation = spec && optionalObject(spec, 'evaluation', EVALUATION_FIELDS);
  if (!document || !spec) return [];
  const mode = (evaluation && optionalString(evaluation, 'mode')) || 'Kubernetes';
  if (evaluation && mode !== 'Kubernetes') {
    // JSON is over any document; others are of Kyverno's plugins, over what these are sent (Envoy, HTTP).
    const message = `a policy of the mode ${JSON.stringify(mode)} is not evaluated: it decides nothing here`;
    log.add([...evaluation.pointer, 'mode'], 'policy/not-evaluated', message);
    return [];
  }
  const policy = readSpec(document, spec, origin, false);
  if (!policy) return [];
  const { specs, notEvaluated } = autogen(spec.value);
  if (notEvaluated.length > 0) {
    const message = `autogen for ${notEvaluated.join(', ')} is not evaluated`;
    log.add([...spec.pointer, 'autogen'], 'policy/not-evaluated', message);
  }
  return [policy, ...specs.flatMap(({ name, spec: made }) => readGenerated(name, made, document, origin) ?? [])];
}

/** What is wrong with a rewritten policy is reported where it was made, since nobody wrote it. */
function readGenerated(name: string, spec: JsonObject, document: Place, origin: Origin): Policy | undefined {
  const log = new ProblemLog(origin.path, origin.document);
  const place = { value: document.value, pointer: document.pointer, log };
  const policy = readSpec(place, { value: spec, pointer: ['spec'], log }, origin, true);
  const [problem] = log.problems.filter(({ severity }) => severity === 'error');
  if (problem) {
    const message = `what Kyverno makes of it for controllers (autogen-${name}) is not valid: ${problem.message}`;
    document.log.add(problem.pointer, problem.code, message, { hint: problem.hint });
  }
  return policy;
}

function readSpec(document: Place, spec: Place, { sound, ...from }: Origin, generated: boolean): Policy | undefined {
  const { log } = spec;
  const metadata = readMetadata(document, ['namespace']);
  const constraints = requiredObject(spec, 'matchConstraints', MATCH_FIELDS);
  const match = constraints && readMatch(constraints);
  if (constraints && match?.rules.length === 0)
    log.add(constraints.pointer, 'policy/invalid', 'resourceRules is missing: the policy matches nothing');
  if (constraints && match && !generated) reportNeverAsked(constraints, match);
  const scope = new ExpressionScope({ ...kyvernoScope, sound });
  const matchConditions = readConditions(spec, scope);
  const variables = readVariables(spec, scope);
  const validations = readValidations(spec, scope);
  const auditAnnotations = readAuditAnnotations(spec, scope, '');
  const failurePolicy = readChoice(spec, 'failurePolicy', ['Fail', 'Ignore'], 'Fail');
  const actions = readActions(spec);
  if (validations.length === 0 && auditAnnotations.length === 0 && !log.hasErrors)
    log.add(spec.pointer, 'policy/invalid', 'validations is missing: the policy checks nothing');
  if (log.hasErrors || !metadata || !match) return undefined;
  const { name, annotations } = metadata;
  const isNamespaced = property(document.value, 'kind') === 'NamespacedValidatingPolicy';
  const dialect: Dialect = {
    generated,
    variable: kyvernoVariable,
    exceptions: [],
    ...(isNamespaced ? { namespace: metadata.namespace ?? 'default' } : {}),
  };
  return {
    name,
    ...from,
    ...aboutOf(annotations),
    ...aboutKyverno(annotations),
    annotations,
    failurePolicy,
    match,
    matchConditions,
    variables,
    validations,
    auditAnnotations,
    reads: () => scope.reads(),
    bindings: [{ name, ...from, policyName: name, actions }],
    dialect,
  };
}

/** As of Kubernetes, but a message may have several lines. */
function readValidations(spec: Place, scope: ExpressionScope): readonly Validation[] {
  return readObjects(spec, 'validations', VALIDATION_FIELDS).flatMap((place, index): readonly Validation[] => {
    const program: Program | undefined = scope.compile(place, 'expression', 'validation');
    const message = optionalString(place, 'message')?.replace(/\s+/g, ' ').trim();
    const hasExpression = optionalString(place, 'messageExpression') !== undefined;
    const messageProgram = hasExpression ? scope.compile(place, 'messageExpression', 'message') : undefined;
    if (!program) return [];
    const texts = { ...(message ? { message } : {}), ...(messageProgram ? { messageProgram } : {}) };
    return [{ index, program, reason: optionalString(place, 'reason') ?? 'Invalid', ...texts }];
  });
}

/** Deny without any (`ValidationActions` of Kyverno's API); one that admission does not ask at most reports. */
function readActions(spec: Place): readonly Action[] {
  const pointer = [...spec.pointer, 'validationActions'];
  const actions = readStrings(spec, 'validationActions').flatMap((text, index): readonly Action[] => {
    const name = choiceOf(text, ACTION_NAMES, [...pointer, index], spec.log);
    return name ? [ACTIONS[name]] : [];
  });
  const admission = property(property(spec.value, 'evaluation'), 'admission');
  if (isObject(admission) && property(admission, 'enabled') === false) return ['audit'];
  return actions.length > 0 ? actions : ['deny'];
}

/** The annotations by which Kyverno's policies say what they are about. */
function aboutKyverno(annotations: Readonly<Record<string, string>>): Pick<Policy, 'title' | 'rationale'> {
  const text = (key: string): string | undefined =>
    annotations[`policies.kyverno.io/${key}`]?.replace(/\s+/g, ' ').trim() || undefined;
  const title = text('title');
  const rationale = text('description');
  return { ...(title === undefined ? {} : { title }), ...(rationale === undefined ? {} : { rationale }) };
}
