/**
 * What `idp validate` costs, cold and warm, beside what reads the same files: `node bench/validate.mjs [services…]`.
 *
 * CPU seconds (user + system, with child processes), the median of three runs, in one run. Run by hand;
 * docs/performance.md holds the last table.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { makeCorpus } from './corpus.mjs';
import { linters } from './linters.mjs';

const sizes = process.argv.slice(2).map(Number);
if (sizes.length === 0) sizes.push(1000, 10_000);
const bin = join(resolve(import.meta.dirname, '..'), 'packages/cli/bin/idp.mjs');
const peer = (name) => join(import.meta.dirname, name);
const memory = `data:text/javascript,${encodeURIComponent("process.on('exit', () => process.stderr.write('rss ' + process.resourceUsage().maxRSS + '\\n'))")}`;
const node = (...args) => [process.execPath, '--import', memory, ...args];
const validate = (...args) => node(bin, 'validate', ...args);
const check = (...args) => node(bin, 'check', ...args);

const configuration = mkdtempSync(join(tmpdir(), 'idp-bench-'));
/** Changes a service, each time to what it has not been. */
let changes = 0;
function changeOne(root) {
  const file = join(root, 'services/service-000001/score.yaml');
  changes += 1;
  writeFileSync(file, readFileSync(file, 'utf8').replace(/LOG_LEVEL: \w+/, `LOG_LEVEL: info${changes}`));
}

/** The first service's database is one that nine others name too, and read. */
function shareOne(root) {
  const scores = Array.from({ length: 10 }, (_, index) => join(root, `services/service-00000${index}/score.yaml`));
  for (const [index, file] of scores.entries()) {
    const text = readFileSync(file, 'utf8');
    const shared = '\n  shared:\n    type: postgres\n    id: common';
    const said = index === 0 ? ['type: postgres', 'type: postgres\n    id: common'] : [/\nresources:/, `$&${shared}`];
    const [from = '', to = ''] = said;
    writeFileSync(file, text.replace(from, String(to)));
  }
}

/** Each with what has to be done `before` it is measured, and before `each` run; `most` services, where more take too long. */
const works = [
  { label: 'node, nothing else', command: () => node('-e', '0') },
  { label: '`git status`', command: (root) => ['git', '-C', root, 'status', '--porcelain'] },
  { label: '`git ls-files -s`', command: (root) => ['git', '-C', root, 'ls-files', '-s'] },
  { label: 'js-yaml parses catalog and Score files', command: (root) => node(peer('parse-described.mjs'), root) },
  {
    label: "`@backstage/catalog-model`'s policies over the catalog",
    command: (root) => node(peer('catalog-model.mjs'), root),
  },
  ...linters(configuration),
  { label: '`idp validate`, nothing kept', command: (root) => validate('--store=off', `--root=${root}`) },
  {
    label: '`idp validate`, nothing changed',
    before: (root) => run(validate(`--root=${root}`)),
    command: (root) => validate(`--root=${root}`),
  },
  {
    label: '`idp validate`, one service changed',
    each: changeOne,
    command: (root) => validate(`--root=${root}`),
  },
  {
    label: '`idp validate`, one of ten changed that share an instance',
    before: (root) => {
      shareOne(root);
      run(validate(`--root=${root}`));
    },
    each: changeOne,
    command: (root) => validate(`--root=${root}`),
  },
  {
    label: '`idp check`, nothing kept, run once',
    most: 1000,
    runs: 1,
    command: (root) => check('--store=off', `--root=${root}`),
  },
  {
    label: '`idp check`, nothing changed',
    most: 1000,
    before: (root) => run(check(`--root=${root}`)),
    command: (root) => check(`--root=${root}`),
  },
  {
    label: '`idp check`, one service changed',
    most: 1000,
    each: changeOne,
    command: (root) => check(`--root=${root}`),
  },
];

/** @param {readonly string[]} command */
function run(command) {
  const { status, stderr } = spawnSync(
    'bash',
    ['-c', 'TIMEFORMAT="cpu %U %S"; time "$@" >/dev/null', 'bench', ...command],
    { encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status}: ${stderr}`);
  const [, user, system] = /cpu ([\d.]+) ([\d.]+)/.exec(stderr) ?? [];
  const rss = Math.max(0, ...[...stderr.matchAll(/rss (\d+)/g)].map(([, kilobytes]) => Number(kilobytes) / 1024));
  return { cpu: Number(user) + Number(system), rss };
}

/** The median of some runs, and the memory of the largest. */
function measure(command, each, times) {
  const runs = Array.from({ length: times }, () => {
    each?.();
    return run(command);
  }).sort((a, b) => a.cpu - b.cpu);
  return { cpu: runs[Math.floor(times / 2)]?.cpu ?? 0, rss: Math.max(...runs.map(({ rss }) => rss)) };
}

const results = sizes.map((services) => {
  const folder = mkdtempSync(join(tmpdir(), 'idp-bench-'));
  try {
    const root = join(folder, 'platform');
    makeCorpus(root, services);
    return works.map(({ before, each, command, most, runs = 3 }) => {
      if (most !== undefined && services > most) return undefined;
      before?.(root);
      return measure(command(root), each && (() => each(root)), runs);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

const lines = [
  `Node ${process.version}, ${cpus().length} cores, CPU seconds (MB of the largest process), median of 3`,
  '',
  `| work | ${sizes.map((size) => `${size} services`).join(' | ')} | growth |`,
  `|---|${sizes.map(() => '---|').join('')}---|`,
  ...works.map(({ label }, index) => {
    const cells = results.map((row) => row[index]);
    const last = cells.at(-1);
    const growth = last === undefined ? '' : `${(last.cpu / (cells[0]?.cpu || 1)).toFixed(1)} ×`;
    const shown = cells.map((cell) => {
      if (cell === undefined) return '';
      return `${cell.cpu.toFixed(2)}${cell.rss > 0 ? ` (${Math.round(cell.rss)})` : ''}`;
    });
    return `| ${label} | ${shown.join(' | ')} | ${growth} |`;
  }),
];
process.stdout.write(`${lines.join('\n')}\n`);
rmSync(configuration, { recursive: true, force: true });
