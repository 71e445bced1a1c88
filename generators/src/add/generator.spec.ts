import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { serviceGenerator } from '../service/generator.mjs';
import { companyRepository, runAsNx } from '../testing/company-tree.ts';
import { addGenerator } from './generator.mjs';

const database = { service: 'loyalty', capability: 'postgres', as: 'db', size: 'small' };

async function companyWithAService() {
  const repository = await companyRepository();
  await runAsNx(repository.root, (tree) => serviceGenerator(tree, { name: 'loyalty', owner: 'team-payments' }));
  await repository.commit();
  return repository;
}

describe('nx g idp:add', () => {
  it('adds a resource with its parameters, and locks its identity', async () => {
    const { root } = await companyWithAService();
    expect(await runAsNx(root, (tree) => addGenerator(tree, database))).toEqual([
      'services/loyalty/.idp/lock.yaml',
      'services/loyalty/score.yaml',
    ]);
    expect(await readFile(join(root, 'services/loyalty/score.yaml'), 'utf8')).toMatch(
      /db:\n +type: postgres\n[\s\S]*size: small/,
    );
  });

  it('changes nothing when it is run again', async () => {
    const { root, commit } = await companyWithAService();
    await runAsNx(root, (tree) => addGenerator(tree, database));
    await commit();
    expect(await runAsNx(root, (tree) => addGenerator(tree, database))).toEqual([]);
  });

  it.each([
    ['a service that does not exist', { ...database, service: 'loyalti' }],
    ['a capability that does not exist', { ...database, capability: 'postgress' }],
    ['a parameter outside its schema', { ...database, size: 'enormous' }],
  ])('writes nothing for %s', async (_, refused) => {
    const { root, git } = await companyWithAService();
    await expect(runAsNx(root, (tree) => addGenerator(tree, refused))).rejects.toThrow('Nothing was written');
    expect(await git('status', '--porcelain')).toBe('');
  });
});
