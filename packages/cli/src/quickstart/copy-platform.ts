import { existsSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Places } from './places.ts';

const required = ['catalog', 'capabilities', 'environments', 'policies', 'idp.yaml'];
const optional = ['schemas', '.gitattributes'];
/** What installing and building leave in a capability's folder. */
const made = new Set(['node_modules', 'dist', 'coverage']);

/**
 * Copies what a platform repository is made of: neither the tool's source nor the services.
 *
 * @returns the names of what was copied
 * @throws when a part is missing or a file cannot be written
 */
export async function copyPlatform({ from, platform }: Places): Promise<readonly string[]> {
  const missing = required.filter((part) => !existsSync(join(from, part)));
  if (missing.length > 0) throw new Error(`${from} has no ${missing.join(', ')}`);
  const parts = [...required, ...optional.filter((part) => existsSync(join(from, part)))];
  await mkdir(platform, { recursive: true });
  for (const part of parts) {
    await cp(join(from, part), join(platform, part), {
      recursive: true,
      filter: (path) => !made.has(basename(path)),
    });
  }
  return parts;
}
