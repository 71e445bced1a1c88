#!/usr/bin/env node
/**
 * The bin `idp`: runs the build of packages/cli/src, and builds it first when a source has changed since.
 *
 * This file is committed because npm links no bin that a later step makes. It has no dependencies, and its
 * own path, not the current folder, tells it where it belongs, so it works from anywhere and through links.
 */
import { loadBuild } from './load-build.mjs';

const argv = process.argv.slice(2);
const [verb = '', kind] = argv;
const addsService = (verb === 'g' || verb === 'generate') && kind === 'service';

/** @returns {Promise<boolean>} whether that was all: a part of the build leaves to the whole what it does not do */
async function run(use, part) {
  const build = await loadBuild(use, part);
  if (build === undefined) return true;
  const code = await build.exports.main(argv, build.name);
  if (code === undefined) return false;
  process.exitCode = code;
  // A slip of the finger is not what the next run is likely to need.
  if (code < 2) build.keep();
  return true;
}

if (!(addsService && (await run('g', 'service')))) await run(/^[a-z]{1,16}$/.test(verb) ? verb : 'help', 'main');
