import {
  dayText,
  exampleAt,
  type Finding,
  isObject,
  type JsonObject,
  type Platform,
  type PolicyFacts,
  property,
  type Snapshot,
  stringOf,
  type Waiver,
} from '@idp/core';
import { checkPlatform } from '../check/check-platform.ts';
import { loadPolicies } from '../context/policies.ts';
import { bindsIn } from '../export/binds-in.ts';
import type { Example, ExplainedWaiver, Explanation } from './explanation.ts';

/** Everything there is to know of a policy; the platform is judged by it alone. */
export function explainPolicy(
  policy: PolicyFacts,
  { platform, snapshot, now }: { readonly platform: Platform; readonly snapshot: Snapshot; readonly now: string },
): Explanation {
  const bindings = platform.policies.flatMap((source) =>
    source.documents.filter(isObject).filter((document) => bindingOf(document) === policy.name),
  );
  const code = `policy/${policy.name}`;
  const sources = platform.policies.filter(
    (source) =>
      source === policy.source ||
      source.documents.some((document) => isObject(document) && bindingOf(document) !== undefined),
  );
  const engine = loadPolicies({ policies: sources, findings: [] });
  const scope = { services: [], environments: [], now };
  const found = checkPlatform(platform, snapshot, engine, scope).findings.filter((finding) => finding.code === code);
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
      actions: new Map([...platform.environments.keys()].map((name) => [name, actionIn(name, bindings)])),
      waivable: policy.waivable,
      waiverDays: policy.waiverDays,
      waivers: platform.waivers
        .filter((waiver) => waiver.policy === policy.name)
        .map((waiver) => explained(waiver, found, now)),
    },
    found,
  };
}

function bindingOf(document: JsonObject): string | undefined {
  if (document['kind'] !== 'ValidatingAdmissionPolicyBinding') return undefined;
  return stringOf(property(document['spec'], 'policyName'));
}

const actions = ['Deny', 'Warn', 'Audit'] as const;

/** Of several bindings that are in force somewhere the strongest action counts, as in a cluster. */
function actionIn(environment: string, bindings: readonly JsonObject[]): string | undefined {
  const inForce = bindings
    .filter((binding) => bindsIn(binding, environment))
    .flatMap((binding) => {
      const named = property(binding['spec'], 'validationActions');
      return Array.isArray(named) ? named.map(String) : [];
    });
  return actions.find((action) => inForce.includes(action))?.toLowerCase();
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
