import {
  type Finding,
  fieldsInCatalog,
  isPolicyFile,
  type Json,
  type JsonObject,
  type KindSchemas,
  KubernetesTypes,
  knownKinds,
  locateInText,
  once,
  type Platform,
  type Pointer,
  type PolicyEngine,
  type Position,
  policyOwner,
  property,
  type Source,
  type SubjectKind,
  subjectKinds,
  type TypedPlatform,
} from '@idp/core';
import {
  type Policy,
  PolicyEvaluation,
  type PolicyNeeds,
  type PolicySet,
  type Problem,
  policyNeeds,
  readPolicies,
  ruleConcerns,
} from '@idp/policy';
import { selectorFindings } from '../bindings/selector-findings.ts';
import { annotationFindings } from './annotation-findings.ts';

/** What our policies can read beside what Kubernetes gives them; no cluster has it. */
export const hostVariables = ['catalog'];

/** Policies as an engine for one run, and what is wrong with them. */
export interface LoadedPolicies {
  readonly engine: PolicyEngine;
  /** The names of those that judge: that can be read, and that something binds. */
  readonly inForce: ReadonlySet<string>;
  readonly findings: readonly Finding[];
}

/**
 * The platform's policies as the engine that `check` needs, and what is wrong with the policies themselves: also
 * with files that could not be read, because a policy that is not there denies nothing. What bindings say of environments is
 * looked at where those are known. A waiver that cannot be read excuses nothing: it stops nobody else.
 *
 * @param sound an earlier run found no error in these very policies: they are compiled when an object asks for them, and
 * nothing is found again
 */
