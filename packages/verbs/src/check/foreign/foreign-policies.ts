import {
  type Finding,
  type JsonObject,
  knownKinds,
  type Manifest,
  manifestSource,
  type PolicyEngine,
  type Severity,
  strictEngine,
} from '@idp/core';
import { type DocumentRole, documentRole } from '@idp/policy';
import { hostVariables, type PolicyPlace, policyEngine } from '../../context/policies.ts';
import { readBytes } from './read-files.ts';

export interface ForeignPolicies {
  readonly engine: PolicyEngine;
  /** What is wrong with them, and which of them decide nothing. */
  readonly findings: readonly Finding[];
  /** How many are of kinds that are not evaluated. */
  readonly notEvaluated: number;
  /** What stands beside them, perhaps as the params of one. */
  readonly params: readonly JsonObject[];
}

/**
 * Policies of anybody as an engine. One that nothing binds is evaluated as if a binding denied, since who names it wants
 * to know; one of a kind that is not evaluated is named, and with `strict` fails.
 */
export function foreignPolicies(
  cwd: string,
  manifests: readonly Manifest[],
  { strict, now }: { readonly strict: boolean; readonly now: Date },
): ForeignPolicies {
  const ofRole = (...roles: readonly DocumentRole[]) =>
    manifests.filter(({ object }) => roles.includes(documentRole(object)));
  const places = placesOf(cwd, ofRole('policy', 'definition'));
  const { engine, findings } = policyEngine(places, {
    variables: hostVariables,
    kinds: knownKinds({}),
    now,
    bindAll: true,
  });
  const undecided: Severity = strict ? 'error' : 'warning';
  const others = ofRole('not-evaluated');
  const named = placesOf(cwd, others).map((place) => notEvaluated(place));
  return {
    engine: strict ? strictEngine(engine) : engine,
    findings: [...findings, ...named].map((finding) => {
      if (finding.code === 'policy/unbound')
        return { ...finding, severity: 'warning', hint: 'it is evaluated here as if one denied' };
      return finding.code === 'policy/not-evaluated' ? { ...finding, severity: undecided } : finding;
    }),
    notEvaluated: others.length + findings.filter(({ code }) => code === 'policy/not-evaluated').length,
    params: ofRole('other').map(({ object }) => object),
  };
}

function placesOf(cwd: string, manifests: readonly Manifest[]): readonly PolicyPlace[] {
  const sources = new Map(
    [...new Set(manifests.map(({ path }) => path))].map((path) => [path, manifestSource(path, readBytes(cwd, path))]),
  );
  return manifests.flatMap(({ path, document, pointer, object }) => {
    const source = sources.get(path);
    return source === undefined ? [] : [{ source, document, pointer, value: object }];
  });
}

function notEvaluated({ source, document, pointer, value }: PolicyPlace): Finding {
  const { apiVersion, kind } = value as JsonObject;
  return {
    code: 'policy/not-evaluated',
    severity: 'warning',
    message: `${String(apiVersion)} ${String(kind)} is not evaluated: it decided nothing here`,
    hint: 'ValidatingAdmissionPolicy is evaluated, and ValidatingPolicy of Kyverno',
    ...source.locate([...pointer, 'kind'], 'value', document),
  };
}
