import { isObject, type JsonObject, property, stringAt } from '../json.ts';
import { neverAsked } from '../match/asked-here.ts';
import { isNoResource } from '../match/built-in-resources.ts';
import { isNamespaced, resourceName } from '../match/resource-name.ts';
import { type Operation, targetOf } from '../match/target.ts';
import type { Policy, PolicySet } from '../policy/policy.ts';
import { type Problem, severityOf } from '../policy/problem.ts';
import { Discoveries } from './discoveries.ts';
import { eitherRequest } from './either-request.ts';
import type { Resources } from './find-params.ts';
import { inputValues } from './input-values.ts';
import { type Judgement, judgePolicy } from './judge-policy.ts';
import { DEFAULT_LIMITS, type StepLimits } from './limits.ts';
import { type IndexedPolicy, matchesByOperation, PolicyIndex } from './policy-index.ts';
import type { RunBudget } from './policy-run.ts';
import type { Request } from './request.ts';
import type { Violation } from './violation.ts';

/** An object to judge, and what is known around it. */
export interface EvaluationInput {
  readonly object: JsonObject;
  /**
   * What it replaces. `null`: it is created. Absent: nobody knows, so that a policy is evaluated for creating and for
   * updating it, and what they do not agree on is inconclusive.
   */
  readonly oldObject?: JsonObject | null | undefined;
  /**
   * The Namespace that the object is in; without it, what depends on its labels is inconclusive. `null`: the object is in
   * none, whatever its fields say.
   */
  readonly namespaceObject?: JsonObject | null | undefined;
  /** Where an object goes whose kind has namespaces, and that names none, as `kubectl apply` puts it into `default`. */
  readonly defaultNamespace?: string | undefined;
  /** The scopes that the object is in: policies of others do not see it. */
  readonly scopes?: ReadonlySet<string> | undefined;
  /** Where params are looked for that were not read with the policies. */
  readonly resources?: Resources | undefined;
  /** Values of the variables that `readPolicies` was given names of; what reads a missing one is inconclusive. */
  readonly variables?: Readonly<Record<string, JsonObject | undefined>> | undefined;
}

/** An audit annotation that a policy made of an object. */
export interface AuditRecord {
  readonly policy: string;
  readonly key: string;
  readonly value: string;
  readonly object: JsonObject;
}

/** What is known of the policies themselves after they were evaluated. */
export interface EvaluationReport {
  /** On how many objects each policy was evaluated, those of none too. */
  readonly matched: ReadonlyMap<string, number>;
  /** What came out about policies and bindings, each once. */
  readonly problems: readonly Problem[];
  /**
   * Policies in force that are about resources which were there, or which no API has, and that concerned no object; a problem
   * only when everything there is was evaluated. A policy about what nobody has yet waits, and so does one about what is created
   * or what is updated: neither is among them.
   */
  readonly unmatched: readonly Problem[];
  readonly audit: readonly AuditRecord[];
}

const NO_SCOPES: ReadonlySet<string> = new Set();

/**
 * One run of policies over objects: it counts what they match and what they cost, and finds out what is wrong with them.
 * Its verdicts depend on the objects alone, but for a policy whose budget for the whole run is gone.
 */
export class PolicyEvaluation {
  readonly #set: PolicySet;
  readonly #index: PolicyIndex;
  readonly #limits: StepLimits;
  readonly #budgets = new Map<string, RunBudget>();
  readonly #matched: Map<string, number>;
  /** Policies about a resource that was there. */
  readonly #about = new Set<string>();
  readonly #discoveries = new Discoveries();
  readonly #audit: AuditRecord[] = [];

  constructor(set: PolicySet, limits: Partial<StepLimits> = {}) {
    this.#set = set;
    this.#index = PolicyIndex.of(set);
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
    this.#matched = new Map(set.policies.map(({ name }) => [name, 0]));
  }

