import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadScript } from './load-script.mjs';
import { freshBuild } from './stamp.mjs';

/** Our own bug, or a broken installation (docs/architecture.md, "Exit codes"). */
const broken = 70;

const cli = dirname(dirname(realpathSync(fileURLToPath(import.meta.url))));

/**
 * The folder of a build of the sources as they are.
 *
 * It is made in a process of its own: what Nx puts before `require` and `import` in its own could not load the tools.
 */
function currentBuild() {
  const fresh = freshBuild(join(cli, '..', '..'), join(cli, 'dist'));
  if (fresh !== undefined) return fresh;
  process.stderr.write('idp: building, because the sources have changed\n');
  const { status, stdout } = spawnSync(process.execPath, [join(cli, 'build.mjs')], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return status === 0 ? stdout.trimEnd() : undefined;
}

/** By folder and use: to compile it and to run it cold is most of what a verb costs, and Nx may run several in a process. */
const loaded = new Map();

/**
 * The current build as a module, built first when a source has changed since. A process has one instance of a build.
 *
 * @param {string} use what it is loaded for, see `loadScript`
 * @param {'main' | 'service'} part which of its scripts
 * @returns {Promise<ReturnType<typeof loadScript> | undefined>} `undefined` when that is impossible: standard error
 * and the exit code then say so
 */
export async function loadBuild(use, part = 'main') {
  const folder = currentBuild();
  if (folder === undefined) {
    process.exitCode = broken;
    return undefined;
  }
  const key = `${use}\0${part}\0${folder}`;
  if (!loaded.has(key)) loaded.set(key, keptOnce(loadScript(join(folder, `${part}.cjs`), use)));
  return loaded.get(key);
}

/** The first run is the one that the next process will need. */
function keptOnce(build) {
  let isKept = false;
  return {
    ...build,
    keep() {
      if (!isKept) build.keep();
      isKept = true;
    },
  };
}
