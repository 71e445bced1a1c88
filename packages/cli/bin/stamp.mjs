import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {{ path: string, mtimeMs: number, size: number, hash: string }} Input a file that a build was made from
 * @typedef {{ build: string, inputs: Input[] }} Stamp the current build's folder in dist/, and its inputs
 */

/** @param {Uint8Array} contents */
export function hashOf(contents) {
  return createHash('sha256').update(contents).digest('hex');
}

/**
 * The folder of the current build, or `undefined` when there is none or an input differs from what it was made of.
 *
 * Time and size decide where they are the same; else the content does (a checkout of another branch and back
 * touches everything and changes nothing).
 *
 * @param {string} root the folder that the inputs' paths start from
 * @param {string} dist
 */
export function freshBuild(root, dist) {
  const stamp = readStamp(dist);
  if (stamp === undefined) return undefined;
  const inputs = [];
  let touched = false;
  for (const input of stamp.inputs) {
    // Not `join`: what it makes of 700 paths takes as long as to ask the disk for them.
    const file = `${root}/${input.path}`;
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat === undefined) return undefined;
    if (stat.mtimeMs === input.mtimeMs && stat.size === input.size) {
      inputs.push(input);
      continue;
    }
    if (stat.size !== input.size || hashOf(readFileSync(file)) !== input.hash) return undefined;
    inputs.push({ ...input, mtimeMs: stat.mtimeMs });
    touched = true;
  }
  const folder = join(dist, stamp.build);
  if (statSync(join(folder, 'main.cjs'), { throwIfNoEntry: false }) === undefined) return undefined;
  if (touched) remember(dist, { build: stamp.build, inputs });
  return folder;
}

/**
 * The stamp, or `undefined` when it is missing or not a stamp of ours: building again mends both.
 *
 * @param {string} dist
 * @returns {Stamp | undefined}
 */
export function readStamp(dist) {
  try {
    const stamp = JSON.parse(readFileSync(join(dist, 'stamp.json'), 'utf8'));
    return typeof stamp.build === 'string' && Array.isArray(stamp.inputs) ? stamp : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Makes a build current, in one step.
 *
 * @param {string} dist
 * @param {Stamp} stamp
 */
export function writeStamp(dist, stamp) {
  const temporary = join(dist, `.stamp-${process.pid}-${randomUUID()}`);
  try {
    writeFileSync(temporary, JSON.stringify(stamp));
    renameSync(temporary, join(dist, 'stamp.json'));
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Saves the next run from hashing again. It may be impossible (a read-only installation), and then it costs milliseconds. */
function remember(dist, stamp) {
  try {
    writeStamp(dist, stamp);
  } catch {}
}
