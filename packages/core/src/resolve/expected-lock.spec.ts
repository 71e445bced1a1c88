import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleScore } from '../finding/example-files.ts';
import type { ExampleFiles } from '../finding/rule.ts';
import type { Json } from '../json/json.ts';
import { loadPlatform } from '../platform/load-platform.ts';
import { lockService, writeLock } from '../scaffold/plan-lock.ts';
import type { Lock } from '../schema/lock.schema.ts';
import { lockSchema } from '../schema/lock.schema.ts';
import { schemaProblems } from '../schema/schema-problems.ts';
import { literalSnapshot } from '../snapshot/literal-snapshot.ts';
import { exampleFiles, exampleMint, examplePlatform } from '../testing/example-platform.ts';

const path = 'services/checkout/.idp/lock.yaml';

/** The lock that `idp lock` writes for checkout with these resources, from the lock that it had. */
function lockOf(resources: string, previous?: Lock, seed = 7): Lock {
  const files: ExampleFiles = {
    ...exampleScore({ variable: 'A: b', resources }),
    [path]: previous === undefined ? null : writeLock(previous),
  };
  const { value, findings } = lockService('checkout', loadPlatform(examplePlatform(files)), [], exampleMint(seed));
  if (value === undefined) throw new Error(JSON.stringify(findings));
  return value;
}

const db = 'db: { type: database }';
const copy = 'copy: { type: database }';

describe('the lock that fits a service', () => {
  it('is itself when nothing has changed, whatever the randomness', () => {
    const first = lockOf(db);
    expect(lockOf(db, first, 99)).toEqual(first);
  });

  it('keeps what is there and mints what is new', () => {
    const first = lockOf(db);
    const both = lockOf(`${db}\n${copy}`, first, 99);
    expect(both.instances['db']).toEqual(first.instances['db']);
    expect(both.instances['copy']).toMatchObject({
      capability: 'database',
      name: expect.stringMatching(/^checkout-copy-/),
    });
    expect(both.workload).toEqual(first.workload);
  });

  it('drops what is gone, and what comes back is another one', () => {
    const first = lockOf(`${db}\n${copy}`);
    const without = lockOf(db, first, 99);
    expect(Object.keys(without.instances)).toEqual(['db']);
    const again = lockOf(`${db}\n${copy}`, without, 123);
    expect(again.instances['copy']?.id).not.toBe(first.instances['copy']?.id);
    expect(again.instances['copy']?.name).not.toBe(first.instances['copy']?.name);
  });

  it('takes no identity over for another capability under the same name', () => {
    const first = lockOf(db);
    const other = { ...first, instances: { db: { capability: 'cache', id: 'i-0000000000000000', name: 'old-name' } } };
    expect(lockOf(db, other).instances['db']).toMatchObject({
      capability: 'database',
      id: expect.not.stringContaining('0000'),
    });
  });

  it('keeps the namespace, the answers, the files and the renderer that it had', () => {
    const had = {
      ...lockOf(db),
      namespace: 'old-name',
      answers: { template: 'x' },
      files: { Dockerfile: 'seeded' as const },
      renderer: '1',
    };
    expect(lockOf(db, had)).toMatchObject({
      namespace: 'old-name',
      answers: had.answers,
      files: had.files,
      renderer: '1',
    });
  });

  it('drops images of containers that are not built here any more', () => {
    const image = `registry.example.com/checkout@sha256:${'0'.repeat(64)}`;
    expect(lockOf(db, { ...lockOf(db), images: { main: image } }).images).toEqual({});
  });

  it('has names that Kubernetes takes, for every service and resource that we take', () => {
    const label = (max: number) =>
      fc.stringMatching(/^[a-z]([-a-z0-9]{0,60}[a-z0-9])?$/).map((text) => text.slice(0, max).replace(/-+$/, ''));
    fc.assert(
      fc.property(label(50), label(63), fc.integer({ min: 1 }), (service, resource, seed) => {
        const snapshot = literalSnapshot({
          ...exampleFiles,
          [`services/${service}/catalog-info.yaml`]: exampleFiles['services/checkout/catalog-info.yaml'].replaceAll(
            'checkout',
            service,
          ),
          [`services/${service}/score.yaml`]: `apiVersion: score.dev/v1b1
metadata: { name: "${service}" }
containers: { main: { image: a } }
resources: { "${resource}": { type: database } }
`,
        });
        const { value, findings } = lockService(service, loadPlatform(snapshot), [], exampleMint(seed));
        expect(findings).toEqual([]);
        expect(schemaProblems(lockSchema, value as unknown as Json, 'ours')).toEqual([]);
        expect(value?.instances[resource]?.name).toMatch(/^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/);
        expect(value?.instances[resource]?.name.startsWith(service.slice(0, 30))).toBe(true);
      }),
      { numRuns: 60, examples: [['a'.repeat(50), 'b'.repeat(63), 1]] },
    );
  });
});
