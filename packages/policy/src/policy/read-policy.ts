import type { Program } from '../cel/program.ts';
import type { KnownKinds } from '../types/known-kinds.ts';
import { knownTypes } from '../types/known-types.ts';
import { ExpressionScope } from './expression-scope.ts';
import { isCelIdentifier, isQualifiedName } from './names.ts';
import type { NamedProgram, Policy } from './policy.ts';
import type { ProblemLog } from './problem.ts';
import {
  type Place,
  readChoice,
  readList,
  readObject,
  readObjects,
  requiredObject,
  requiredString,
} from './read-fields.ts';
import { MATCH_FIELDS, readMatch, reportNeverAsked } from './read-match.ts';
import { readMetadata } from './read-metadata.ts';
import { readParamKind } from './read-params.ts';
import { readAuditAnnotations, readValidations } from './read-validations.ts';

const DOCUMENT_FIELDS = { known: ['apiVersion', 'kind', 'metadata', 'spec', 'status'] };
const SPEC_FIELDS = {
  known: [
    'matchConstraints',
    'matchConditions',
    'variables',
    'validations',
    'failurePolicy',
    'paramKind',
    'auditAnnotations',
  ],
};
const NAMED_FIELDS = { known: ['name', 'expression'] };
const MAXIMUM_CONDITIONS = 64;

/** Where a policy is from, and what its host gives it. */
export interface PolicyOrigin {
  readonly path: string;
  readonly document: number;
  /** Variables that the host has beside those of Kubernetes. */
  readonly hostVariables: readonly string[];
  /** The kinds whose fields are known. */
  readonly kinds: KnownKinds | undefined;
  /** See `ReadOptions`. */
  readonly sound: boolean;
}

/** A ValidatingAdmissionPolicy without its bindings, compiled, or `undefined` when it has an error. */
export function readPolicy(value: unknown, origin: PolicyOrigin, log: ProblemLog): Policy | undefined {
  const document = readObject(value, [], log, DOCUMENT_FIELDS);
  const metadata = document && readMetadata(document);
  const spec = document && requiredObject(document, 'spec', SPEC_FIELDS);
  if (!spec) return undefined;
  const constraints = requiredObject(spec, 'matchConstraints', MATCH_FIELDS);
  const match = constraints && readMatch(constraints);
  if (constraints && match?.rules.length === 0) {
    log.add(constraints.pointer, 'policy/invalid', 'resourceRules is missing: the policy matches nothing');
  }
  if (constraints && match) reportNeverAsked(constraints, match);
  const paramKind = readParamKind(spec);
  const scope = new ExpressionScope({
    hasParams: paramKind !== undefined,
    hostVariables: origin.hostVariables,
    types:
      origin.kinds && match && !origin.sound
        ? knownTypes({ match, paramKind, hostVariables: origin.hostVariables }, origin.kinds)
        : undefined,
    sound: origin.sound,
  });
  const matchConditions = readConditions(spec, scope);
  const variables = readVariables(spec, scope);
  const validations = readValidations(spec, scope);
  const auditAnnotations = readAuditAnnotations(spec, scope, metadata?.name ?? '');
  const failurePolicy = readChoice(spec, 'failurePolicy', ['Fail', 'Ignore'], 'Fail');
  if (validations.length === 0 && auditAnnotations.length === 0 && !log.hasErrors) {
    log.add(spec.pointer, 'policy/invalid', 'validations is missing: the policy checks nothing');
  }
  if (log.hasErrors || !metadata || !match) return undefined;
  const { name, annotations } = metadata;
  return {
    name,
    path: origin.path,
    document: origin.document,
    ...aboutOf(annotations),
    annotations,
    failurePolicy,
    match,
    ...(paramKind ? { paramKind } : {}),
    matchConditions,
    variables,
    validations,
    auditAnnotations,
    reads: () => scope.reads(),
    bindings: [],
  };
}

export function readConditions(spec: Place, scope: ExpressionScope): readonly NamedProgram[] {
  const count = readList(spec, 'matchConditions').length;
  if (count > MAXIMUM_CONDITIONS) {
    const message = `${count} match conditions are more than ${MAXIMUM_CONDITIONS}`;
    spec.log.add([...spec.pointer, 'matchConditions'], 'policy/invalid', message);
  }
  return readNamed(spec, 'matchConditions', (place, name) => {
    if (!isQualifiedName(name)) {
      const message = `${JSON.stringify(name)} is not a valid name`;
      const hint = 'letters, digits, "-", "_" and ".", at most 63 of them, after a domain and "/" if there is one';
      place.log.add([...place.pointer, 'name'], 'policy/invalid', message, { hint });
    }
    return scope.compile(place, 'expression', 'condition');
  });
}

export function readVariables(spec: Place, scope: ExpressionScope): readonly NamedProgram[] {
  return readNamed(spec, 'variables', (place, name) => {
    if (!isCelIdentifier(name)) {
      const message = `${JSON.stringify(name)} is not a CEL identifier`;
      place.log.add([...place.pointer, 'name'], 'policy/invalid', message);
    }
    return scope.compileVariable(place, name);
  });
}

function readNamed(
  spec: Place,
  key: string,
  compile: (place: Place, name: string) => Program | undefined,
): readonly NamedProgram[] {
  const names = new Set<string>();
  return readObjects(spec, key, NAMED_FIELDS).flatMap((place): readonly NamedProgram[] => {
    const name = requiredString(place, 'name');
    const program = compile(place, name ?? '_');
    if (name === undefined) return [];
    if (names.has(name)) {
      place.log.add([...place.pointer, 'name'], 'policy/invalid', `${JSON.stringify(name)} is there twice`);
    }
    names.add(name);
    return program ? [{ name, program }] : [];
  });
}

export function aboutOf(
  annotations: Readonly<Record<string, string>>,
): Pick<Policy, 'title' | 'rationale' | 'mend' | 'owner'> {
  const keys = ['title', 'rationale', 'mend', 'owner'] as const;
  const present = keys.flatMap((key): [string, string][] => {
    const text = annotations[`idp.internal/${key}`]?.trim();
    return text ? [[key, text]] : [];
  });
  return Object.fromEntries(present);
}
