import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';

/** Builds the bin once before the tests, so that no test pays for it or sees it happen. */
export default function setup(project: TestProject): () => void {
  execFileSync(process.execPath, [
    join(resolve(import.meta.dirname, '../..'), 'packages/cli/bin/idp.mjs'),
    '--version',
  ]);
  const originals = mkdtempSync(join(tmpdir(), 'idp-originals-'));
  project.provide('originals', originals);
  return () => rmSync(originals, { recursive: true, force: true });
}
