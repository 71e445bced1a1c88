import {
  didYouMean,
  environmentFile,
  environmentLabel,
  type Finding,
  isObject,
  isPolicyDocument,
  type JsonObject,
  type KubernetesTypes,
  type Platform,
  policyOwner,
  property,
  quote,
  type Source,
} from '@idp/core';
import { environmentRequirements, namespaceSelectorOf } from './environment-requirements.ts';
import { policyReach } from './policy-reach.ts';

export type SelectorContext = Pick<Platform, 'environments' | 'findings'> & { readonly types: KubernetesTypes };

/**
 * What a namespaceSelector of a binding, or of a policy, does not do as it reads: one that names an environment which does not
 * exist, and one over what is in no environment.
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
        ...withoutEffect(document, policy, context.types, { source, index }),
      ];
    }),
  );
}

interface Place {
  readonly source: Source;
  readonly index: number;
}

/** An environment whose file has an error is there all the same. */
function environmentsOf({ environments, findings }: SelectorContext): readonly string[] {
  const broken = findings.flatMap(({ path = '' }) => environmentFile(path) ?? []);
  return [...new Set([...environments.keys(), ...broken])];
}

function unknownEnvironments(
  document: JsonObject,
  known: readonly string[],
  { source, index }: Place,
): readonly Finding[] {
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
