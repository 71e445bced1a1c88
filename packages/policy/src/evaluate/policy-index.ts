import { type ResourceRule, ruleConcerns } from '../match/match-resources.ts';
import type { ParamKind, Policy, PolicySet } from '../policy/policy.ts';

/** A policy, with what is the same for all objects. */
export interface IndexedPolicy {
  readonly policy: Policy;
  /** Whether creating and updating the same object could make a difference to it. */
  readonly asksForOperation: () => boolean;
}

const indexes = new WeakMap<PolicySet, PolicyIndex>();

/** Finds the policies that could concern an object, so that the others cost nothing however many objects there are. */
export class PolicyIndex {
  readonly #policies: readonly IndexedPolicy[];
  readonly #byResource = new Map<string, readonly IndexedPolicy[]>();

  private constructor(set: PolicySet) {
    this.#policies = set.policies
      .filter(({ bindings }) => bindings.length > 0)
      .map((policy) => {
        let asks: boolean | undefined = set.asksForOperation;
        return { policy, asksForOperation: () => (asks ??= asksForOperation(policy)) };
      });
  }

  static of(set: PolicySet): PolicyIndex {
    const known = indexes.get(set);
    if (known) return known;
    const index = new PolicyIndex(set);
    indexes.set(set, index);
    return index;
  }

  /** The policies that have a binding and a rule for a resource, in their order. */
  concerning(group: string, resource: string): readonly IndexedPolicy[] {
    const key = `${group}/${resource}`;
    const known = this.#byResource.get(key);
    if (known) return known;
    const found = this.#policies.filter(({ policy }) =>
      policy.match.rules.some((rule) => ruleConcerns(rule, group, resource)),
    );
    this.#byResource.set(key, found);
    return found;
  }
}

/** What policies in force ask for beyond the object itself: what none of them asks for needs not be looked up. */
export interface PolicyNeeds {
  /** Whether the object is created or updated, and what it replaces. */
  readonly operation: boolean;
  /** The rules of the policies that ask for it. */
  readonly operationRules: readonly ResourceRule[];
  /** The variables that they read. */
  readonly variables: ReadonlySet<string>;
  /** The other manifests that they read: of these kinds, or nobody knows which. */
  readonly beside: 'all' | readonly ParamKind[];
}

const NAMESPACE: ParamKind = { apiVersion: 'v1', kind: 'Namespace' };

/** What policies that are in force ask for beside the object: what a host does not have to find otherwise. */
export function policyNeeds({ policies, asksForOperation: asks }: PolicySet): PolicyNeeds {
  const inForce = policies.filter(({ bindings }) => bindings.length > 0);
  const asking = asks === false ? [] : inForce.filter(asksForOperation);
  return {
    operation: asking.length > 0,
    operationRules: asking.flatMap(({ match }) => match.rules),
    variables: new Set(inForce.flatMap(({ reads }) => [...reads()])),
    beside: besideOf(inForce),
  };
}

/** Params, Namespaces, and whatever an expression of Kyverno asks for. */
function besideOf(policies: readonly Policy[]): PolicyNeeds['beside'] {
  if (policies.some(({ dialect, reads }) => dialect !== undefined && reads().has('resource'))) return 'all';
  const selects = ({ match, bindings }: Policy): boolean =>
    [match, ...bindings.map((binding) => binding.match)].some((one) => one?.namespaceSelector !== undefined);
  const namespaces = policies.some((policy) => selects(policy) || policy.reads().has('namespaceObject'));
  return [...policies.flatMap(({ paramKind }) => paramKind ?? []), ...(namespaces ? [NAMESPACE] : [])];
}

function asksForOperation({ reads, match, bindings }: Policy): boolean {
  return matchesByOperation({ match, bindings }) || reads().has('oldObject') || reads().has('request');
}

/** Whether what is created and what is updated are not matched alike. */
export function matchesByOperation({ match, bindings }: Pick<Policy, 'match' | 'bindings'>): boolean {
  const matches = [match, ...bindings.flatMap((binding) => binding.match ?? [])];
  return matches
    .flatMap(({ rules, excluded }) => [...rules, ...excluded])
    .some(({ operations }) => covers(operations, 'CREATE') !== covers(operations, 'UPDATE'));
}

function covers(operations: readonly string[], operation: string): boolean {
  return operations.includes('*') || operations.includes(operation);
}
