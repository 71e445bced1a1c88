import type { CelEnvironment } from '../cel/program.ts';
import { compileExpression } from './compile-expression.ts';
import type { NamedProgram, Policy, Validation } from './policy.ts';
import type { ProblemLog } from './problem.ts';
import {
  optionalString,
  type Place,
  readChoice,
  readObject,
  readObjects,
  requiredObject,
  requiredString,
} from './read-fields.ts';
import { MATCH_FIELDS, readMatch } from './read-match.ts';
import { readMetadata } from './read-metadata.ts';

const DOCUMENT_FIELDS = { known: ['apiVersion', 'kind', 'metadata', 'spec', 'status'] };
const SPEC_FIELDS = {
  known: ['matchConstraints', 'matchConditions', 'variables', 'validations', 'failurePolicy'],
  notYet: ['paramKind', 'auditAnnotations'],
};
const VALIDATION_FIELDS = { known: ['expression', 'message', 'messageExpression', 'reason'] };
const NAMED_FIELDS = { known: ['name', 'expression'] };
const REASONS = ['Invalid', 'Unauthorized', 'Forbidden', 'RequestEntityTooLarge'] as const;
const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** What the API server itself gives a match condition (KEP-3716); the rest of a policy sees more. */
const CONDITION_VARIABLES = ['object', 'oldObject', 'request', 'authorizer'];
const VALIDATION_VARIABLES = [...CONDITION_VARIABLES, 'namespaceObject', 'variables'];
const MESSAGE_VARIABLES = VALIDATION_VARIABLES.filter((name) => name !== 'authorizer');

/** A ValidatingAdmissionPolicy without its bindings, compiled, or `undefined` when it has an error. */
export function readPolicy(
  value: unknown,
  origin: { readonly path: string; readonly document: number },
  log: ProblemLog,
): Policy | undefined {
  const document = readObject(value, [], log, DOCUMENT_FIELDS);
  const metadata = document && readMetadata(document);
  const spec = document && requiredObject(document, 'spec', SPEC_FIELDS);
  if (!spec) return undefined;
  const constraints = requiredObject(spec, 'matchConstraints', MATCH_FIELDS);
  const match = constraints && readMatch(constraints);
  if (constraints && match?.rules.length === 0) {
    log.add(constraints.pointer, 'policy/invalid', 'resourceRules is missing: the policy matches nothing');
  }
  const matchConditions = readNamed(spec, 'matchConditions', () => environment(CONDITION_VARIABLES, [], 'bool'));
  const variables = readNamed(spec, 'variables', (names) => environment(VALIDATION_VARIABLES, names, 'any'));
  for (const { name } of variables) checkVariableName(spec, name);
  const names = variables.map(({ name }) => name);
  const validations = readObjects(spec, 'validations', VALIDATION_FIELDS).flatMap((place, index) =>
    readValidation(place, index, names),
  );
  const failurePolicy = readChoice(spec, 'failurePolicy', ['Fail', 'Ignore'], 'Fail');
  if (validations.length === 0 && !log.hasErrors) {
    log.add(spec.pointer, 'policy/invalid', 'validations is missing: the policy checks nothing');
  }
  if (log.hasErrors || !metadata || !match) return undefined;
  const { name, annotations } = metadata;
  const about = aboutOf(annotations);
  return {
    name,
    ...origin,
    ...about,
    annotations,
    failurePolicy,
    match,
    matchConditions,
    variables,
    validations,
    bindings: [],
  };
}

function readNamed(
  spec: Place,
  key: string,
  environmentAfter: (names: readonly string[]) => CelEnvironment,
): readonly NamedProgram[] {
  const read: NamedProgram[] = [];
  const names: string[] = [];
  for (const place of readObjects(spec, key, NAMED_FIELDS)) {
    const name = requiredString(place, 'name');
    const program = compileExpression(place, 'expression', environmentAfter([...names]));
    if (name === undefined) continue;
    if (names.includes(name)) {
      place.log.add([...place.pointer, 'name'], 'policy/invalid', `${JSON.stringify(name)} is there twice`);
    }
    // A later expression may name it even when it does not compile itself: one mistake, one problem.
    names.push(name);
    if (program) read.push({ name, program });
  }
  return read;
}

function checkVariableName(spec: Place, name: string): void {
  if (IDENTIFIER.test(name)) return;
  spec.log.add([...spec.pointer, 'variables'], 'policy/invalid', `${JSON.stringify(name)} is not a CEL identifier`);
}

function readValidation(place: Place, index: number, variables: readonly string[]): readonly Validation[] {
  const program = compileExpression(place, 'expression', environment(VALIDATION_VARIABLES, variables, 'bool'));
  const message = optionalString(place, 'message')?.trim();
  if (message !== undefined && (message === '' || /[\n\r]/.test(message))) {
    place.log.add([...place.pointer, 'message'], 'policy/invalid', 'message must be one line of text');
  }
  const messageProgram =
    optionalString(place, 'messageExpression') === undefined
      ? undefined
      : compileExpression(place, 'messageExpression', environment(MESSAGE_VARIABLES, variables, 'string'));
  const reason = readChoice(place, 'reason', REASONS, 'Invalid');
  if (!program) return [];
  return [
    {
      index,
      program,
      reason,
      ...(message === undefined ? {} : { message }),
      ...(messageProgram ? { messageProgram } : {}),
    },
  ];
}

function environment(
  variables: readonly string[],
  fields: readonly string[],
  result: CelEnvironment['result'],
): CelEnvironment {
  // Where `variables` itself is not to be had, that is what is wrong, not one of its fields.
  return { variables, records: new Map(variables.includes('variables') ? [['variables', fields]] : []), result };
}

function aboutOf(
  annotations: Readonly<Record<string, string>>,
): Pick<Policy, 'title' | 'rationale' | 'mend' | 'owner'> {
  const keys = ['title', 'rationale', 'mend', 'owner'] as const;
  const present = keys.flatMap((key): [string, string][] => {
    const text = annotations[`idp.internal/${key}`]?.trim();
    return text ? [[key, text]] : [];
  });
  return Object.fromEntries(present);
}
