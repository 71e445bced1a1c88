import { expect, it } from 'vitest';
import { loadPlatform } from '../platform/load-platform.ts';
import { literalSnapshot } from '../snapshot/literal-snapshot.ts';
import { exampleFiles } from '../testing/example-platform.ts';

const messages = (files: Parameters<typeof literalSnapshot>[0]) =>
  loadPlatform(literalSnapshot(files))
    .findings.filter(({ code }) => code === 'capability/unknown-owner')
    .map(({ path, message }) => `${path} ${message}`);

it('a catalog without any group is one finding, however many capabilities there are', () => {
  const { 'catalog/payments.yaml': _, ...withoutCatalog } = exampleFiles;
  expect(messages(withoutCatalog)).toEqual([
    expect.stringMatching(/^capabilities\/.* the catalog has no group: the owners of all 2 capabilities do not exist$/),
  ]);
});

it('each owner that is nobody is one where there are groups', () => {
  const owner = (text: string) => text.replace(/owner: \S+/, 'owner: nobody');
  expect(
    messages({
      ...exampleFiles,
      'capabilities/web/capability.yaml': owner(exampleFiles['capabilities/web/capability.yaml']),
      'capabilities/database/capability.yaml': owner(exampleFiles['capabilities/database/capability.yaml']),
    }),
  ).toHaveLength(2);
});
