import {
  capabilitySchema,
  environmentSchema,
  isObject,
  type Json,
  lockSchema,
  platformSchema,
  schemaProblems,
  waiverSchema,
} from '@idp/core';
import { readPolicies } from '@idp/policy';
import { parseAllDocuments } from 'yaml';

const schemas = {
  Capability: capabilitySchema,
  Environment: environmentSchema,
  Platform: platformSchema,
  Lock: lockSchema,
  Waiver: waiverSchema,
};
const policies = ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'];

/** What is wrong with the YAML of a code block: its syntax, and its fields where it is a whole document of a kind. */
export function yamlProblems(text: string): readonly string[] {
  const documents = parseAllDocuments(text, { uniqueKeys: true });
  const broken = documents.flatMap((document) => document.errors.map(({ message }) => message));
  if (broken.length > 0) return broken;
  const values = documents.map((document): unknown => document.toJS());
  const ofPolicies = values.flatMap((document) =>
    isObject(document) && policies.includes(String(document['kind'])) ? [{ path: 'policy.yaml', document }] : [],
  );
  return [
    ...values.flatMap(kindProblems),
    ...(ofPolicies.length > 0 ? readPolicies(ofPolicies).problems.map(({ message }) => message) : []),
  ];
}

function kindProblems(value: unknown): readonly string[] {
  if (!isObject(value) || value['kind'] === undefined || policies.includes(String(value['kind']))) return [];
  const schema = Object.entries(schemas).find(([kind]) => kind === value['kind'])?.[1];
  if (schema === undefined) return [`no test knows the kind ${String(value['kind'])}: write it to a file by file=…`];
  return schemaProblems(schema, value as Json).map(({ message }) => message);
}

/** A diagram's shape: nodes that are closed, and arrows from a name to a name. Nothing here draws. */
export function mermaidProblems(text: string): readonly string[] {
  const [first = '', ...lines] = text.split('\n').filter((line) => line.trim() !== '' && !line.trim().startsWith('%%'));
  if (!/^flowchart (LR|TD|TB)$/.test(first)) return [`not a flowchart: ${first}`];
  let open = 0;
  const problems: string[] = [];
  for (const line of lines.map((text) => text.trim())) {
    if (/^subgraph \w+(\["[^"]+"\])?$/.test(line)) open += 1;
    else if (line === 'end') open -= 1;
    else if (!isStatement(line)) problems.push(`not understood: ${line}`);
  }
  return open === 0 ? problems : [...problems, 'subgraphs and ends do not match'];
}

const node = String.raw`\w+(\["[^"]+"\]|\("[^"]+"\)|\(\["[^"]+"\]\)|\[\("[^"]+"\)\])?`;
const arrow = String.raw` (-->|-\.->|---)(\|"[^"]+"\|)? `;
const statement = new RegExp(`^(direction (LR|TB)|${node}( & ${node})*(${arrow}${node}( & ${node})*)*)$`);

function isStatement(line: string): boolean {
  return statement.test(line);
}
