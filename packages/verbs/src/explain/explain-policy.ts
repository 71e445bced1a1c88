import {
  dayText,
  exampleAt,
  type Finding,
  isObject,
  isPolicyDocument,
  type JsonObject,
  type Platform,
  type PolicyFacts,
  property,
  type Snapshot,
  type Source,
  type Waiver,
} from '@idp/core';
import { bindsIn } from '../bindings/binds-in.ts';
import { policyReach } from '../bindings/policy-reach.ts';
import { type CheckScope, checkPlatform } from '../check/check-platform.ts';
import { type LoadedPolicies, loadPolicies } from '../context/policies.ts';
import type { Example, ExplainedWaiver, Explanation } from './explanation.ts';

export interface ExplainContext extends Pick<CheckScope, 'now' | 'deployed' | 'before'> {
  readonly platform: Platform;
  readonly snapshot: Snapshot;
  /** Of `policyAlone`. */
  readonly alone: LoadedPolicies;
}

/** The policy, with what stands beside policies: bindings, params, exceptions. */
export function policyAlone(policy: PolicyFacts, { policies }: Platform, now: Date): LoadedPolicies {
  const sources = policies.filter(
    (source) => source === policy.source || source.documents.some((each) => !isPolicyDocument(each)),
  );
  return loadPolicies({ policies: sources, findings: [] }, now);
}

/** Everything there is to know of a policy; the platform is judged by it alone. */
export function explainPolicy(
  policy: PolicyFacts,
  { platform, snapshot, alone, now, deployed, before }: ExplainContext,
): Explanation {
  const document = documentOf(policy);
  const bindings = bindingsOf(policy.name, document, platform.policies);
  const reach = policyReach(document, platform.types);
  const code = `policy/${policy.name}`;
  const scope = { services: [], environments: [], now, deployed, before };
  const found = checkPlatform(platform, snapshot, alone, scope).findings.filter((finding) => finding.code === code);
  return {
    id: policy.id,
    code,
    what: policy.title ?? policy.name,
    why: policy.rationale,
    mend: policy.mend,
    severity: undefined,
    page: undefined,
    examples: examplesOf(policy, snapshot),
    policy: {
      path: policy.source.path,
      line: policy.source.locate(['metadata', 'name'], 'value', policy.document).line,
      owner: policy.owner,
      isBound: bindings.length > 0,
      actions: new Map(
        (reach.inEnvironments ? [...platform.environments.keys()] : []).map((name) => [
          name,
          strongest(bindsIn(document, name) ? bindings.filter((binding) => bindsIn(binding, name)) : []),
        ]),
      ),
      elsewhere: reach.elsewhere ? strongest(bindings) : undefined,
      waivable: policy.waivable,
      waiverDays: policy.waiverDays,
      waivers: platform.waivers
        .filter((waiver) => waiver.policy === policy.name)
        .map((waiver) => explained(waiver, found, now)),
    },
    found,
  };
}

function documentOf({ source, document }: PolicyFacts): JsonObject {
  const value = source.documents[document];
  return isObject(value) ? value : {};
}

/** What puts a policy in force: its bindings, and of a policy of Kyverno itself. */
function bindingsOf(name: string, policy: JsonObject, sources: readonly Source[]): readonly JsonObject[] {
  if (policy['kind'] !== 'ValidatingAdmissionPolicy') return [policy];
  return sources.flatMap(({ documents }) =>
    documents
      .filter(isObject)
      .filter(({ kind, spec }) => kind === 'ValidatingAdmissionPolicyBinding' && property(spec, 'policyName') === name),
  );
}

const actions = ['Deny', 'Warn', 'Audit'] as const;

/** Of several bindings the strongest action counts, as in a cluster. */
function strongest(bindings: readonly JsonObject[]): string | undefined {
  const named = bindings.flatMap(({ kind, spec }) => {
    const written = property(spec, 'validationActions');
    if (Array.isArray(written) && written.length > 0) return written.map(String);
    return kind === 'ValidatingAdmissionPolicyBinding' ? [] : ['Deny'];
  });
  return actions.find((action) => named.includes(action))?.toLowerCase();
}

function examplesOf({ name, source }: PolicyFacts, snapshot: Snapshot): readonly Example[] {
  const folder = `${source.path.slice(0, source.path.lastIndexOf('/'))}/fixtures/${name}/`;
  return snapshot.list().flatMap(({ path }) => {
    const example = path.startsWith(folder) ? exampleAt(path) : undefined;
    if (example === undefined) return [];
    const bytes = snapshot.read(path);
    return [{ verdict: example.verdict, path, text: bytes === undefined ? '' : new TextDecoder().decode(bytes) }];
  });
}

function explained(waiver: Waiver, found: readonly Finding[], now: string): ExplainedWaiver {
  const { subject, owner, reason, expires } = waiver.document.spec;
  const { entity, resource, container, path, environments } = subject;
  const today = now.slice(0, 10);
  return {
    path: waiver.source.path,
    subject: [entity, resource, container, path, environments?.join(', ')]
      .filter((part) => part !== undefined)
      .join(', '),
    owner,
    reason,
    expires,
    state: expires < today ? 'ended' : dayText(waiver.issued) > today ? 'not begun' : 'holds',
    covers: found.filter(({ waived }) => waived?.path === waiver.source.path).length,
  };
}
