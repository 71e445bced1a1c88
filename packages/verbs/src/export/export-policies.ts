import {
  isObject,
  type JsonObject,
  KubernetesTypes,
  policiesIn,
  policyId,
  policyOwner,
  property,
  type Source,
  stringOf,
} from '@idp/core';
import { type Policy, readPolicies } from '@idp/policy';
import { bindsIn } from '../bindings/binds-in.ts';
import { policyReach } from '../bindings/policy-reach.ts';
import { hostVariables } from '../context/policies.ts';

/** A policy as a cluster takes it. */
export interface ExportedPolicy {
  readonly id: string;
  /** The policy, its bindings, and the params that they name, as they are written. */
  readonly documents: readonly JsonObject[];
}

/** A policy that stays here. */
export interface LeftPolicy {
  readonly id: string;
  readonly source: Source;
  /** The document's position in its file. */
  readonly document: number;
  /** Why no cluster can enforce it, or should. */
  readonly reason: string;
  /** Whether it judges pull requests; what nothing binds judges nobody. */
  readonly isInForce: boolean;
}

export interface PolicyExport {
  readonly exported: readonly ExportedPolicy[];
  readonly left: readonly LeftPolicy[];
}

interface WrittenDocument {
  readonly path: string;
  readonly document: JsonObject;
}

/** Says of a policy why a pull request is the right place for it and a cluster is not. */
const notExported = 'idp.internal/not-exported';
/** Kinds that only a repository has. */
const ownGroups = /(^|\.)(backstage\.io|score\.dev|idp\.internal)$/;

export interface ExportOptions {
  /** Leaves out the bindings, and so the policies, that are not in force there. */
  readonly environment?: string | undefined;
  readonly types?: KubernetesTypes;
}

/**
 * The policies that a cluster can enforce, with their bindings as they are written: a cluster that has the labels of our
 * Namespaces gives the verdicts that a pull request was given.
 *
 * @param sources the files of policies, those of capabilities too
 * @returns each policy of the files in one of the two lists, by its id
 */
export function exportPolicies(
  sources: readonly Source[],
  { environment, types = new KubernetesTypes() }: ExportOptions = {},
): PolicyExport {
  const documents = sources.flatMap(({ path, documents: all }) =>
    all.filter(isObject).map((document): WrittenDocument => ({ path, document })),
  );
  const { policies } = readPolicies(documents, { variables: hostVariables });
  const read = new Map(policies.policies.map((policy) => [policy.name, policy]));
  const exported: ExportedPolicy[] = [];
  const left: LeftPolicy[] = [];
  for (const { name, source, document } of sources.flatMap(policiesIn)) {
    const id = policyId(name, source.path);
    const policy = read.get(name);
    const bindings = (policy?.bindings ?? [])
      .map((binding) => documents[binding.document]?.document)
      .filter((binding) => binding !== undefined);
    const value = source.documents[document];
    const holds = (binding: JsonObject): boolean =>
      environment === undefined || !isObject(value) || isInForceIn(environment, { policy: value, binding, types });
    const inForce = bindings.filter(holds);
    const reason = isObject(value) ? reasonAgainst(value, source, policy, inForce, environment) : undefined;
    const isInForce = inForce.length > 0 || policy === undefined;
    if (reason !== undefined) left.push({ id, source, document, reason, isInForce });
    else if (isObject(value))
      exported.push({ id, documents: [value, ...inForce, ...paramsOf(policy, inForce, documents)] });
  }
  const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1);
  return { exported: exported.sort(byId), left: left.sort(byId) };
}

interface Bound {
  readonly policy: JsonObject;
  readonly binding: JsonObject;
  readonly types: KubernetesTypes;
}

/** What is in no namespace is judged wherever the binding is, whatever its namespaceSelector says. */
function isInForceIn(environment: string, { policy, binding, types }: Bound): boolean {
  return policyReach(policy, types).elsewhere || (bindsIn(policy, environment) && bindsIn(binding, environment));
}

function reasonAgainst(
  value: JsonObject,
  source: Source,
  policy: Policy | undefined,
  bindings: readonly JsonObject[],
  environment: string | undefined,
): string | undefined {
  const owner = policyOwner(source.path);
  if (owner !== undefined)
    return `it judges only who uses the capability ${owner}, and a cluster does not know who does`;
  if (value['kind'] !== 'ValidatingAdmissionPolicy')
    return 'it is of a kind of Kyverno: a cluster that has Kyverno takes the file as it is';
  if (policy === undefined) return 'it is not read: `npx idp check` says why';
  const annotation = stringOf(property(property(value['metadata'], 'annotations'), notExported));
  if (annotation !== undefined) return annotation;
  const groups = new Set(policy.match.rules.flatMap(({ apiGroups }) => apiGroups));
  if ([...groups].every((group) => ownGroups.test(group)))
    return `it judges files of the repository (${[...groups].sort().join(', ')}), which no cluster has`;
  const own = hostVariables.find((name) => policy.reads().has(name));
  if (own !== undefined) return `it reads \`${own}\`, which no cluster has`;
  if (bindings.length > 0) return undefined;
  return environment === undefined ? 'no binding puts it in force' : `no binding puts it in force in ${environment}`;
}

/** The manifests that bindings name as params, where they stand beside the policies. */
function paramsOf(
  policy: Policy | undefined,
  bindings: readonly JsonObject[],
  documents: readonly WrittenDocument[],
): readonly JsonObject[] {
  const kind = policy?.paramKind;
  if (kind === undefined) return [];
  const names = bindings.map((binding) => property(property(binding['spec'], 'paramRef'), 'name'));
  return documents
    .map(({ document }) => document)
    .filter(
      (document) =>
        document['apiVersion'] === kind.apiVersion &&
        document['kind'] === kind.kind &&
        // A paramRef without a name selects by labels: then all of the kind may be meant.
        names.some((name) => name === undefined || name === property(document['metadata'], 'name')),
    );
}
