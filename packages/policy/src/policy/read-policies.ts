import { isObject, stringAt } from '../json.ts';
import { nearest } from '../nearest.ts';
import type { Binding, Policy, PolicySet } from './policy.ts';
import { type Problem, ProblemLog } from './problem.ts';
import { readBinding } from './read-binding.ts';
import { readPolicy } from './read-policy.ts';

export interface PolicyDocument {
  /** The file that it came from; documents of one file share it. */
  readonly path: string;
  /** The parsed YAML or JSON. */
  readonly document: unknown;
  /** Whose policy it is: it holds only for objects of this scope. Without one, for all. */
  readonly scope?: string;
}

export interface ReadPolicies {
  readonly policies: PolicySet;
  readonly problems: readonly Problem[];
}

const API_VERSION = 'admissionregistration.k8s.io/v1';
const POLICY = 'ValidatingAdmissionPolicy';
const BINDING = 'ValidatingAdmissionPolicyBinding';

/**
 * Reads and compiles ValidatingAdmissionPolicies and their bindings (admissionregistration.k8s.io/v1).
 *
 * Never throws for what a document holds. One with an error is left out and reported; the others are
 * read all the same. Empty documents are skipped. Sources of the rules: the Kubernetes API reference
 * of both kinds, and the API server's validation of them.
 *
 * @returns the policies with their bindings by name, and everything that is wrong, in the order of the documents
 */
export function readPolicies(documents: readonly PolicyDocument[]): ReadPolicies {
  const read = documents.flatMap((document, index) => {
    if (document.document === null || document.document === undefined) return [];
    return [readDocument(document, index)];
  });
  const policies = new Map<string, Policy>();
  const bindings: { readonly binding: Binding; readonly log: ProblemLog }[] = [];
  // A broken policy still owns its name: its binding is not to blame for it.
  const names = new Set<string>();
  const bindingNames = new Set<string>();
  for (const entry of read) {
    const isTaken = entry.kind === 'binding' ? bindingNames : names;
    if (entry.name !== undefined && entry.kind !== 'other') {
      if (isTaken.has(entry.name)) reportDuplicate(entry);
      isTaken.add(entry.name);
    }
    if (entry.policy && !policies.has(entry.policy.name)) policies.set(entry.policy.name, entry.policy);
    if (entry.binding && !entry.log.hasErrors) bindings.push({ binding: entry.binding, log: entry.log });
  }
  for (const { binding, log } of bindings) {
    const policy = policies.get(binding.policyName);
    if (policy && !mayBind(binding, policy)) reportForeignPolicy(binding, log);
    else if (policy) policies.set(policy.name, { ...policy, bindings: [...policy.bindings, binding] });
    else if (!names.has(binding.policyName)) reportUnknownPolicy(binding, log, names);
  }
  // A binding that is itself broken still shows that the policy was meant to be in force.
  const bound = new Set(read.flatMap((entry) => stringAt(entry.document, 'spec', 'policyName') ?? []));
  for (const entry of read) if (entry.policy && !bound.has(entry.policy.name)) reportUnbound(entry.policy, entry.log);
  return {
    policies: { policies: [...policies.values()].sort((a, b) => (a.name < b.name ? -1 : 1)) },
    problems: read.flatMap((entry) => entry.log.problems),
  };
}

interface ReadDocument {
  readonly kind: 'policy' | 'binding' | 'other';
  readonly document: unknown;
  readonly name: string | undefined;
  readonly policy?: Policy;
  readonly binding?: Binding;
  readonly log: ProblemLog;
}

/** Who has a scope puts its own policies in force; who has none, such as a security team, any. */
function mayBind(binding: Binding, policy: Policy): boolean {
  return binding.scope === undefined || binding.scope === policy.scope;
}

function readDocument({ path, document, scope }: PolicyDocument, index: number): ReadDocument {
  const log = new ProblemLog(path, index);
  const name = stringAt(document, 'metadata', 'name');
  const kind = kindOf(document, log);
  if (kind === 'policy') {
    const policy = readPolicy(document, { path, document: index }, log);
    return { kind, document, name, log, ...(policy ? { policy: scoped(policy, scope) } : {}) };
  }
  if (kind === 'binding') {
    const binding = readBinding(document, path, log);
    return { kind, document, name, log, ...(binding ? { binding: scoped(binding, scope) } : {}) };
  }
  return { kind, document, name, log };
}

function scoped<T extends Policy | Binding>(read: T, scope: string | undefined): T {
  return scope === undefined ? read : { ...read, scope };
}

function kindOf(document: unknown, log: ProblemLog): ReadDocument['kind'] {
  if (!isObject(document)) {
    log.add([], 'policy/invalid', 'a policy must be an object');
    return 'other';
  }
  const apiVersion = stringAt(document, 'apiVersion') ?? '';
  const kind = stringAt(document, 'kind') ?? '';
  if (apiVersion === API_VERSION && kind === POLICY) return 'policy';
  if (apiVersion === API_VERSION && kind === BINDING) return 'binding';
  if ((kind === POLICY || kind === BINDING) && /^admissionregistration\.k8s\.io\/v1(alpha|beta)\d$/.test(apiVersion)) {
    log.add(['apiVersion'], 'policy/not-supported-yet', `${apiVersion} is not supported yet`, {
      hint: `use ${API_VERSION}`,
    });
  } else if (kind === POLICY || kind === BINDING) {
    log.add(
      ['apiVersion'],
      'policy/invalid',
      `${kind} belongs to ${API_VERSION}, not to ${JSON.stringify(apiVersion)}`,
    );
  } else if (/^(policies\.)?kyverno\.io\/|^admissionregistration\.k8s\.io\//.test(apiVersion)) {
    log.add(['kind'], 'policy/not-supported-yet', `${apiVersion} ${kind} is not supported yet`);
  } else {
    const best = nearest(kind, [POLICY, BINDING]);
    const hint = best === undefined ? `expected ${POLICY} or ${BINDING}` : `did you mean "${best}"?`;
    log.add(['kind'], 'policy/invalid', `${JSON.stringify(kind)} is not a kind of policy`, { hint });
  }
  return 'other';
}

function reportDuplicate({ kind, name, log }: ReadDocument): void {
  log.add(['metadata', 'name'], 'policy/duplicate-name', `there is another ${kind} called ${JSON.stringify(name)}`);
}

function reportUnknownPolicy(binding: Binding, log: ProblemLog, names: ReadonlySet<string>): void {
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

function reportUnbound(policy: Policy, log: ProblemLog): void {
  const hint = `add a ${BINDING} with policyName: ${policy.name}`;
  log.add(['metadata', 'name'], 'policy/unbound', `no binding puts ${JSON.stringify(policy.name)} in force`, { hint });
}
