import { describe, expect, it } from 'vitest';
import { companyRepository, runAsNx } from '../testing/company-tree.ts';
import { capabilityGenerator } from './generator.mjs';

const options = { name: 'mail-queue', owner: 'team-data' };

describe('nx g idp:capability', () => {
  it('adds a package, in its folder only, with the contract as the last file', async () => {
    const { root } = await companyRepository();
    const written = await runAsNx(root, (tree) => capabilityGenerator(tree, options));
    expect(written).toEqual(
      expect.arrayContaining(
        ['capability.yaml', 'package.json', 'README.md', 'fixtures/small/expected/outputs.yaml'].map(
          (file) => `capabilities/mail-queue/${file}`,
        ),
      ),
    );
    expect(written.filter((path) => !path.startsWith('capabilities/mail-queue/'))).toEqual([]);
  });

  it('changes nothing when it is run again', async () => {
    const { root, git, commit } = await companyRepository();
    await runAsNx(root, (tree) => capabilityGenerator(tree, options));
    await commit();
    expect(await runAsNx(root, (tree) => capabilityGenerator(tree, options))).toEqual([]);
    expect(await git('status', '--porcelain')).toBe('');
  });

  it.each([
    ['a name that is no DNS label', { ...options, name: 'Not_A_Name' }],
    ['an owner that does not exist', { ...options, owner: 'team-nobody' }],
    ['a name that leaves the folder', { ...options, name: '../outside' }],
    ['an option that there is not', { ...options, colour: 'red' }],
    ['a value of another type', { ...options, title: 5 }],
    ['a title with a line feed', { ...options, title: 'a\nspec: {}' }],
    ['no owner', { name: 'mail-queue' }],
  ])('writes nothing for %s', async (_, refused) => {
    const { root, git } = await companyRepository();
    await expect(runAsNx(root, (tree) => capabilityGenerator(tree, refused))).rejects.toThrow('Nothing was written');
    expect(await git('status', '--porcelain')).toBe('');
  });
});
