#!/usr/bin/env node
/**
 * The bin `idp`: runs the build of packages/cli/src, and builds it first when a source has changed since.
 *
 * This file is committed because npm links no bin that a later step makes. It has no dependencies, and its
 * own path, not the current folder, tells it where it belongs, so it works from anywhere and through links.
 */
import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { freshBuild } from './stamp.mjs';

/** Our own bug, or a broken installation (docs/architecture.md, "Exit codes"). */
const broken = 70;

const cli = dirname(dirname(realpathSync(fileURLToPath(import.meta.url))));

async function currentBuild() {
  const fresh = freshBuild(join(cli, '..', '..'), join(cli, 'dist'));
  if (fresh !== undefined) return fresh;
  process.stderr.write('idp: building, because the sources have changed\n');
  const { build } = await import('../build.mjs');
  return build();
}

function explain(error) {
  if (error?.code === 'ERR_MODULE_NOT_FOUND' && error.message.includes("'esbuild'")) {
    return 'the build is missing or older than the sources, and esbuild is not installed here: run `npm ci`';
  }
  return `the build failed: ${error?.message ?? error}`;
}

let folder;
try {
  folder = await currentBuild();
} catch (error) {
  process.stderr.write(`idp: ${explain(error)}\n`);
  process.exitCode = broken;
}
if (folder !== undefined) {
  const { main } = await import(pathToFileURL(join(folder, 'main.js')).href);
  process.exitCode = await main(process.argv.slice(2));
}