  /**
   * What the policies have to say against an object, in the order of policies and validations.
   *
   * A policy that fails on its own does not keep others from being evaluated: with `failurePolicy: Fail` it is a
   * violation of kind `error`, with `Ignore` it is passed over, as in a cluster. What depends on something that only a
   * cluster knows is `inconclusive`, whatever the failure policy says.
   */
  evaluate(input: EvaluationInput): readonly Violation[] {
    const apiVersion = stringAt(input.object, 'apiVersion') ?? '';
    const kind = stringAt(input.object, 'kind') ?? '';
    const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
    if (isExempt(group, kind)) return [];
    const scopes = input.scopes ?? NO_SCOPES;
    const requests = new Requests(input);
    return this.#index.concerning(group, resourceName(kind)).flatMap((indexed) => {
      const { scope, name } = indexed.policy;
      this.#about.add(name);
      return scope === undefined || scopes.has(scope) ? this.#judge(indexed, requests, input.object) : [];
    });
  }

  /** On how many objects each policy was evaluated so far. */
  get matched(): ReadonlyMap<string, number> {
    return this.#matched;
  }

  /** Of everything that was evaluated so far. */
  report(): EvaluationReport {
    const unmatched = this.#set.policies.filter(
      (policy) =>
        policy.bindings.length > 0 &&
        !policy.dialect?.generated &&
        this.#matched.get(policy.name) === 0 &&
        neverAsked(policy.match) === undefined &&
        (namesNoResource(policy) || (this.#about.has(policy.name) && !matchesByOperation(policy))),
    );
    return {
      matched: new Map(this.#matched),
      problems: this.#discoveries.problems(),
      unmatched: unmatched.map(matchesNothing),
      audit: [...this.#audit],
    };
  }

  #judge({ policy, asksForOperation }: IndexedPolicy, requests: Requests, object: JsonObject): readonly Violation[] {
    const judged = requests
      .those(asksForOperation)
      .map((request) => judgePolicy(policy, request, this.#set, { limits: this.#limits, run: this.#budgetOf(policy) }));
    const [first, second] = judged;
    if (!first) return [];
    return this.#note(policy, second ? eitherRequest(first, second) : first, object);
  }

  #note(policy: Policy, judgement: Judgement, object: JsonObject): readonly Violation[] {
    const { matched, violations, audit, discoveries } = judgement;
    if (matched) this.#matched.set(policy.name, (this.#matched.get(policy.name) ?? 0) + 1);
    for (const discovery of discoveries) this.#discoveries.add(policy, discovery, object, this.#limits);
    for (const { key, value } of audit) this.#audit.push({ policy: policy.name, key, value, object });
    return violations;
  }

  #budgetOf({ name }: Policy): RunBudget {
    const budget = this.#budgets.get(name) ?? { remaining: this.#limits.run };
    budget.remaining += this.#limits.each;
    this.#budgets.set(name, budget);
    return budget;
  }
}

/** The requests that an object could be, made when a policy asks for them. */
class Requests {
  readonly #input: EvaluationInput;
  readonly #made = new Map<Operation, Request>();

  constructor(input: EvaluationInput) {
    this.#input = input;
  }

  those(asksForOperation: () => boolean): readonly Request[] {
    const { oldObject } = this.#input;
    if (oldObject === null) return [this.#request('CREATE')];
    if (oldObject !== undefined) return [this.#request('UPDATE')];
    return asksForOperation() ? [this.#request('CREATE'), this.#request('UPDATE')] : [this.#request('CREATE')];
  }

  #request(operation: Operation): Request {
    const known = this.#made.get(operation);
    if (known) return known;
    const { namespaceObject, resources, variables = {}, defaultNamespace } = this.#input;
    const object = inNamespace(this.#input.object, defaultNamespace);
    const oldObject = operation === 'CREATE' ? null : this.#input.oldObject;
    const target = targetOf({ object, oldObject: oldObject ?? undefined, namespaceObject, operation });
    const values = inputValues({ object, oldObject, namespaceObject, variables }, target);
    const request = { target, values, object, resources };
    this.#made.set(operation, request);
    return request;
  }
}

/** A misspelt resource waits for something that never comes. */
function namesNoResource({ match }: Policy): boolean {
  return match.rules.some(({ apiGroups, resources }) =>
    resources.some((resource) => apiGroups.length > 0 && apiGroups.every((group) => isNoResource(group, resource))),
  );
}

function inNamespace(object: JsonObject, namespace: string | undefined): JsonObject {
  if (namespace === undefined || stringAt(object, 'metadata', 'namespace') !== undefined) return object;
  const [, group = ''] = /^(?:([^/]*)\/)?/.exec(stringAt(object, 'apiVersion') ?? '') ?? [];
  if (isNamespaced(group, stringAt(object, 'kind') ?? '') !== true) return object;
  const metadata = property(object, 'metadata');
  return { ...object, metadata: { ...(isObject(metadata) ? metadata : {}), namespace } };
}

function matchesNothing({ name, path, document }: Policy): Problem {
  const code = 'policy/matches-nothing';
  const message = `no object is one that ${JSON.stringify(name)} is about`;
  const hint = 'look at its resourceRules, its selectors, and those of its bindings';
  return { path, document, pointer: ['spec', 'matchConstraints'], code, severity: severityOf(code), message, hint };
}

/** Policies judge everything but the configuration of admission itself (apiserver, IsExemptAdmissionConfigurationResource). */
function isExempt(group: string, kind: string): boolean {
  return (
    group === 'admissionregistration.k8s.io' &&
    /^(?:(?:Validating|Mutating)AdmissionPolicy(?:Binding)?|(?:Validating|Mutating)WebhookConfiguration)$/.test(kind)
  );
}
