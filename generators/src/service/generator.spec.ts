import { describe, expect, it } from 'vitest';
import { companyRepository, runAsNx } from '../testing/company-tree.ts';
import { serviceGenerator } from './generator.mjs';

const options = { name: 'loyalty', owner: 'team-payments' };

describe('nx g idp:service', () => {
  it('adds a service, in its folder only', async () => {
    const { root } = await companyRepository();
    const written = await runAsNx(root, (tree) => serviceGenerator(tree, options));
    expect(written).toEqual(
      expect.arrayContaining(
        ['catalog-info.yaml', 'score.yaml', '.idp/lock.yaml', 'package.json'].map((file) => `services/loyalty/${file}`),
      ),
    );
    expect(written.filter((path) => !path.startsWith('services/loyalty/'))).toEqual([]);
  });

  it('changes nothing when it is run again', async () => {
    const { root, git, commit } = await companyRepository();
    await runAsNx(root, (tree) => serviceGenerator(tree, options));
    await commit();
    expect(await runAsNx(root, (tree) => serviceGenerator(tree, options))).toEqual([]);
    expect(await git('status', '--porcelain')).toBe('');
  });

  it.each([
    ['a name that is no DNS label', { ...options, name: 'Not_A_Name' }],
    ['an owner that does not exist', { ...options, owner: 'team-nobody' }],
    ['a name that leaves the folder', { ...options, name: '../outside' }],
    ['no owner', { name: 'loyalty' }],
  ])('writes nothing for %s', async (_, refused) => {
    const { root, git } = await companyRepository();
    await expect(runAsNx(root, (tree) => serviceGenerator(tree, refused))).rejects.toThrow('Nothing was written');
    expect(await git('status', '--porcelain')).toBe('');
  });
});
