import { type JsonObject, stringAt } from '../json.ts';
import { selects } from '../match/label-selector.ts';
import { isNamespaced } from '../match/resource-name.ts';
import { labelsOf, type Target } from '../match/target.ts';
import type { Binding, ParamKind, ParamRef, Policy, PolicySet } from '../policy/policy.ts';

/** Manifests beside the one that is judged. */
export interface Resources {
  /** All manifests of an `apiVersion`; the same array for the same question. */
  list(apiVersion: string): readonly JsonObject[];
}

/** What a binding gives to its policy: every param is evaluated by itself, `null` where there is none to give. */
export type FoundParams =
  | { readonly kind: 'params'; readonly params: readonly (JsonObject | null)[] }
  /** None was found; `deny` as `parameterNotFoundAction` says. */
  | { readonly kind: 'missing'; readonly deny: boolean; readonly message: string }
  /** The binding cannot be used for this object; `failurePolicy` decides. */
  | { readonly kind: 'misconfigured'; readonly message: string };

/**
 * The params of a binding for an object (apiserver, admission/plugin/policy/generic, CollectParams): without `paramKind`
 * or `paramRef` the policy is evaluated once, without params; else once for each that is found.
 *
 * They are looked for among the documents that were read with the policies, then among the resources. A param without a
 * namespace is in `default`, where `kubectl apply` would put it.
 */
export function findParams(
  { paramKind }: Policy,
  { paramRef }: Binding,
  target: Target,
  known: { readonly set: PolicySet; readonly resources: Resources | undefined },
): FoundParams {
  if (!paramKind || !paramRef) return { kind: 'params', params: [null] };
  const group = paramKind.apiVersion.includes('/')
    ? paramKind.apiVersion.slice(0, paramKind.apiVersion.indexOf('/'))
    : '';
  const manifests = manifestsOf(paramKind, known);
  const namespaced =
    isNamespaced(group, paramKind.kind) ??
    known.set.customScopes.get(`${group}/${paramKind.kind}`) ??
    (paramRef.namespace !== undefined || manifests.some((manifest) => namespaceOf(manifest) !== undefined));
  if (!namespaced && paramRef.namespace !== undefined) {
    const message = `${paramKind.kind} has no namespaces, but paramRef names one`;
    return { kind: 'misconfigured', message };
  }
  const namespace = namespaced ? (paramRef.namespace ?? target.namespace) : undefined;
  if (namespace === '') {
    const message = `the binding looks for ${paramKind.kind} in the namespace of the object, which has none`;
    return { kind: 'misconfigured', message };
  }
  const params = manifests.filter(
    (manifest) =>
      (namespace === undefined || (namespaceOf(manifest) ?? 'default') === namespace) &&
      isReferredTo(manifest, paramRef),
  );
  if (params.length > 0) return { kind: 'params', params };
  const what = paramRef.name === undefined ? 'that paramRef selects' : `called ${JSON.stringify(paramRef.name)}`;
  const where = namespace === undefined ? '' : ` in namespace ${JSON.stringify(namespace)}`;
  return {
    kind: 'missing',
    deny: paramRef.notFound === 'Deny',
    message: `there is no ${paramKind.kind} ${what}${where}`,
  };
}

function manifestsOf(
  { apiVersion, kind }: ParamKind,
  { set, resources }: { readonly set: PolicySet; readonly resources: Resources | undefined },
): readonly JsonObject[] {
  const isOfKind = (manifest: JsonObject): boolean =>
    stringAt(manifest, 'apiVersion') === apiVersion && stringAt(manifest, 'kind') === kind;
  const beside = set.params.map(({ object }) => object).filter(isOfKind);
  const names = new Set(beside.map(identityOf));
  const rendered = (resources?.list(apiVersion) ?? []).filter(isOfKind);
  return [...beside, ...rendered.filter((manifest) => !names.has(identityOf(manifest)))];
}

function isReferredTo(manifest: JsonObject, { name, selector }: ParamRef): boolean {
  if (name !== undefined) return stringAt(manifest, 'metadata', 'name') === name;
  return selector === undefined || selects(selector, labelsOf(manifest));
}

function identityOf(manifest: JsonObject): string {
  return `${namespaceOf(manifest) ?? ''}/${stringAt(manifest, 'metadata', 'name') ?? ''}`;
}

function namespaceOf(manifest: JsonObject): string | undefined {
  return stringAt(manifest, 'metadata', 'namespace');
}
