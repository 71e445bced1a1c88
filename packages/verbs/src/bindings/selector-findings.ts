import {
  didYouMean,
  environmentFile,
  environmentLabel,
  type Finding,
  isObject,
  isPolicyDocument,
  type JsonObject,
  type KubernetesTypes,
  namespaceLabels,
  type Platform,
  policyOwner,
  property,
  quote,
  type Source,
} from '@idp/core';
import { environmentRequirements, labelRequirements, namespaceSelectorOf } from './label-requirements.ts';
import { policyReach } from './policy-reach.ts';
import { type Place, unknownResources } from './unknown-resources.ts';

export interface SelectorContext extends Pick<Platform, 'findings' | 'types'> {
  /** Absent where nobody knows which there are: then no name is wrong. */
  readonly environments: Platform['environments'] | undefined;
}

/**
 * What a policy or a binding does not select as it reads: an environment, a label or a resource that does not exist, and what is
 * in no environment.
 */
export function selectorFindings(sources: readonly Source[], context: SelectorContext): readonly Finding[] {
  const known = environmentsOf(context);
  const policies = new Map(
    sources.flatMap(({ documents }) =>
      documents.flatMap((document) => (isPolicyDocument(document) ? [[nameOf(document), document] as const] : [])),
    ),
  );
  return sources.flatMap((source) =>
    source.documents.flatMap((document, index): readonly Finding[] => {
      if (!isObject(document)) return [];
      const policy = isPolicyDocument(document) ? document : policies.get(boundBy(document));
      if (policy === undefined) return [];
      return [
        ...unknownEnvironments(document, known, { source, index }),
        ...unknownLabels(document, { source, index }),
        ...(policy === document ? unknownResources(policy, context.types, { source, index }) : []),
        ...withoutEffect(document, policy, context.types, { source, index }),
      ];
    }),
  );
}

/** An environment whose file has an error is there all the same. */
function environmentsOf({ environments, findings }: SelectorContext): readonly string[] | undefined {
  if (environments === undefined) return undefined;
  const broken = findings.flatMap(({ path = '' }) => environmentFile(path) ?? []);
  return [...new Set([...environments.keys(), ...broken])];
}

function unknownEnvironments(
  document: JsonObject,
  known: readonly string[] | undefined,
  { source, index }: Place,
): readonly Finding[] {
  if (known === undefined) return [];
  return environmentRequirements(document).flatMap(({ operator, values }) =>
    values
      .filter(({ name }) => !known.includes(name))
      .map(({ name, pointer }): Finding => {
        const outcome = operator === 'NotIn' ? 'this leaves nothing out' : 'nothing is selected by it';
        return {
          code: 'policy/unknown-environment',
          // Policies of a capability are written for repositories that have other environments.
          severity: policyOwner(source.path) === undefined ? 'error' : 'warning',
          message: `there is no environment ${quote(name)}: ${outcome}`,
          hint: didYouMean(name, known) ?? 'an environment is in environments/<name>.yaml',
          ...source.locate(pointer, 'value', index),
        };
      }),
  );
}

/** Another organisation's labels are its own affair; of ours it is known which a Namespace has. */
function unknownLabels(document: JsonObject, { source, index }: Place): readonly Finding[] {
  return labelRequirements(document)
    .filter(({ key }) => key.startsWith('idp.internal/') && !namespaceLabels.includes(key))
    .map(({ key, pointer }) => ({
      code: 'policy/unknown-environment',
      severity: 'error',
      message: `no Namespace has the label ${quote(key)}`,
      hint: didYouMean(key, namespaceLabels) ?? `the label of the environment is ${environmentLabel}`,
      ...source.locate(pointer, pointer.at(-1) === key ? 'key' : 'value', index),
    }));
}

function withoutEffect(
  document: JsonObject,
  policy: JsonObject,
  types: KubernetesTypes,
  { source, index }: Place,
): readonly Finding[] {
  const selector = namespaceSelectorOf(document);
  if (selector === undefined || Object.keys(selector.selector).length === 0) return [];
  const { inEnvironments, elsewhere } = policyReach(policy, types);
  if (inEnvironments || !elsewhere) return [];
  const name = nameOf(policy);
  return [
    {
      code: 'policy/selector-without-effect',
      severity: 'warning',
      message: `all that ${quote(name)} judges is in no namespace, so it holds everywhere, whatever this selects`,
      hint: `leave namespaceSelector out; a matchCondition can say which objects are meant. Of files, Score files alone are judged per environment, by ${environmentLabel}`,
      ...source.locate(selector.pointer, 'key', index),
    },
  ];
}

function boundBy(document: JsonObject): string {
  if (document['kind'] !== 'ValidatingAdmissionPolicyBinding') return '';
  return String(property(document['spec'], 'policyName'));
}

function nameOf(document: JsonObject): string {
  return String(property(document['metadata'], 'name'));
}
