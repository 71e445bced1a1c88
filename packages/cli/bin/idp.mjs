#!/usr/bin/env node
/**
 * The bin `idp`: runs the build of packages/cli/src, and builds it first when a source has changed since.
 *
 * This file is committed because npm links no bin that a later step makes. It has no dependencies, and its
 * own path, not the current folder, tells it where it belongs, so it works from anywhere and through links.
 */
import { loadBuild } from './load-build.mjs';

const build = await loadBuild();
if (build !== undefined) process.exitCode = await build.main(process.argv.slice(2));
