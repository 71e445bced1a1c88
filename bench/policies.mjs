/**
 * What policies cost over many services, beside tools that do the same: `node bench/policies.mjs [services…]`.
 *
 * Each service has an entity and three rendered objects; twenty policies. `CONFTEST` and `KYVERNO` name the binaries of
 * conftest and of the Kyverno CLI, where they are to run beside us (`go install github.com/open-policy-agent/conftest@latest`).
 * Verdicts are compared before anything is timed. CPU seconds (MB of the process), the median of three runs.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { CORE_SCHEMA, loadAll } from 'js-yaml';
import { cpuOf, measure, median, node, table } from './measure.mjs';
import { kyvernoPolicies, makePolicyCorpus } from './policy-corpus.mjs';

const sizes = process.argv.slice(2).map(Number);
if (sizes.length === 0) sizes.push(1000, 10_000);
const { CONFTEST, KYVERNO } = process.env;
const bin = join(resolve(import.meta.dirname, '..'), 'packages/cli/bin/idp.mjs');
const folder = mkdtempSync(join(tmpdir(), 'idp-bench-'));

try {
  const columns = [];
  for (const size of sizes) columns.push(await column(size));
  const labels = [...new Set(columns.flatMap((cells) => [...cells.keys()]))];
  const rows = labels.map((label) => [label, ...columns.map((cells) => cells.get(label) ?? '')]);
  process.stdout.write(`Node ${process.version}, ${cpus().length} cores, CPU seconds (MB), median of 3\n\n`);
  process.stdout.write(`${table(['work', ...sizes.map((size) => `${size} services`)], rows)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** All that is measured at one size, by label. */
async function column(size) {
  const root = join(folder, String(size));
  makePolicyCorpus(root, size);
  const resources = join(root, 'resources');
  const check = [bin, 'check', `--policies=${join(root, 'policies')}`, `--resources=${resources}`];
  const counts = { idp: violationsOfIdp(check) };
  const works = [
    ['js-yaml parses the files', node(join(import.meta.dirname, 'parse-folder.mjs'), resources)],
    ['`idp check`, from files', node(...check)],
  ];
  if (CONFTEST !== undefined) {
    const conftest = [CONFTEST, 'test', '--no-color', '-p', join(root, 'rego'), resources];
    counts.conftest = violationsOfConftest(conftest);
    works.push(['`conftest test`', conftest]);
  }
  if (KYVERNO !== undefined && size <= 1000) {
    const kyverno = kyvernoCommand(root, resources);
    counts.kyverno = violationsOfKyverno(kyverno);
    works.push(['`kyverno apply`, rendered objects only, run once', kyverno]);
  }
  process.stderr.write(`${size} services: violations ${JSON.stringify(counts)}\n`);
  if (counts.conftest !== undefined && counts.conftest !== counts.idp) throw new Error('the verdicts differ');
  const cells = new Map([['policies × documents', `${20 * size} that match`]]);
  cells.set('judged from memory, nothing parsed between', await judgedFromMemory(root, resources));
  // Violations are expected: the status is not looked at.
  for (const [label, command] of works) {
    const runs = command.includes(bin) || command.includes(resources) ? 3 : 1;
    const { cpu, rss } = measure(['bash', '-c', '"$@" || true', 'bench', ...command], { runs });
    cells.set(label, `${cpu.toFixed(2)}${rss > 0 ? ` (${Math.round(rss)})` : ''}`);
  }
  return cells;
}

/** What follows rendering: the objects are there, and every policy judges those that it matches. */
async function judgedFromMemory(root, resources) {
  const outfile = join(folder, 'policy.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, '../packages/policy/src/index.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    logLevel: 'error',
  });
  const { readPolicies, PolicyEvaluation } = await import(pathToFileURL(outfile).href);
  const documents = (of) =>
    readdirSync(of, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .flatMap((entry) => loadAll(readFileSync(join(entry.parentPath, entry.name), 'utf8'), { schema: CORE_SCHEMA }));
  const { policies } = readPolicies(documents(join(root, 'policies')).map((document) => ({ path: 'p', document })));
  const objects = documents(resources);
  const times = Array.from({ length: 3 }, () => {
    const evaluation = new PolicyEvaluation(policies);
    return cpuOf(() => objects.map((object) => evaluation.evaluate({ object, scopes: new Set() }).length)).cpu;
  });
  return median(times).toFixed(2);
}

function violationsOfIdp(check) {
  const { stdout } = spawnSync(process.execPath, [...check, '--format=json'], { encoding: 'utf8', maxBuffer: 1 << 28 });
  return JSON.parse(stdout).summary.errors;
}

function violationsOfConftest(command) {
  const { stdout } = spawnSync(command[0], [...command.slice(1), '--output=json'], {
    encoding: 'utf8',
    maxBuffer: 1 << 29,
  });
  return JSON.parse(stdout).reduce((sum, { failures = [] }) => sum + failures.length, 0);
}

/** It does not descend into folders, so all objects go into one file. */
function kyvernoCommand(root, resources) {
  const rendered = join(resources, 'rendered');
  const all = readdirSync(rendered).map((name) => readFileSync(join(rendered, name), 'utf8'));
  writeFileSync(join(root, 'all.yaml'), all.join('---\n'));
  writeFileSync(join(root, 'kyverno.yaml'), kyvernoPolicies());
  return [KYVERNO, 'apply', join(root, 'kyverno.yaml'), '--resource', join(root, 'all.yaml')];
}

function violationsOfKyverno(command) {
  const { stdout } = spawnSync(command[0], command.slice(1), { encoding: 'utf8', maxBuffer: 1 << 29 });
  return Number(/fail: (\d+)/.exec(stdout)?.[1] ?? 'NaN');
}
