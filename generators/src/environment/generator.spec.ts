import { describe, expect, it } from 'vitest';
import { companyRepository, runAsNx } from '../testing/company-tree.ts';
import { environmentGenerator } from './generator.mjs';

const options = { name: 'qa', after: ['dev'], before: 'staging' };

describe('nx g idp:environment', () => {
  it('adds an environment between two', async () => {
    const { root } = await companyRepository();
    const written = await runAsNx(root, (tree) => environmentGenerator(tree, options));
    expect(written).toEqual(['environments/qa.yaml', 'environments/staging.yaml']);
  });

  it('changes nothing when it is run again', async () => {
    const { root, git, commit } = await companyRepository();
    await runAsNx(root, (tree) => environmentGenerator(tree, options));
    await commit();
    expect(await runAsNx(root, (tree) => environmentGenerator(tree, options))).toEqual([]);
    expect(await git('status', '--porcelain')).toBe('');
  });

  it.each([
    ['a circle', { name: 'qa', after: ['prod'], before: ['dev'] }],
    ['an environment that does not exist', { name: 'qa', after: ['deev'] }],
    ['a branch that is taken', { name: 'qa', branch: 'env/prod' }],
    ['an empty branch', { name: 'qa', branch: '' }],
    ['a value that is none of the choices', { name: 'qa', promotion: 'manual' }],
    ['an option that there is not', { name: 'qa', clusters: 2 }],
    ['no name', {}],
  ])('writes nothing for %s', async (_, refused) => {
    const { root, git } = await companyRepository();
    await expect(runAsNx(root, (tree) => environmentGenerator(tree, refused))).rejects.toThrow('Nothing was written');
    expect(await git('status', '--porcelain')).toBe('');
  });
});
