import { type Finding, isPolicyFile, type Platform, type PolicyEngine, policyOwner, type Source } from '@idp/core';
import { evaluatePolicies, type Problem, readPolicies } from '@idp/policy';

/**
 * The platform's policies as the engine that `check` needs, and what is wrong with the policies themselves: also
 * with files that could not be read, because a policy that is not there denies nothing.
 */
export function loadPolicies({ policies: sources, findings: all }: Pick<Platform, 'policies' | 'findings'>): {
  readonly engine: PolicyEngine;
  readonly findings: readonly Finding[];
} {
  const documents = sources
    .flatMap((source) => source.documents.map((document, index) => ({ source, document, index })))
    .filter(({ document }) => document !== null);
  const { policies: set, problems } = readPolicies(
    documents.map(({ source, document }) => {
      const scope = policyOwner(source.path);
      return { path: source.path, document, ...(scope !== undefined && { scope }) };
    }),
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
      ...(place === undefined ? { path: problem.path } : positionIn(place.source, place.index, problem)),
    };
  });
  const unreadable = all.filter(
    ({ path = '', severity }) => severity === 'error' && (/^policies(\/|$)/.test(path) || isPolicyFile(path)),
  );
  return { engine, findings: [...unreadable, ...findings] };
}

/** The place of a problem; inside an expression that stands on one line, the very column. */
function positionIn(source: Source, document: number, { pointer, offset }: Problem) {
  const range = offset === undefined ? undefined : source.rangeOf(pointer, document);
  const expression = range && source.text.slice(range.start, range.end);
  if (offset === undefined || range === undefined || expression === undefined || expression.includes('\n'))
    return source.locate(pointer, 'key', document);
  const quoted = /^["']/.test(expression) ? 1 : 0;
  const start = Math.min(range.start + quoted + offset, range.end - 1);
  return source.locateRange({ start, end: range.end - quoted });
}
