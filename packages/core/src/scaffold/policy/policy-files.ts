import { stringify } from 'yaml';
import type { EntityRef } from '../../catalog/entity-reference.ts';
import type { JsonObject } from '../../json/json.ts';
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
  const has = (annotations: JsonObject): string => exampleText(subject, annotations);
  const examples = rule.forbids
    ? {
        passes: has({}),
        'passes-with-other-annotations': has(other),
        fails: has({ [key]: 'yes' }),
        'fails-beside-others': has({ ...other, [key]: 'yes' }),
      }
    : {
        passes: has({ [key]: rule.example }),
        'passes-beside-others': has({ ...other, [key]: rule.example }),
        fails: has(other),
        'fails-by-an-empty-one': has({ [key]: '' }),
      };
  return new Map([
    [`${name}.yaml`, policyText(options, owner, subject, rule)],
    ...Object.entries(examples).map(([file, content]) => [`fixtures/${name}/${file}.yaml`, content] as const),
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
  { group, version, kind, file }: SubjectShape,
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
        rationale: `Whoever looks at a ${kind} in a hurry finds its ${thing.replaceAll('-', ' ')} there, and does not have to ask.`,
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
        resourceRules: [
          {
            apiGroups: [group],
            apiVersions: [version],
            operations: ['CREATE', 'UPDATE'],
            resources: [resourceOf(kind)],
          },
        ],
      },
      variables: [{ name: 'annotations', expression: 'object.metadata.?annotations.orValue({})' }],
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

function exampleText({ group, version, kind, namespaced, spec }: SubjectShape, annotations: JsonObject): string {
  const some = Object.keys(annotations).length > 0;
  return yaml({
    apiVersion: group === '' ? version : `${group}/${version}`,
    kind,
    metadata: { name: 'checkout', ...(namespaced && { namespace: 'checkout' }), ...(some && { annotations }) },
    // Score has no `spec`.
    ...(group === 'score.dev' ? spec : { spec }),
  });
}

/** `components`; the plural of every kind that is offered is regular. */
function resourceOf(kind: string): string {
  return `${kind.toLowerCase()}s`;
}

function yaml(value: object): string {
  return stringify(value, { version: '1.2', lineWidth: 100, aliasDuplicateObjects: false });
}
