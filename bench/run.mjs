/**
 * What the verbs cost, beside others' tools on the same files: `node bench/run.mjs [services…]`. Scaffolding and
 * rendering have files of their own, generate.mjs and render.mjs.
 *
 * CPU seconds (user + system, with child processes), the median of three runs: the machines are shared, so that
 * wall time misleads. Run by hand; docs/performance.md holds the last table.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { makeCorpus } from './corpus.mjs';
import { measure, node } from './measure.mjs';

const sizes = process.argv.slice(2).map(Number);
if (sizes.length === 0) sizes.push(100, 1000, 10_000);
const workspace = resolve(import.meta.dirname, '..');
const bin = join(workspace, 'packages/cli/bin/idp.mjs');
const parse = join(import.meta.dirname, 'parse-folder.mjs');
const parsed = ['catalog', 'services', 'environments'];
/** @param {string} label @param {(root: string) => readonly string[]} command */
const work = (label, command) => ({ label, command });
const works = [
  work('node, nothing else', () => node('-e', '0')),
  work('git status', (root) => ['git', '-C', root, 'status', '--porcelain']),
  work('js-yaml parses the same files', (root) => node(parse, ...parsed.map((folder) => join(root, folder)))),
  work('idp validate', (root) => node(bin, 'validate', `--root=${root}`)),
  work('idp validate --service=…', (root) => node(bin, 'validate', '--service=service-000001', `--root=${root}`)),
  work('idp check', (root) => node(bin, 'check', `--root=${root}`)),
  work('idp plan (one service changed)', (root) => node(bin, 'plan', '--base=main', `--root=${root}`)),
  work('idp g service --dry-run', (root) =>
    node(bin, 'g', 'service', 'another', '--owner=team-payments', '--dry-run', `--root=${root}`),
  ),
];

const results = sizes.map((services) => {
  const folder = mkdtempSync(join(tmpdir(), 'idp-bench-'));
  try {
    const root = join(folder, 'platform');
    makeCorpus(root, services);
    execFileSync('sed', ['-i', 's/LOG_LEVEL: info/LOG_LEVEL: warn/', join(root, 'services/service-000001/score.yaml')]);
    return works.map(({ command }) => measure(command(root)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

const lines = [
  `Node ${process.version}, ${cpus().length} cores, CPU seconds (MB of the largest process), median of 3`,
  '',
  `| work | ${sizes.map((size) => `${size} services`).join(' | ')} |`,
  `|---|${sizes.map(() => '---|').join('')}`,
  ...works.map(({ label }, index) => {
    const cells = results
      .map((row) => row[index])
      .map((cell) => `${cell?.cpu.toFixed(2)}${cell?.rss ? ` (${Math.round(cell.rss)})` : ''}`);
    return `| ${label} | ${cells.join(' | ')} |`;
  }),
];
process.stdout.write(`${lines.join('\n')}\n`);
