import {
  type Finding,
  isPolicyFile,
  type Json,
  type Platform,
  type Pointer,
  type PolicyEngine,
  policyOwner,
  type Source,
} from '@idp/core';
import { evaluatePolicies, type Problem, readPolicies } from '@idp/policy';

/**
 * The platform's policies as the engine that `check` needs, and what is wrong with the policies themselves: also
 * with files that could not be read, because a policy that is not there denies nothing.
 */
export function loadPolicies({ policies: sources, findings: all }: Pick<Platform, 'policies' | 'findings'>): {
  readonly engine: PolicyEngine;
  readonly findings: readonly Finding[];
} {
  const documents = sources.flatMap((source) => {
    const scope = policyOwner(source.path);
    return source.documents.map((value, document) => ({ source, document, pointer: [], value, scope }));
  });
  const { engine, findings } = policyEngine(documents.filter(({ value }) => value !== null));
  const unreadable = all.filter(
    ({ path = '', severity }) => severity === 'error' && (/^policies(\/|$)/.test(path) || isPolicyFile(path)),
  );
  return { engine, findings: [...unreadable, ...findings] };
}

/** A policy, a binding or the like, where it stands in its file. */
export interface PolicyPlace {
  readonly source: Source;
  readonly document: number;
  /** Not the root of the document for an item of a List. */
  readonly pointer: Pointer;
  readonly value: Json;
  /** Whose it is, as in `PolicyDocument`. */
  readonly scope?: string | undefined;
}

/** An engine of policies from anywhere, and what is wrong with them. */
export function policyEngine(documents: readonly PolicyPlace[]): {
  readonly engine: PolicyEngine;
  readonly findings: readonly Finding[];
} {
  const { policies: set, problems } = readPolicies(
    documents.map(({ source, value, scope }) => ({
      path: source.path,
      document: value,
      ...(scope !== undefined && { scope }),
    })),
  );
  const mends = new Map(set.policies.map((policy) => [policy.name, policy.mend]));
  const engine: PolicyEngine = {
    policies: set.policies.length,
    evaluate({ object, oldObject, namespaceObject, scopes }) {
      const around = { ...(oldObject && { oldObject }), ...(namespaceObject && { namespaceObject }) };
      const violations = evaluatePolicies(set, { object, ...around, scopes });
      return violations.map(({ policy, path, severity, message, fieldPaths, kind }) => ({
        policy,
        path,
        severity,
        message,
        fieldPaths,
        kind,
        mend: mends.get(policy),
      }));
    },
    report: () => ({ matched: new Map(), findings: [], audit: [] }),
  };
  const findings = problems.map((problem): Finding => {
    const place = documents[problem.document];
    return {
      code: problem.code,
      severity: problem.severity,
      message: problem.message,
      ...(problem.hint !== undefined && { hint: problem.hint }),
      ...(place === undefined ? { path: problem.path } : positionIn(place, problem)),
    };
  });
  return { engine, findings };
}

/** The place of a problem; inside an expression that stands on one line, the very column. */
function positionIn({ source, document, pointer: root }: PolicyPlace, { pointer: below, offset }: Problem) {
  const pointer = [...root, ...below];
  const range = offset === undefined ? undefined : source.rangeOf(pointer, document);
  const expression = range && source.text.slice(range.start, range.end);
  if (offset === undefined || range === undefined || expression === undefined || expression.includes('\n'))
    return source.locate(pointer, 'key', document);
  const quoted = /^["']/.test(expression) ? 1 : 0;
  const start = Math.min(range.start + quoted + offset, range.end - 1);
  return source.locateRange({ start, end: range.end - quoted });
}
