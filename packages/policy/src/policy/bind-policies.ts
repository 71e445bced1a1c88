import { stringAt } from '../json.ts';
import { nearest } from '../nearest.ts';
import { BINDING } from './document-kind.ts';
import type { Binding, Policy } from './policy.ts';
import type { ProblemLog } from './problem.ts';
import type { ReadDocument } from './read-document.ts';

/** Brings policies and their bindings together; reports what is there twice, what nothing binds, and what binds nothing. */
export function bindPolicies(read: readonly ReadDocument[]): readonly Policy[] {
  const firsts = { policy: new Map<string, ReadDocument>(), binding: new Map<string, ReadDocument>() };
  const policies = new Map<string, Policy>();
  const bindings: { readonly binding: Binding; readonly log: ProblemLog }[] = [];
  for (const entry of read) {
    const { kind, name, log, policy, binding } = entry;
    if ((kind === 'policy' || kind === 'binding') && name !== undefined) {
      const first = firsts[kind].get(name);
      if (first) reportDuplicate(entry, first);
      else firsts[kind].set(name, entry);
    }
    if (policy && !policies.has(policy.name)) policies.set(policy.name, policy);
    if (binding && !log.hasErrors) bindings.push({ binding, log });
  }
  for (const { binding, log } of bindings) {
    const policy = policies.get(binding.policyName);
    if (policy && !mayBind(binding, policy)) reportForeignPolicy(binding, log);
    else if (policy) policies.set(policy.name, { ...policy, bindings: [...policy.bindings, binding] });
    // A broken policy still owns its name: its binding is not to blame for it.
    else if (!firsts.policy.has(binding.policyName)) reportUnknownPolicy(binding, log, firsts.policy.keys());
    if (policy && binding.paramRef && !policy.paramKind) reportUnusedParam(binding, log);
  }
  // A binding that is itself broken still shows that the policy was meant to be in force.
  const bound = new Set(read.flatMap((entry) => stringAt(entry.document, 'spec', 'policyName') ?? []));
  for (const entry of read) if (entry.policy && !bound.has(entry.policy.name)) reportUnbound(entry.policy, entry.log);
  return [...policies.values()];
}

/** Who has a scope puts its own policies in force; who has none, such as a security team, any. */
function mayBind(binding: Binding, policy: Policy): boolean {
  return binding.scope === undefined || binding.scope === policy.scope;
}

function reportDuplicate({ kind, name, log }: ReadDocument, first: ReadDocument): void {
  const message = `there is another ${kind} called ${JSON.stringify(name)}, in ${first.path}`;
  const hint = 'a cluster would keep the one that is applied last; here the first counts';
  const pointer = ['metadata', 'name'];
  const related = { path: first.path, document: first.log.document, pointer };
  log.add(pointer, 'policy/duplicate-name', message, { hint, related });
}

function reportUnknownPolicy(binding: Binding, log: ProblemLog, names: Iterable<string>): void {
  const best = nearest(binding.policyName, names);
  const message = `policy ${JSON.stringify(binding.policyName)} does not exist`;
  const hint = best === undefined ? undefined : `did you mean "${best}"?`;
  log.add(['spec', 'policyName'], 'policy/unknown-policy', message, { hint });
}

function reportForeignPolicy(binding: Binding, log: ProblemLog): void {
  const message = `policy ${JSON.stringify(binding.policyName)} is not one of ${binding.scope}`;
  const hint = 'bind a policy of your own; the owners of that one put it in force';
  log.add(['spec', 'policyName'], 'policy/unknown-policy', message, { hint });
}

function reportUnusedParam(binding: Binding, log: ProblemLog): void {
  const message = `the policy ${JSON.stringify(binding.policyName)} takes no params: Kubernetes passes over paramRef`;
  log.add(['spec', 'paramRef'], 'policy/unused-param', message, { hint: 'add paramKind to the policy' });
}

function reportUnbound(policy: Policy, log: ProblemLog): void {
  const hint = `it judges nothing: add a ${BINDING} with policyName: ${policy.name}; with validationActions: [Audit] it stops nobody`;
  log.add(['metadata', 'name'], 'policy/unbound', `no binding puts ${JSON.stringify(policy.name)} in force`, { hint });
}
