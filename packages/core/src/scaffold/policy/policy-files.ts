import { stringify } from 'yaml';
import type { EntityRef } from '../../catalog/entity-reference.ts';
import { isObject, type JsonObject } from '../../json/json.ts';
import { podExpression, podIn, podResources } from './pod-templates.ts';
import type { PolicyOptions } from './policy-options.ts';
import { policySubjects, type SubjectShape } from './policy-subjects.ts';

/**
 * A policy that works as it is: it wants an annotation, or with a name that begins with `no-` forbids it. Beside it two
 * examples that pass and two that fail, for each of which the rule is the only reason.
 *
 * @returns files by their path in the pack
 */
export function policyFiles(options: PolicyOptions, owner: EntityRef): ReadonlyMap<string, string> {
  const { name, over } = options;
  const subject: SubjectShape = policySubjects[over];
  const rule = ruleOf(name);
  const { key } = rule;
  const other = { 'example.com/reviewed': 'yes' };
  const examples: Readonly<Record<string, JsonObject>> = rule.forbids
    ? {
        passes: {},
        'passes-with-other-annotations': other,
        fails: { [key]: 'yes' },
        'fails-beside-others': { ...other, [key]: 'yes' },
      }
    : {
        passes: { [key]: rule.example },
        'passes-beside-others': { ...other, [key]: rule.example },
        fails: other,
        'fails-by-an-empty-one': { [key]: '' },
      };
  return new Map([
    [`${name}.yaml`, policyText(options, owner, subject, rule)],
    ...Object.entries(examples).map(
      ([file, annotations], position) =>
        [`fixtures/${name}/${file}.yaml`, exampleText(subject, annotations, position)] as const,
    ),
  ]);
}

interface PolicyRule {
  readonly forbids: boolean;
  readonly thing: string;
  /** The annotation. */
  readonly key: string;
  readonly example: string;
}

function ruleOf(name: string): PolicyRule {
  const forbids = name.startsWith('no-');
  const thing = name.replace(/^(no|requires?|has|needs?)-(?=.)/, '');
  return { forbids, thing, key: `idp.internal/${thing}`, example: `https://wiki.example.com/checkout/${thing}` };
}

function policyText(
  { name, title, action }: PolicyOptions,
  owner: EntityRef,
  { group, version, kind, file, inTemplates }: SubjectShape,
  { forbids, thing, key, example }: PolicyRule,
): string {
  const words = forbids
    ? {
        title: `No ${kind} has the annotation ${key}`,
        rationale: `What ${key} asked for is not done any more: whoever still writes it relies on something that does not happen.`,
        mend: `Remove the annotation ${key} from ${file}.`,
        expression: `!('${key}' in variables.annotations)`,
        message: `the annotation ${key} is not used any more`,
      }
    : {
        title: `Every ${kind} names its ${thing.replaceAll('-', ' ')}`,
        rationale: `Whoever needs the ${thing.replaceAll('-', ' ')} of a ${kind} finds it there, and does not have to ask.`,
        mend: `Set the annotation ${key} in ${file}, for example to ${example}.`,
        expression: `variables.annotations[?'${key}'].orValue('') != ''`,
        message: `the annotation ${key} is missing or empty`,
      };
  const policy = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: {
      name,
      annotations: {
        'idp.internal/title': title ?? words.title,
        'idp.internal/owner': owner,
        'idp.internal/rationale': words.rationale,
        'idp.internal/mend': words.mend,
      },
    },
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: {
        resourceRules: (inTemplates ? podResources : [[group, [resourceOf(kind)]] as const]).map(
          ([apiGroup, resources]) => ({
            apiGroups: [apiGroup],
            apiVersions: [version],
            operations: ['CREATE', 'UPDATE'],
            resources: [...resources],
          }),
        ),
      },
      variables: inTemplates
        ? [
            { name: 'pod', expression: podExpression },
            { name: 'annotations', expression: 'variables.pod.?metadata.?annotations.orValue({})' },
          ]
        : [{ name: 'annotations', expression: 'object.metadata.?annotations.orValue({})' }],
      validations: [{ expression: words.expression, message: words.message }],
    },
  };
  const binding = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name },
    spec: { policyName: name, validationActions: [action === 'deny' ? 'Deny' : action === 'warn' ? 'Warn' : 'Audit'] },
  };
  return `${yaml(policy)}---\n${yaml(binding)}`;
}

function exampleText(shape: SubjectShape, annotations: JsonObject, position: number): string {
  const { group, version, kind, namespaced, spec, inTemplates } = shape;
  const some = Object.keys(annotations).length > 0;
  const metadata = { name: 'checkout', ...(namespaced && { namespace: 'checkout' }) };
  if (inTemplates) {
    const { apiVersion, kind: maker, metadata: own, ...rest } = podIn(shape, annotations, position);
    return yaml({ apiVersion, kind: maker, metadata: { ...metadata, ...(isObject(own) ? own : {}) }, ...rest });
  }
  return yaml({
    apiVersion: group === '' ? version : `${group}/${version}`,
    kind,
    metadata: { ...metadata, ...(some && { annotations }) },
    // Score has no `spec`.
    ...(group === 'score.dev' ? spec : { spec }),
  });
}

/** `components`; the plural of every kind that is offered is regular. */
function resourceOf(kind: string): string {
  return `${kind.toLowerCase()}s`;
}

/** A cluster reads YAML 1.1, in which a bare `yes` is no text. */
function yaml(value: object): string {
  return stringify(value, { version: '1.1', lineWidth: 100, aliasDuplicateObjects: false });
}
