import { isDnsSubdomain } from './names.ts';
import type { Action, Binding } from './policy.ts';
import type { ProblemLog } from './problem.ts';
import {
  choiceOf,
  optionalObject,
  type Place,
  readObject,
  readStrings,
  requiredObject,
  requiredString,
} from './read-fields.ts';
import { MATCH_FIELDS, readMatch } from './read-match.ts';
import { readMetadata } from './read-metadata.ts';
import { readParamRef } from './read-params.ts';

const DOCUMENT_FIELDS = { known: ['apiVersion', 'kind', 'metadata', 'spec', 'status'] };
const SPEC_FIELDS = { known: ['policyName', 'matchResources', 'validationActions', 'paramRef'] };
const ACTIONS = { Deny: 'deny', Warn: 'warn', Audit: 'audit' } as const;
const ACTION_NAMES = ['Deny', 'Warn', 'Audit'] as const;

/** A ValidatingAdmissionPolicyBinding, or `undefined` when it has an error. */
export function readBinding(
  value: unknown,
  origin: { readonly path: string; readonly document: number },
  log: ProblemLog,
): Binding | undefined {
  const document = readObject(value, [], log, DOCUMENT_FIELDS);
  const metadata = document && readMetadata(document);
  const spec = document && requiredObject(document, 'spec', SPEC_FIELDS);
  if (!spec) return undefined;
  const policyName = requiredString(spec, 'policyName');
  if (policyName !== undefined && !isDnsSubdomain(policyName)) {
    log.add([...spec.pointer, 'policyName'], 'policy/invalid', `${JSON.stringify(policyName)} is not a valid name`);
  }
  const narrowed = optionalObject(spec, 'matchResources', MATCH_FIELDS);
  const match = narrowed && readMatch(narrowed);
  const paramRef = readParamRef(spec);
  const actions = readActions(spec);
  if (log.hasErrors || !metadata || policyName === undefined) return undefined;
  const narrowing = { ...(match ? { match } : {}), ...(paramRef ? { paramRef } : {}) };
  return { name: metadata.name, ...origin, policyName, actions, ...narrowing };
}

function readActions(spec: Place): readonly Action[] {
  const pointer = [...spec.pointer, 'validationActions'];
  const written = readStrings(spec, 'validationActions');
  const actions = written.flatMap((text, index) => {
    const name = choiceOf(text, ACTION_NAMES, [...pointer, index], spec.log);
    return name ? [ACTIONS[name]] : [];
  });
  if (written.length === 0) spec.log.add(spec.pointer, 'policy/invalid', 'validationActions is missing');
  if (new Set(actions).size < actions.length) spec.log.add(pointer, 'policy/invalid', 'an action is there twice');
  if (actions.includes('deny') && actions.includes('warn')) {
    spec.log.add(pointer, 'policy/invalid', 'Deny and Warn exclude each other: a denial is shown anyway');
  }
  return actions;
}
