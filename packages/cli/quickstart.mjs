/** `npm run quickstart`: the tour of packages/cli/src/quickstart, by the same build as the bin, never a stale one. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadBuild } from './bin/load-build.mjs';

const cli = dirname(fileURLToPath(import.meta.url));
const build = await loadBuild('quickstart');
if (build !== undefined) {
  const context = { workspace: join(cli, '..', '..'), bin: join(cli, 'bin', 'idp.mjs') };
  process.exitCode = await build.exports.quickstart(process.argv.slice(2), context);
}
