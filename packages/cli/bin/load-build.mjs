import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadScript } from './load-script.mjs';
import { freshBuild } from './stamp.mjs';

/** Our own bug, or a broken installation (docs/architecture.md, "Exit codes"). */
const broken = 70;

const cli = dirname(dirname(realpathSync(fileURLToPath(import.meta.url))));

async function currentBuild() {
  const fresh = freshBuild(join(cli, '..', '..'), join(cli, 'dist'));
  if (fresh !== undefined) return fresh;
  process.stderr.write('idp: building, because the sources have changed\n');
  const { build } = await import('../build.mjs');
  return build();
}

function explain(error) {
  if (error?.code === 'ERR_MODULE_NOT_FOUND' && error.message.includes("'esbuild'")) {
    return 'the build is missing or older than the sources, and esbuild is not installed here: run `npm ci`';
  }
  return `the build failed: ${error?.message ?? error}`;
}

/**
 * The current build as a module, built first when a source has changed since.
 *
 * @param {string} use what it is loaded for, see `loadScript`
 * @returns {Promise<ReturnType<typeof loadScript> | undefined>} `undefined` when that is impossible: standard error
 * and the exit code then say so
 */
export async function loadBuild(use) {
  let folder;
  try {
    folder = await currentBuild();
  } catch (error) {
    process.stderr.write(`idp: ${explain(error)}\n`);
    process.exitCode = broken;
    return undefined;
  }
  return loadScript(join(folder, 'main.cjs'), use);
}
