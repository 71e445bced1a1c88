import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TargetConfiguration } from '@nx/devkit';
import { valueAt } from './value-at.ts';

/** How a service's own package manager installs exactly what its lock file says. */
const installers = [
  { lockFile: 'package-lock.json', install: 'npm ci --no-audit --no-fund', run: 'npm run' },
  { lockFile: 'pnpm-lock.yaml', install: 'pnpm install --frozen-lockfile', run: 'pnpm run' },
  { lockFile: 'yarn.lock', install: 'yarn install --immutable', run: 'yarn run' },
] as const;
type Installer = (typeof installers)[number];

/** The scripts that become targets, with what they leave behind. */
const scripts = { build: ['{projectRoot}/dist'], test: ['{projectRoot}/coverage'], lint: [] } as const;

/** Installed packages may hold code for one machine and one version of Node only. */
const machine = { runtime: 'node -p "process.platform + process.arch + process.versions.modules"' };
/** Node's exact version, which decides what a script does. */
const node = { runtime: 'node --version' };

/**
 * `build`, `test` and `lint` for the scripts that a service's package.json has, and `install` before them.
 * A service is no workspace of ours: it has its own package manager and lock file (design, section 3).
 *
 * All inputs are in the service's folder: what it runs does not depend on the capabilities that it uses.
 */
export function serviceTargets(folder: string): Record<string, TargetConfiguration> {
  const manifest = readManifest(join(folder, 'package.json'));
  if (manifest === undefined) return {};
  const installer = installers.find(({ lockFile }) => existsSync(join(folder, lockFile)));
  const targets: Record<string, TargetConfiguration> = {};
  if (installer !== undefined) targets['install'] = installTarget(installer);
  for (const [script, outputs] of Object.entries(scripts)) {
    if (typeof valueAt(manifest, 'scripts', script) !== 'string') continue;
    targets[script] = {
      command: `${installer?.run ?? 'npm run'} ${script}`,
      options: { cwd: '{projectRoot}' },
      dependsOn: installer === undefined ? [] : ['install'],
      cache: true,
      inputs: ['{projectRoot}/**/*', node],
      outputs: [...outputs],
    };
  }
  return targets;
}

function installTarget({ install, lockFile }: Installer): TargetConfiguration {
  return {
    command: install,
    options: { cwd: '{projectRoot}' },
    cache: true,
    inputs: ['{projectRoot}/package.json', `{projectRoot}/${lockFile}`, '{projectRoot}/.npmrc', machine],
    outputs: ['{projectRoot}/node_modules'],
  };
}

function readManifest(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
