import { temporaryRepository } from '@idp/git/testing';
import { describe, expect, it } from 'vitest';
import { exampleFiles, exampleMint } from '../../../../core/src/testing/example-platform.ts';
import { planServiceNearby } from './nearby.ts';

const options = { name: 'cart', owner: 'team-payments', template: 'web', lifecycle: 'production' };
const template = {
  'capabilities/web/templates/scaffold/catalog-info.yaml': `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: {{yaml service.name}} }
spec: { type: service, lifecycle: {{yaml service.lifecycle}}, owner: {{yaml service.owner}} }
`,
  'capabilities/web/templates/scaffold/score.yaml':
    'apiVersion: score.dev/v1b1\nmetadata: { name: {{yaml service.name}} }\ncontainers: { main: { image: . } }\n',
};

async function platform(services: number) {
  const copies = Array.from({ length: services }, (_, index) =>
    Object.entries(exampleFiles).flatMap(([path, content]) =>
      path.startsWith('services/checkout/')
        ? [[path.replace('checkout', `other-${index}`), content.replaceAll('checkout', `other-${index}`)] as const]
        : [],
    ),
  );
  const repository = await temporaryRepository({ ...exampleFiles, ...template, ...Object.fromEntries(copies.flat()) });
  await repository.commit();
  return repository;
}

/** How many processes of git run, and how many files are read. */
async function cost(services: number): Promise<readonly number[]> {
  const { root } = await platform(services);
  const processes: string[] = [];
  const planned = await planServiceNearby(root, options, exampleMint(1), (argv) => processes.push(argv[0] ?? ''));
  expect(planned?.outcome.value?.changes).toHaveLength(3);
  return [processes.length, planned?.snapshot.list().length ?? 0];
}

describe('planServiceNearby', () => {
  it('runs as many processes and reads as many files for any number of services', async () => {
    expect(await cost(1)).toEqual([1, 8]);
    expect(await cost(60)).toEqual([1, 8]);
  });

  it.each(['services/CART/x', 'Services/x'])('leaves it to the whole where %j is in the way', async (path) => {
    const { root, write } = await platform(1);
    await write({ [path]: '' });
    expect(await planServiceNearby(root, options, exampleMint(1))).toBeUndefined();
  });

  it.each([{ name: '../x' }, { name: ':(top)' }, { name: '-x' }, { template: '../web' }, { template: ':!web' }])(
    'asks git nothing about %j',
    async (changed) => {
      const { root } = await platform(1);
      const ask = (argv: readonly string[]) => expect.fail(argv.join(' '));
      expect(await planServiceNearby(root, { ...options, ...changed }, exampleMint(1), ask)).toBeUndefined();
    },
  );

  it('sees what nobody has committed yet', async () => {
    const { root, write } = await platform(1);
    await write({
      'catalog/new.yaml':
        'apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: { name: team-new }\nspec: { type: team, children: [] }\n',
      'services/cart/score.yaml': 'mine: true\n',
    });
    const asked = { ...options, owner: 'team-new' };
    expect(await planServiceNearby(root, asked, exampleMint(1))).toBeUndefined();
    const other = await planServiceNearby(root, { ...asked, name: 'basket' }, exampleMint(1));
    expect(other?.outcome.value?.changes).toHaveLength(3);
  });
});
