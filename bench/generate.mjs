/**
 * What it costs to scaffold a service, beside other generators that write the same files:
 * `BENCH_PEERS=<folder> node bench/generate.mjs [services…]`.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { makeCorpus } from './corpus.mjs';
import { library } from './library.mjs';
import { cpuOf, measure, node, table } from './measure.mjs';
import { peers } from './peers.mjs';

const sizes = process.argv.slice(2).map(Number);
if (sizes.length === 0) sizes.push(10, 1000, 10_000);
const bin = resolve(import.meta.dirname, '../packages/cli/bin/idp.mjs');
const name = 'benchmarked';
const folder = mkdtempSync(join(tmpdir(), 'idp-bench-'));
const { loadWorkingTreeSnapshot, isPlatformPath, mintFrom, planServices } = await library(folder);

/** A thousand services in one process, in a repository that is loaded without what is in services/. */
async function thousand(root) {
  const wanted = ({ path }) => isPlatformPath(path) && !path.startsWith('services/');
  const snapshot = await loadWorkingTreeSnapshot(root, { wanted });
  const requests = Array.from({ length: 1000 }, (_, index) => ({
    name: `new-${index}`,
    owner: 'team-payments',
    template: 'node-service',
    lifecycle: 'production',
  }));
  const { value, cpu } = cpuOf(() => [...planServices(snapshot, requests, mintFrom(randomBytes))]);
  if (value.some((planned) => planned.value === undefined)) throw new Error('a service was refused');
  return cpu;
}

try {
  const rows = [['node, nothing else', ...sizes.map(() => measure(node('-e', '0'), { runs: 5 }).cpu.toFixed(2))]];
  const ours = [];
  const many = [];
  let root = '';
  for (const size of sizes) {
    root = join(folder, `platform-${size}`);
    makeCorpus(root, size);
    const remove = () => rmSync(join(root, 'services', name), { recursive: true, force: true });
    const command = node(bin, 'g', 'service', name, '--owner=team-payments', `--root=${root}`);
    measure(command, { runs: 1, before: remove });
    const { cpu, rss } = measure(command, { runs: 7, before: remove });
    ours.push(`${cpu.toFixed(2)} (${Math.round(rss)})`);
    many.push((await thousand(root)).toFixed(2));
  }
  rows.push(['`idp g service`', ...ours], ['1,000 services in one process', ...many]);
  const same = (text) => sizes.map(() => text);
  for (const { label, command, cwd, before } of peers(folder, join(root, 'services', name), name))
    rows.push([label, ...same(measure(command, { runs: 5, cwd, before }).cpu.toFixed(2))]);
  process.stdout.write(`${table(['work', ...sizes.map((size) => `${size} services`)], rows)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
