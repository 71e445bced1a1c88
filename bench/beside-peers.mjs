/**
 * The table of docs/performance.md, others beside us in one run:
 * `node bench/beside-peers.mjs <folder for the peers> [services…]`. Installs them there first.
 */
import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { installPeers } from './install-peers.mjs';

const [folder, ...sizes] = process.argv.slice(2);
if (folder === undefined) throw new Error('name a folder for the peers, outside of this repository');
const peers = resolve(folder);
installPeers(peers);
for (const script of ['validate.mjs', 'generate.mjs', 'render.mjs']) {
  process.stdout.write(`\n${script}\n\n`);
  const env = { ...process.env, BENCH_PEERS: peers };
  execFileSync(process.execPath, [join(import.meta.dirname, script), ...sizes], { stdio: 'inherit', env });
}
