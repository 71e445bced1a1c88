import { literalSnapshot, loadPlatform } from '@idp/core';
import { expect, it } from 'vitest';
import { refuseEmpty } from './load.ts';

const settings = (grants: string): string =>
  `apiVersion: idp.internal/v1alpha1\nkind: Platform\nmetadata: { name: example }\nspec: ${grants}\n`;

it('refuses a repository without anything of a platform, also where its settings deserve a warning', () => {
  for (const spec of ['{}', '{ grants: [{ capability: gone, kinds: [v1/Namespace] }] }']) {
    const platform = loadPlatform(literalSnapshot({ 'idp.yaml': settings(spec) }));
    expect(refuseEmpty(platform), spec).toMatchObject({ exit: 2, findings: [{ code: 'usage/empty' }] });
  }
});

it('goes on where something cannot be read, so that it is said', () => {
  expect(refuseEmpty(loadPlatform(literalSnapshot({ 'idp.yaml': '{' })))).toBeUndefined();
  const group =
    'apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: { name: a }\nspec: { type: team, children: [] }\n';
  expect(refuseEmpty(loadPlatform(literalSnapshot({ 'catalog/a.yaml': group })))).toBeUndefined();
});
