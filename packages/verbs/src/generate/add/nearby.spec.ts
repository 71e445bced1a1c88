import { temporaryRepository } from '@idp/git/testing';
import { describe, expect, it } from 'vitest';
import { exampleFiles, exampleMint } from '../../../../core/src/testing/example-platform.ts';
import { planResourceNearby } from './nearby.ts';

const options = { service: 'checkout', capability: 'database', as: 'orders', params: {} };

async function platform(services: number) {
  const copies = Array.from({ length: services }, (_, index) =>
    Object.entries(exampleFiles).flatMap(([path, content]) =>
      path.startsWith('services/checkout/')
        ? [[path.replace('checkout', `other-${index}`), content.replaceAll('checkout', `other-${index}`)] as const]
        : [],
    ),
  );
  const repository = await temporaryRepository({ ...exampleFiles, ...Object.fromEntries(copies.flat()) });
  await repository.commit();
  return repository;
}

describe('planResourceNearby', () => {
  it('runs as many processes and reads as many files for any number of services', async () => {
    const cost = async (services: number) => {
      const { root } = await platform(services);
      const processes: string[] = [];
      const planned = await planResourceNearby(root, options, exampleMint(1), (argv) => processes.push(argv[0] ?? ''));
      expect(planned?.outcome.value?.changes).toHaveLength(2);
      return [processes.length, planned?.snapshot.list().length ?? 0];
    };
    const alone = await cost(1);
    expect(alone).toEqual([2, expect.any(Number)]);
    expect(await cost(40)).toEqual(alone);
  });

  it.each([{ service: '../x' }, { service: ':(top)' }, { capability: '-x' }, { capability: ':!web' }])(
    'asks git nothing about %j',
    async (changed) => {
      const ask = (argv: readonly string[]) => expect.fail(argv.join(' '));
      expect(await planResourceNearby('/', { ...options, ...changed }, exampleMint(1), ask)).toBeUndefined();
    },
  );
});
