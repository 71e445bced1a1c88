import { stringAt } from '../json.ts';
import { readKyverno } from '../kyverno/read-kyverno.ts';
import type { KnownKinds } from '../types/known-kinds.ts';
import { bindPolicies } from './bind-policies.ts';
import { documentKind, reportUnknownDocument } from './document-kind.ts';
import { readParams } from './params-of-policies.ts';
import type { Binding, Policy, PolicySet } from './policy.ts';
import { type Problem, ProblemLog } from './problem.ts';
import { readBinding } from './read-binding.ts';
import type { ReadDocument } from './read-document.ts';
import { readPolicy } from './read-policy.ts';

/** A document in which a policy, a binding or a param may be. */
export interface PolicyDocument {
  /** The file that it came from; documents of one file share it. */
  readonly path: string;
  /** The parsed YAML or JSON. */
  readonly document: unknown;
  /** Whose policy it is: it holds only for objects of this scope. Without one, for all. */
  readonly scope?: string;
}

/** How policies are read. */
export interface ReadOptions {
  /** Names of variables that the host gives to expressions beside those of Kubernetes. No cluster has them. */
  readonly variables?: readonly string[];
  /**
   * The schemas of what policies are about. With them, an expression that names a field which none of the kinds has that its
   * policy matches is a problem; Kubernetes only warns, and only in the status of the policy.
   */
  readonly kinds?: KnownKinds;
  /** Exceptions that have expired by then do not hold; without it, none has. */
  readonly now?: Date;
  /**
   * These very documents were read before, by the same version: nothing was wrong with them, and none asked whether an object is
   * created or updated (`policyNeeds`). An expression is compiled when it is first evaluated, and nothing is found again.
   */
  readonly sound?: boolean;
}

/** The policies that can be evaluated, and what is wrong with the others. */
export interface ReadPolicies {
  readonly policies: PolicySet;
  readonly problems: readonly Problem[];
}

/**
 * Reads and compiles ValidatingAdmissionPolicies and their bindings (admissionregistration.k8s.io/v1), and among the
 * documents those that policies take as `params`.
 *
 * Never throws for what a document holds. One with an error is left out and reported; the others are
 * read all the same. Empty documents are skipped. Sources of the rules: the Kubernetes API reference
 * of both kinds, and the API server's validation of them.
 *
 * @returns the policies with their bindings by name, and everything that is wrong, in the order of the documents
 */
export function readPolicies(documents: readonly PolicyDocument[], options: ReadOptions = {}): ReadPolicies {
  const read = documents.flatMap((document, index) => {
    if (document.document === null || document.document === undefined) return [];
    return [readDocument(document, index, options)];
  });
  const kyverno = read.filter(({ kind }) => kind === 'kyverno');
  const policies = [
    ...bindPolicies(read),
    ...readKyverno(kyverno, { now: options.now, sound: options.sound === true }),
  ];
  const { params, customScopes, rest } = readParams(read, policies);
  for (const { kind, document, log } of rest) if (kind === 'other') reportUnknownDocument(document, log);
  return {
    policies: {
      policies: [...policies].sort((a, b) => (a.name < b.name ? -1 : 1)),
      params,
      customScopes,
      ...(options.sound && { asksForOperation: false }),
    },
    problems: read.flatMap((entry) => entry.log.problems),
  };
}

function readDocument({ path, document, scope }: PolicyDocument, index: number, options: ReadOptions): ReadDocument {
  const log = new ProblemLog(path, index);
  const kind = documentKind(document, log);
  const name = stringAt(document, 'metadata', 'name');
  const read = { kind, path, document, name, scope, log };
  if (kind === 'policy') {
    const origin = {
      path,
      document: index,
      hostVariables: options.variables ?? [],
      kinds: options.kinds,
      sound: options.sound === true,
    };
    const policy = readPolicy(document, origin, log);
    return policy ? { ...read, policy: scoped(policy, scope) } : read;
  }
  if (kind === 'binding') {
    const binding = readBinding(document, { path, document: index }, log);
    return binding ? { ...read, binding: scoped(binding, scope) } : read;
  }
  return read;
}

function scoped<T extends Policy | Binding>(read: T, scope: string | undefined): T {
  return scope === undefined ? read : { ...read, scope };
}
