import type { Finding } from '@idp/core';
import type { Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { describe, expect, it } from 'vitest';
import type { Generator } from '../generator.ts';
import { runInTree } from './generate-in-tree.ts';
import { walkOf } from './testing/walk-of.ts';

const warning: Finding = { code: 'test/warning', severity: 'warning', message: 'think again' };
const error: Finding = {
  code: 'test/error',
  severity: 'error',
  message: 'there is a mistake',
  path: 'services/a/score.yaml',
  line: 2,
  column: 1,
};

const schema = {
  title: 'idp g test',
  description: 'A generator of the test.',
  type: 'object',
  properties: { name: { type: 'string' }, size: { type: 'string', default: 'small' } },
  required: ['name'],
  additionalProperties: false,
};
const nothing = { changes: [], summary: 'nothing to do', nextSteps: [] };

/** Runs a generator on a tree with one service, and gives back what it recorded and said. */
async function run(plan: Generator['plan'], options: Readonly<Record<string, unknown>> = { name: 'a' }) {
  const tree = createTreeWithEmptyWorkspace();
  tree.write('services/a/score.yaml', 'first: 1\nsecond: 2\n');
  const before = recorded(tree);
  let said = '';
  const output = { write: (text: string) => (said += text) };
  const generator: Generator = { name: 'test', schema, plan, reads: () => true, granted: () => ['services/a'] };
  const isDone = await runInTree(generator, options, { tree, walk: walkOf(tree), output });
  const after = recorded(tree);
  const wrote = after.filter((change) => !before.includes(change));
  return { tree, said, isDone, wrote, untouched: after.join() === before.join() };
}

function recorded(tree: Tree): readonly string[] {
  return tree.listChanges().map(({ path, content }) => `${path}=${content?.toString() ?? '-'}`);
}

describe('a generator', () => {
  it('writes what core plans from the tree and the options, and says what it did', async () => {
    const { wrote, tree, said, isDone } = await run((snapshot, options, { mint }) => ({
      value: {
        changes: [
          {
            path: 'services/a/new',
            content: `${JSON.stringify(options)} ${snapshot.entry('services/a/score.yaml')?.mode}`,
          },
          { path: 'services/a/run', content: String(new Set([mint(9), mint(9)]).size), mode: '100755' },
          { path: 'services/a/score.yaml', content: undefined },
        ],
        summary: 'a: 3 files',
        nextSteps: ['npx idp validate'],
      },
      findings: [],
    }));
    expect(isDone).toBe(true);
    expect(wrote).toEqual(['services/a/new={"name":"a","size":"small"} 100644', 'services/a/run=2']);
    expect(tree.exists('services/a/score.yaml')).toBe(false);
    expect(tree.listChanges().find(({ path }) => path === 'services/a/run')?.options).toEqual({ mode: '755' });
    expect(said).toBe('a: 3 files\n  npx idp validate\n');
  });

  it('reports warnings and writes', async () => {
    const changes = [{ path: 'services/a/x', content: '' }];
    const { wrote, said, isDone } = await run(() => ({ value: { ...nothing, changes }, findings: [warning] }));
    expect([wrote, isDone]).toEqual([['services/a/x='], true]);
    expect(said).toContain('warning: think again  [test/warning]');
  });

  it('writes nothing after an error, shows where it is, and fails', async () => {
    const changes = [{ path: 'services/a/x', content: '' }];
    const { untouched, said, isDone } = await run(() => ({ value: { ...nothing, changes }, findings: [error] }));
    expect(untouched).toBe(true);
    expect(said).toContain('services/a/score.yaml:2:1: error: there is a mistake  [test/error]');
    expect(said).toContain('second: 2');
    expect(isDone).toBe(false);
  });

  it('fails when there is no plan, even without a finding', async () => {
    expect((await run(() => ({ findings: [] }))).isDone).toBe(false);
  });

  it.each([
    [{}, '--name is missing'],
    [{ name: 'a', sizes: 'x' }, '--sizes is not an option'],
    [{ name: 1 }, '--name'],
  ])('refuses the options %j', async (options, message) => {
    const { untouched, said, isDone } = await run(() => ({ value: nothing, findings: [] }), options);
    expect(untouched).toBe(true);
    expect(said).toContain(message);
    expect(isDone).toBe(false);
  });

  it.each([
    '../outside',
    '/etc/passwd',
    'services/a/../../b',
    'services/a/con\u0000trol',
    'services/b/x',
    'services/a/score.yaml/x',
  ])('refuses all changes when one goes to %j', async (path) => {
    const changes = [
      { path: 'services/a/fine', content: '' },
      { path, content: '' },
    ];
    const { untouched, said, isDone } = await run(() => ({ value: { ...nothing, changes }, findings: [] }));
    expect(untouched).toBe(true);
    expect(said).toContain('[write/refused-path]');
    expect(isDone).toBe(false);
  });
});
