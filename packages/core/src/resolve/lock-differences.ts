import { canonicalJson } from '../json/canonical-json.ts';
import type { Json } from '../json/json.ts';
import type { Pointer } from '../json/pointer.ts';
import type { Instance, Lock } from '../schema/lock.schema.ts';

/** One thing in which a lock does not fit its service any more. */
export interface LockDifference {
  readonly pointer: Pointer;
  readonly message: string;
  /** What to do before the lock takes it over. */
  readonly first?: string;
}

/** What `idp lock` would change. Answers and file ownership are not resolution: they are never outdated. */
export function lockDifferences(lock: Lock, expected: Lock, needed: readonly string[]): readonly LockDifference[] {
  const differences: LockDifference[] = [];
  const versions = new Set([...Object.keys(lock.capabilities), ...Object.keys(expected.capabilities)]);
  for (const name of [...versions].sort()) {
    const pointer = ['capabilities', name];
    const before = own(lock.capabilities, name);
    const after = own(expected.capabilities, name);
    if (before === undefined) differences.push({ pointer: ['capabilities'], message: `it has no version of ${name}` });
    else if (after === undefined) differences.push({ pointer, message: `it has ${name}, which is no longer used` });
    else if (before.version !== after.version)
      differences.push({
        pointer: [...pointer, 'version'],
        message: `it has ${name} ${before.version}, the workspace ${after.version}`,
      });
    else if (before.integrity !== after.integrity)
      differences.push({
        pointer: [...pointer, 'integrity'],
        message: `the content of ${name} ${after.version} has changed`,
        first: `\`npx idp test ${name}\` says whether it is sound`,
      });
  }
  for (const path of needed) {
    if (own(expected.instances, path) === undefined)
      differences.push({ pointer: ['instances'], message: `"${path}" has no identity yet` });
  }
  for (const path of Object.keys(lock.instances)) {
    if (!needed.includes(path))
      differences.push({
        pointer: ['instances', path],
        message: `it has an identity for "${path}", which is no longer there`,
      });
  }
  if (!same(lock.workload, expected.workload))
    differences.push({ pointer: ['workload'], message: 'the workload capability is another one' });
  if (!same(lock.images, expected.images))
    differences.push({ pointer: ['images'], message: 'it has an image for a container that is not built here' });
  return differences;
}

function own<T>(map: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

function same(a: Instance | Lock['images'] | undefined, b: Instance | Lock['images'] | undefined): boolean {
  // What an expected lock keeps, it keeps as it is.
  return a === b || canonicalJson((a ?? null) as Json) === canonicalJson((b ?? null) as Json);
}
