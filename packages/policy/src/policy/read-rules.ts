import type { Pointer } from '../json.ts';
import type { ResourceRule } from '../match/match-resources.ts';
import { isPathSegment } from './names.ts';
import { choiceOf, type Place, readChoice, readObjects, readStrings } from './read-fields.ts';

const RULE_FIELDS = { known: ['apiGroups', 'apiVersions', 'resources', 'operations', 'resourceNames', 'scope'] };
const OPERATIONS = ['CREATE', 'UPDATE', 'DELETE', 'CONNECT', '*'];

/** `resourceRules` or `excludeResourceRules`, with the rules of the API server's validation. */
export function readRules(place: Place, key: string): readonly ResourceRule[] {
  return readObjects(place, key, RULE_FIELDS).map((rule) => ({
    apiGroups: alone(rule, 'apiGroups', required(rule, 'apiGroups')),
    apiVersions: alone(rule, 'apiVersions', filled(rule, 'apiVersions')),
    resources: readResources(rule),
    operations: readOperations(rule),
    resourceNames: readNames(rule),
    scope: readChoice(rule, 'scope', ['*', 'Cluster', 'Namespaced'], '*'),
  }));
}

function readOperations(rule: Place): readonly string[] {
  const operations = alone(rule, 'operations', required(rule, 'operations'));
  operations.forEach((operation, index) => {
    choiceOf(operation, OPERATIONS, [...rule.pointer, 'operations', index], rule.log);
  });
  return operations;
}

/** What wildcards leave no room for; order counts as it does in the API server. */
function readResources(rule: Place): readonly string[] {
  const resources = filled(rule, 'resources');
  const lastPlain = resources.findLast((resource) => !resource.includes('/'));
  resources.forEach((resource, index) => {
    const before = resources.slice(0, index);
    const [name = '', subresource] = resource.split('/');
    const wider = [`${name}/*`, `*/${subresource}`].find((pattern) => before.includes(pattern));
    const refuse = (message: string): void => invalid(rule, ['resources', index], message);
    if (resource === '*/*' && resources.length > 1) refuse('"*/*" means everything: nothing can stand beside it');
    else if (resource === '*' && lastPlain !== '*') refuse('"*" means every resource: only subresources can follow it');
    else if (subresource !== undefined && wider !== undefined)
      refuse(`${JSON.stringify(wider)} already has ${JSON.stringify(resource)}`);
  });
  return resources;
}

function readNames(rule: Place): readonly string[] {
  const names = readStrings(rule, 'resourceNames');
  names.forEach((name, index) => {
    if (!isPathSegment(name)) invalid(rule, ['resourceNames', index], `${JSON.stringify(name)} is not a valid name`);
    else if (names.indexOf(name) < index)
      invalid(rule, ['resourceNames', index], `${JSON.stringify(name)} is there twice`);
  });
  return names;
}

function required(rule: Place, key: string): readonly string[] {
  const strings = readStrings(rule, key);
  if (strings.length === 0) rule.log.add(rule.pointer, 'policy/invalid', `${key} is missing`);
  return strings;
}

/** With a text in each: only a group may be empty. */
function filled(rule: Place, key: string): readonly string[] {
  const strings = required(rule, key);
  strings.forEach((text, index) => {
    if (text === '') invalid(rule, [key, index], `${key} must not be empty`);
  });
  return strings;
}

/** `*` means all, so nothing stands beside it. */
function alone(rule: Place, key: string, strings: readonly string[]): readonly string[] {
  if (strings.length > 1 && strings.includes('*')) invalid(rule, [key], '"*" means all: nothing can stand beside it');
  return strings;
}

function invalid(rule: Place, below: Pointer, message: string): void {
  rule.log.add([...rule.pointer, ...below], 'policy/invalid', message);
}
