/**
 * What it costs to render one service for one environment, many of them in one process, beside helm and
 * kustomize where BENCH_PEERS has them in `bin`: `node bench/render.mjs [services…]`.
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

/** Milliseconds a rendered tree (one service, one environment, all its targets): checked, and written as YAML too. */
async function render(root) {
  const snapshot = await loadWorkingTreeSnapshot(root, {
    wanted: ({ path }) => isPlatformPath(path),
    further: furtherFiles,
  });
  const platform = loadPlatform(snapshot);
  const count = (written) => {
    let trees = 0;
    let files;
    for (const evaluated of evaluateServices(platform, {})) {
      for (const tree of evaluated.trees.values()) {
        trees += 1;
        if (written) files = tree.files;
      }
    }
    return { trees, files };
  };
  const checked = cpuOf(() => count(false));
  const written = cpuOf(() => count(true));
  const each = ({ cpu, value }) => (1000 * cpu) / value.trees;
  return { checked: each(checked), written: each(written), files: written.value.files };
}

try {
  const rows = [['rendered and checked'], ['the same, written as YAML']];
  let files = new Map();
  for (const size of sizes) {
    const root = join(folder, `platform-${size}`);
    makeCorpus(root, size);
    const result = await render(root);
    rows[0].push(result.checked.toFixed(2));
    rows[1].push(result.written.toFixed(2));
    files = result.files;
  }
  for (const { label, milliseconds } of renderers(folder, files))
    rows.push([label, ...sizes.map(() => milliseconds.toFixed(2))]);
  process.stdout.write(
    `${table(['ms a service and environment', ...sizes.map((size) => `${size} services`)], rows)}\n`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
