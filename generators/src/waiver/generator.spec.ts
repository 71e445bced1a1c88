import { describe, expect, it } from 'vitest';
import { companyRepository, runAsNx } from '../testing/company-tree.ts';
import { waiverGenerator } from './generator.mjs';

const options = { policy: 'no-latest-tag', subject: 'component:orders', reason: 'the registry moves' };

describe('nx g idp:waiver', () => {
  it.each([
    ['an unknown policy', { ...options, policy: 'no-latest-tags' }],
    ['an unknown subject', { ...options, subject: 'component:ordes' }],
    ['a day that is over', { ...options, expires: '2020-01-31' }],
    ['an empty reason', { ...options, reason: ' ' }],
    ['what the policy does not find', options],
  ])('writes nothing for %s', async (_, refused) => {
    const { root, git } = await companyRepository();
    await expect(runAsNx(root, (tree) => waiverGenerator(tree, refused))).rejects.toThrow('Nothing was written');
    expect(await git('status', '--porcelain')).toBe('');
  });
});
