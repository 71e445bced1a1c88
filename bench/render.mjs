/**
 * What it costs to render one service for one environment, many of them in one process, beside helm and
 * kustomize where BENCH_PEERS has them in `bin`: `node bench/render.mjs [services…]`.
 *
 * Plain services are what kustomize and helm are asked for: a Score file that becomes Deployment, Service, ServiceAccount,
 * PodDisruptionBudget and Namespace. Rich ones have a database, alerts and dashboards. Ours are all new: no service is
 * rendered twice, and each in the three environments of the company, or in one of them alone.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCorpus } from './corpus.mjs';
import { library } from './library.mjs';
import { cpuOf, table } from './measure.mjs';
import { renderers } from './renderers.mjs';

const sizes = process.argv.slice(2).map(Number);
if (sizes.length === 0) sizes.push(1000, 4000);
const folder = mkdtempSync(join(tmpdir(), 'idp-bench-'));
const { evaluateServices, furtherFiles, isPlatformPath, loadPlatform, loadWorkingTreeSnapshot } = await library(folder);

/** Milliseconds a rendered tree (one service, one environment, all its targets), and objects in it. */
async function render(root) {
  const snapshot = await loadWorkingTreeSnapshot(root, {
    wanted: ({ path }) => isPlatformPath(path),
    further: furtherFiles,
  });
  const platform = loadPlatform(snapshot);
  const [errors] = platform.findings.filter(({ severity }) => severity === 'error');
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  const measured = (selection, written) => {
    const { cpu, value } = cpuOf(() => {
      const count = { trees: 0, objects: 0, files: new Map() };
      for (const { trees } of evaluateServices(platform, selection)) {
        for (const tree of trees.values()) {
          count.trees += 1;
          for (const { objects } of tree.targets) count.objects += objects.length;
          if (written) count.files = tree.files;
        }
      }
      return count;
    });
    return { each: (1000 * cpu) / value.trees, objects: value.objects / value.trees, files: value.files };
  };
  // The first round has cold code, as a process that ends after it has; the others are what thousands of services take.
  const cold = measured({}, false);
  const warm = measured({}, false);
  const written = measured({}, true);
  const alone = measured({ environments: ['staging'] }, false);
  return { cold, warm, written, alone };
}

const rows = [];
const add = (label, cells) => rows.push([label, ...cells]);
const cell = ({ each, objects }) => `${each.toFixed(2)} (${(each / objects).toFixed(3)})`;

try {
  for (const kind of ['plain', 'rich']) {
    const results = [];
    for (const size of sizes) {
      const root = join(folder, `${kind}-${size}`);
      makeCorpus(root, size, kind);
      results.push(await render(root));
    }
    const objects = results[0]?.warm.objects.toFixed(1);
    add(
      `**${kind}**, ${objects} objects`,
      sizes.map(() => ''),
    );
    add(
      'three environments, the first services of a process',
      results.map(({ cold }) => cell(cold)),
    );
    add(
      'three environments, further services',
      results.map(({ warm }) => cell(warm)),
    );
    add(
      'the same, written as YAML',
      results.map(({ written }) => cell(written)),
    );
    add(
      'one environment alone',
      results.map(({ alone }) => cell(alone)),
    );
    const peers = join(folder, `peers-${kind}`);
    const files = results[0]?.written.files ?? new Map();
    for (const { label, milliseconds, objects: count } of renderers(peers, files))
      add(
        label,
        sizes.map(() => cell({ each: milliseconds, objects: count })),
      );
  }
  const heads = ['ms a service and environment (an object)', ...sizes.map((size) => `${size} services`)];
  process.stdout.write(`${table(heads, rows)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