export function loadPolicies(
  platform: Pick<Platform, 'policies' | 'findings'> & TypedPlatform & Partial<Pick<Platform, 'environments'>>,
  now?: Date,
  { sound = false }: { readonly sound?: boolean } = {},
): LoadedPolicies {
  const { policies: sources, findings: all, types = new KubernetesTypes(), environments } = platform;
  const documents = sources.flatMap((source) => {
    const scope = policyOwner(source.path);
    return source.documents.map((value, document) => ({ source, document, pointer: [], value, scope }));
  });
  const { engine, inForce, findings } = policyEngine(
    documents.filter(({ value }) => value !== null),
    { variables: hostVariables, kinds: knownKinds(platform), now, sound },
  );
  if (sound) return { engine, inForce, findings: [] };
  const unreadable = all.filter(
    ({ path = '', severity }) =>
      severity === 'error' && (/^policies(\/(?!waivers\/)|$)/.test(path) || isPolicyFile(path)),
  );
  const selectors = selectorFindings(sources, { types, environments, findings: all });
  return { engine, inForce, findings: [...unreadable, ...annotationFindings(sources), ...selectors, ...findings] };
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

interface EngineOptions {
  readonly variables: readonly string[];
  /** By which the fields are checked that policies name. */
  readonly kinds: KindSchemas;
  readonly now: Date | undefined;
  /** Policies that nothing binds are in force as well. */
  readonly bindAll?: boolean;
  /** See `loadPolicies`. */
  readonly sound?: boolean;
}

function bound(policy: Policy): Policy {
  if (policy.bindings.length > 0) return policy;
  const { name, path, document } = policy;
  return { ...policy, bindings: [{ name, path, document, policyName: name, actions: ['deny'] }] };
}

/** An engine of policies from anywhere, for one run. */
export function policyEngine(
  documents: readonly PolicyPlace[],
  { variables, kinds, now, bindAll = false, sound = false }: EngineOptions,
): LoadedPolicies {
  const { policies: read, problems } = readPolicies(
    documents.map(({ source, value, scope }) => ({
      path: source.path,
      document: value,
      ...(scope !== undefined && { scope }),
    })),
    { variables, kinds, sound, ...(now && { now }) },
  );
  const policies = bindAll ? { ...read, policies: read.policies.map(bound) } : read;
  const findingOf = (problem: Problem): Finding => findingIn(documents, problem);
  const placeOf = policyPlaces(documents);
  return {
    engine: engineOf(policies, { findingOf, placeOf }),
    inForce: new Set(policies.policies.flatMap(({ name, bindings }) => (bindings.length > 0 ? [name] : []))),
    findings: problems.map(findingOf),
  };
}

interface Places {
  readonly findingOf: (problem: Problem) => Finding;
  readonly placeOf: (document: number, validation: number | undefined) => Position | undefined;
}

/** Where the validations of policies are in their files; found once each. */
function policyPlaces(documents: readonly PolicyPlace[]): Places['placeOf'] {
  const known = new Map<string, Position | undefined>();
  return (index, validation) => {
    const key = `${index} ${validation}`;
    if (!known.has(key)) {
      const below = validation === undefined ? ['metadata', 'name'] : ['spec', 'validations', validation, 'expression'];
      const place = documents[index];
      known.set(key, place?.source.locate([...place.pointer, ...below], 'key', place.document));
    }
    return known.get(key);
  };
}

function engineOf(set: PolicySet, { findingOf, placeOf }: Places): PolicyEngine {
  const evaluation = new PolicyEvaluation(set);
  const mends = new Map(set.policies.map((policy) => [policy.name, policy.mend]));
  const needs = once(() => policyNeeds(set));
  return {
    policies: set.policies.filter(({ dialect }) => !dialect?.generated).length,
    needs: {
      get operation() {
        return needs().operation;
      },
      get operationOf() {
        return operationOf(needs().operationRules);
      },
      get catalog() {
        return needs().variables.has('catalog');
      },
      get beside() {
        return needs().beside;
      },
    },
    evaluate({ catalog, ...request }) {
      const violations = evaluation.evaluate({ ...request, variables: { catalog } });
      return violations.map((violation) => {
        const { policy, path, document, validation, severity, message, fieldPaths, otherPaths, kind, waived } =
          violation;
        return {
          policy,
          path,
          validation,
          severity,
          message,
          fieldPaths: fieldPaths.length > 0 ? fieldPaths : fieldsInCatalog(otherPaths),
          kind,
          waived,
          policyAt: placeOf(document, validation),
          mend: mends.get(policy),
        };
      });
    },
    matched: evaluation.matched,
    report() {
      const { problems, unmatched, audit } = evaluation.report();
      return {
        findings: problems.map(findingOf),
        unmatched: unmatched.map(findingOf),
        audit: audit.map(({ object, ...annotation }) => ({ ...annotation, object: nameOf(object) })),
      };
    },
  };
}

/** Of what policies ask whether it is created or updated, by their rules. */
function operationOf(rules: PolicyNeeds['operationRules']): PolicyEngine['needs']['operationOf'] {
  const groupOf = ({ apiVersion }: SubjectKind): string => apiVersion.slice(0, apiVersion.indexOf('/'));
  const files = new Set(subjectKinds.map(groupOf));
  const asked = new Set<'rendered' | 'scores' | 'files'>();
  for (const rule of rules) {
    if (rule.apiGroups.some((group) => !files.has(group))) asked.add('rendered');
    for (const kind of subjectKinds)
      if (ruleConcerns(rule, groupOf(kind), kind.resource)) asked.add(kind.kind === 'Workload' ? 'scores' : 'files');
  }
  return asked;
}

/** Such as `apps/v1 Deployment checkout/checkout`. */
function nameOf(object: JsonObject): string {
  const namespace = property(property(object, 'metadata'), 'namespace');
  const name = `${property(property(object, 'metadata'), 'name')}`;
  const kind = `${property(object, 'apiVersion')} ${property(object, 'kind')}`;
  return `${kind} ${typeof namespace === 'string' ? `${namespace}/` : ''}${name}`;
}

function findingIn(documents: readonly PolicyPlace[], problem: Problem): Finding {
  const positionOf = (place: ProblemPlace): Partial<Position> => {
    const document = documents[place.document];
    return document === undefined ? { path: place.path } : positionIn(document, place);
  };
  const { code, severity, message, hint, related } = problem;
  const other = related && [{ message: 'the first', path: related.path, ...positionOf(related) }];
  const more = { ...(hint !== undefined && { hint }), ...(other && { related: other }) };
  return { code, severity, message, ...more, ...positionOf(problem) };
}

type ProblemPlace = Pick<Problem, 'path' | 'document' | 'pointer' | 'offset' | 'end'>;

/** The place of a problem; inside an expression, the very columns. */
function positionIn({ source, document, pointer: root }: PolicyPlace, { pointer: below, offset, end }: ProblemPlace) {
  const pointer = [...root, ...below];
  if (offset === undefined) return source.locate(pointer, 'key', document);
  return locateInText(source, { pointer, document }, { start: offset, end });
}
