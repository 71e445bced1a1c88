import { describe, expect, it } from 'vitest';
import { companyRepository, runAsNx } from '../testing/company-tree.ts';
import { policyGenerator } from './generator.mjs';

const options = { name: 'require-escalation', owner: 'group:sre' };

describe('nx g idp:policy', () => {
  it('adds a policy with its examples, and changes nothing when it is run again', async () => {
    const { root, git, commit } = await companyRepository();
    const written = await runAsNx(root, (tree) => policyGenerator(tree, options));
    expect(written).toEqual([
      'policies/sre/fixtures/require-escalation/fails-by-an-empty-one.yaml',
      'policies/sre/fixtures/require-escalation/fails.yaml',
      'policies/sre/fixtures/require-escalation/passes-beside-others.yaml',
      'policies/sre/fixtures/require-escalation/passes.yaml',
      'policies/sre/require-escalation.yaml',
    ]);
    await commit();
    expect(await runAsNx(root, (tree) => policyGenerator(tree, options))).toEqual([]);
    expect(await git('status', '--porcelain')).toBe('');
  });

  it.each([
    ['an unknown owner', { ...options, owner: 'group:sret' }],
    ['a kind that there is not', { ...options, over: 'nodes' }],
    ['a way out of the folder', { ...options, pack: '../..' }],
    ['no owner', { name: 'require-escalation' }],
  ])('writes nothing for %s', async (_, refused) => {
    const { root, git } = await companyRepository();
    await expect(runAsNx(root, (tree) => policyGenerator(tree, refused))).rejects.toThrow('Nothing was written');
    expect(await git('status', '--porcelain')).toBe('');
  });
});
