/**
 * Adds to package-lock.json the optional packages for other machines that the registry in reach did not have.
 *
 * npm leaves them out of the lock file where a mirror lacks them, and `npm ci` then refuses that lock file
 * everywhere ("Missing: … from lock file"). An entry with a version and the machine that it is for is enough:
 * npm never fetches it anywhere else. It has no integrity until someone installs where the registry has it.
 *
 * npm runs this file (the script `dependencies`) after each change of node_modules; a complete lock file stays
 * as it is.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const lockFile = join(dirname(fileURLToPath(import.meta.url)), '..', 'package-lock.json');
const machine =
  /[-/](aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32)-(arm64|arm|ia32|loong64|ppc64|riscv64|s390x|x64)(?:-(gnu|musl|msvc|eabi|gnueabihf|musleabihf))?$/;
const libraries = { gnu: 'glibc', gnueabihf: 'glibc', musl: 'musl', musleabihf: 'musl' };

const lock = JSON.parse(readFileSync(lockFile, 'utf8'));
const packages = lock.packages;
const added = [];
for (const owner of Object.values(packages)) {
  for (const [name, version] of Object.entries(owner.optionalDependencies ?? {})) {
    const match = machine.exec(name);
    // A range is for npm to resolve, and no package of ours to guess; nested copies are npm's business too.
    if (match === null || !/^\d+\.\d+\.\d+$/.test(version) || packages[`node_modules/${name}`] !== undefined) continue;
    const [, os, cpu, abi] = match;
    const libc = os === 'linux' ? libraries[abi] : undefined;
    packages[`node_modules/${name}`] = {
      version,
      cpu: [cpu],
      ...(owner.dev === true ? { dev: true } : {}),
      ...(libc === undefined ? {} : { libc: [libc] }),
      optional: true,
      os: [os],
    };
    added.push(name);
  }
}
if (added.length > 0) {
  lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en')));
  writeFileSync(lockFile, `${JSON.stringify(lock, null, 2)}\n`);
  process.stderr.write(`package-lock.json: added ${added.length} packages for other machines\n`);
}
