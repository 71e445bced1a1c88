#!/usr/bin/env node
/**
 * The bin `idp`: runs the build of packages/cli/src, and builds it first when a source has changed since.
 *
 * This file is committed because npm links no bin that a later step makes. It has no dependencies, and its
 * own path, not the current folder, tells it where it belongs, so it works from anywhere and through links.
 */
import { dispatch } from './dispatch.mjs';
import { loadBuild } from './load-build.mjs';

const argv = process.argv.slice(2);
const code = await dispatch(argv, async (part, use) => {
  const build = await loadBuild(use, part);
  if (build === undefined) return process.exitCode;
  const code = await build.exports.main(argv, build.name);
  // A slip of the finger is not what the next run is likely to need.
  if (code < 2) build.keep();
  return code;
});
process.exitCode = code;
