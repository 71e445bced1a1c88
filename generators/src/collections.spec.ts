import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generators } from '@idp/verbs';
import { verbs } from '@idp/verbs/door';
import { describe, expect, it } from 'vitest';
import { inferPlatform } from './plugin/infer-platform.ts';

const workspace = join(dirname(fileURLToPath(import.meta.url)), '../..');

interface Entry {
  readonly implementation: string;
  readonly schema: string;
  readonly description: string;
}

function read(path: string): { readonly [kind: string]: Readonly<Record<string, Entry>> } {
  return JSON.parse(readFileSync(join(workspace, path), 'utf8'));
}

const collections = { executors: read('executors/executors.json'), generators: read('generators/generators.json') };
const entries = Object.entries(collections).flatMap(([kind, collection]) =>
  Object.entries(collection[kind] ?? {}).map(([name, entry]) => ({ kind, name, entry })),
);

describe('what Nx is told', () => {
  it.each(entries)('names a function and the one schema of both doors: $kind $name', async ({ kind, entry }) => {
    const [module = '', name = ''] = entry.implementation.split('#');
    const exported: Record<string, unknown> = await import(
      join(workspace, kind, kind === 'generators' ? module : `${module}.ts`)
    );
    expect(exported[name]).toBeTypeOf('function');
    expect(existsSync(join(workspace, kind, entry.schema))).toBe(true);
  });

  it('has every generator, and an executor and a target for every verb', () => {
    const targets = [...Object.keys(inferPlatform().targets ?? {}), 'test'];
    expect(Object.keys(collections.generators['generators'] ?? {})).toEqual(generators.map(({ name }) => name));
    expect(Object.keys(collections.executors['executors'] ?? {})).toEqual(targets);
    // A repository has Nx only after `idp init`.
    const all = verbs.map(({ name }) => name).filter((name) => name !== 'init' && !name.startsWith('g '));
    expect([...targets].sort()).toEqual([...all].sort());
    const delegated = Object.fromEntries(targets.map((verb) => [verb, `@idp/executors:${verb}`]));
    expect(read('generators/executors.json')).toEqual({ executors: delegated });
  });
});
