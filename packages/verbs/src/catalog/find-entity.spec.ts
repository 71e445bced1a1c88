import { literalSnapshot, loadPlatform } from '@idp/core';
import { describe, expect, it } from 'vitest';
import { isResult } from '../output/usage.ts';
import { findEntity, findOwner } from './find-entity.ts';

const entity = (kind: string, name: string, spec: string, namespace = 'default'): string =>
  `apiVersion: backstage.io/v1alpha1\nkind: ${kind}\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: ${spec}\n`;
const graph = loadPlatform(
  literalSnapshot({
    'catalog/all.yaml': [
      entity('Component', 'payments', '{ type: a, lifecycle: b, owner: team }'),
      entity('Domain', 'payments', '{ owner: team }'),
      entity('Domain', 'sky', '{ owner: team }'),
      entity('User', 'sky', '{ memberOf: [team] }'),
      entity('Group', 'team', '{ type: team, children: [] }'),
      entity('System', 'tides', '{ owner: default/team }', 'sea'),
      entity('System', 'Upper', '{ owner: team }'),
    ].join('---\n'),
  }),
).catalog.graph();

function answer(found: ReturnType<typeof findEntity> | ReturnType<typeof findOwner>): string {
  if (typeof found === 'string') return found;
  if (!isResult(found)) return found.ref;
  return `${found.exit} ${found.findings.map(({ message, hint }) => `${message}: ${hint}`).join()}`;
}

describe('the entity that a person names', () => {
  it.each([
    ['payments', 'component:default/payments'],
    ['domain:payments', 'domain:default/payments'],
    ['Domain:Default/Payments', 'domain:default/payments'],
    ['user:sky', 'user:default/sky'],
    ['sea/tides', 'system:sea/tides'],
    ['upper', 'system:default/upper'],
    ['sky', '2 "sky" is the name of several entities: one of domain:default/sky, user:default/sky'],
    ['tides', 'system:sea/tides'],
    ['paymnets', '2 there is no entity "paymnets": did you mean "payments"?'],
    ['component:paymnets', '2 there is no entity "component:paymnets": did you mean "component:default/payments"?'],
    ['resource:payments', '2 there is no entity "resource:payments": did you mean "component:default/payments"?'],
    ['group:nothing-like-it', '2 there is no entity "group:nothing-like-it": one of "group:default/team"'],
    ['resource:nope', '2 there is no entity "resource:nope": `idp catalog` lists them all'],
    ['', '2 "" is not a reference: write `<name>` or `<kind>:<namespace>/<name>`'],
    ['a b', '2 "a b" is not a reference: write `<name>` or `<kind>:<namespace>/<name>`'],
  ])('%s is %s', (written, expected) => {
    expect(answer(findEntity(graph, written))).toBe(expected);
  });
});

describe('the owner that a person names', () => {
  it.each([
    ['team', 'group:default/team'],
    ['user:sky', 'user:default/sky'],
    ['taem', '2 there is no owner "taem": did you mean "team"?'],
    ['component:payments', '2 there is no owner "component:payments": '],
    ['sky', '2 there is no owner "sky": '],
  ])('%s is %s', (written, expected) => {
    expect(answer(findOwner(graph, written)).startsWith(expected)).toBe(true);
  });
});
