import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const workspace = resolve(import.meta.dirname, '..');

/**
 * Properties of devcontainer.json that are ours to use (containers.dev, "Dev Container metadata reference"). Its JSON Schema is in no
 * package registry, so that this is what a file is held against.
 */
const known = ['name', 'image', 'features', 'forwardPorts', 'postCreateCommand', 'remoteUser', 'customizations'];

function check(text: string): void {
  const file: Readonly<Record<string, unknown>> = JSON.parse(text);
  expect(Object.keys(file).filter((key) => !known.includes(key))).toEqual([]);
  expect(file['name']).toEqual(expect.stringMatching(/\S/));
  // One version of one image: `latest`, or no tag at all, is another one tomorrow.
  expect(file['image']).toMatch(/^mcr\.microsoft\.com\/devcontainers\/[a-z-]+:\d[\w.-]*$/);
  expect(file['postCreateCommand']).toBe('npm ci');
  for (const port of (file['forwardPorts'] ?? []) as readonly unknown[]) expect(Number.isInteger(port)).toBe(true);
  const extensions =
    (file['customizations'] as { vscode?: { extensions?: readonly string[] } })?.vscode?.extensions ?? [];
  for (const extension of extensions) expect(extension).toMatch(/^[a-z0-9-]+\.[a-z0-9-]+$/i);
}

it('the dev container of this repository has the Node.js and the packages that its tests need', () => {
  const text = readFileSync(join(workspace, '.devcontainer/devcontainer.json'), 'utf8');
  check(text);
  const { engines } = JSON.parse(readFileSync(join(workspace, 'package.json'), 'utf8'));
  const [, oldest = ''] = /^>=(\d+)/.exec(engines.node) ?? [];
  const [, major = ''] = /typescript-node:(\d+)/.exec(text) ?? [];
  expect(Number(major)).toBeGreaterThanOrEqual(Number(oldest));
});

it('so have those of the services that were scaffolded', () => {
  const files = execFileSync('git', ['ls-files', 'services/*/.devcontainer/devcontainer.json'], {
    cwd: workspace,
    encoding: 'utf8',
  });
  const paths = files.split('\n').filter((path) => path !== '');
  expect(paths.length).toBeGreaterThan(0);
  for (const path of paths) check(readFileSync(join(workspace, path), 'utf8'));
});
