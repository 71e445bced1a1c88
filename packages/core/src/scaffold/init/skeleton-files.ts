import type { Json } from '../../json/json.ts';
import { writeYaml } from '../../yaml/write-yaml.ts';
import type { FileChange } from '../file-change.ts';
import { schemaLine } from '../schema-line.ts';
import type { MissingType } from './missing-types.ts';

/** Outputs that are likely to be secret by their names: nothing of them is ever clear text. */
const secret = /pass(word|wd)?$|secret|token|credential|private|api_?key/i;

/**
 * A capability for a type that Score files ask for, as far as these files tell: it takes their parameters and offers
 * the outputs that they use. What it renders is a stand-in, and it says so: an expert replaces it.
 */
export function skeletonFiles(missing: MissingType, owner: string): readonly FileChange[] {
  const { type } = missing;
  const folder = `capabilities/${type}`;
  const manifest = { name: `capability-${type}`, version: '0.1.0', private: true };
  return [
    { path: `${folder}/package.json`, content: `${JSON.stringify(manifest, null, 2)}\n` },
    { path: `${folder}/capability.yaml`, content: `${heading(missing)}${document(missing, owner)}` },
    { path: `${folder}/templates/deploy/stand-in.yaml`, content: template(type) },
  ];
}

function heading({ type, services }: MissingType): string {
  const names = services.length > 5 ? [...services.slice(0, 5), '…'] : services;
  return `${schemaLine('capability', '../../')}#
# A skeleton, made from what ${names.join(', ')} ${names.length === 1 ? 'asks' : 'ask'} of the type ${type}.
# It takes their parameters and classes and offers the outputs that they use; what it renders is a stand-in.
# Next: whoever knows ${type} gives it real templates, types for the parameters, and an owner of their own.
`;
}

/** In the order in which people read a contract, not in the alphabet's. */
function document({ type, params, classes, outputs }: MissingType, owner: string): string {
  const described = Object.fromEntries(params.map((name) => [name, { description: 'As the Score files write it.' }]));
  const presets = Object.fromEntries(classes.map((name) => [name, {}]));
  const offered = Object.fromEntries(outputs.map((name) => [name, output(name)]));
  return `apiVersion: idp.internal/v1alpha1
kind: Capability
metadata:
  name: ${type}
  description: "A skeleton of ${type}: it renders a stand-in until somebody completes it."
spec:
  owner: group:default/${owner}
  lifecycle: experimental
  provides: resource
  parameters:
    type: object
    additionalProperties: false
    properties:${block(described, 6)}
${classes.length === 0 ? '' : `  classes:${block(presets, 4)}\n`}  outputs:${block(offered, 4)}
  onDelete: retain
  objects:
    kinds: [v1/ConfigMap]
`;
}

/** A map below a key, indented by so many spaces. */
function block(value: Json, spaces: number): string {
  const text = writeYaml(value).trimEnd();
  if (text === '{}') return ' {}';
  return `\n${text.replaceAll(/^(?=.)/gm, ' '.repeat(spaces))}`;
}

function output(name: string): Json {
  const schema = { type: 'string' };
  if (secret.test(name)) return { schema, secret: { name: '{{instance.name}}', key: name } };
  if (/host(name)?$/i.test(name)) return { schema, value: '{{instance.name}}.{{service.namespace}}.svc' };
  if (/port$/i.test(name)) return { schema, value: '80' };
  return { schema, value: `{{instance.name}}-${name}` };
}

function template(type: string): string {
  return `# A stand-in: replace it by what ${type} really is, and name its kind in capability.yaml (objects.kinds).
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{yaml instance.name}}
data:
  stand-in: ${type}
`;
}
