import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname } from 'node:path';
import { Script } from 'node:vm';

const head = '(function (exports, require, module) {';

/**
 * Runs a script in CommonJS, whose compilation is kept beside it: to compile the bin takes longer than most of what
 * it does. (Node 22 could do the same by `module.enableCompileCache`, Node 20 has only scripts.)
 *
 * V8 takes what was kept only when its version, its flags and the length of the source are the same; a build never
 * changes under its name. What is kept is an optimisation: where it cannot be read or written, nothing else differs.
 *
 * @param {string} file in ASCII
 * @param {string} use what is kept holds the functions that were called; so each verb has a file of its own
 * @returns {{ exports: any, name: string, keep: () => void }} `name` is the folder's, `keep` is to be called when the
 * work is done
 */
export function loadScript(file, use) {
  const kept = `${file.slice(0, -'.cjs'.length)}.${use}.${process.versions.v8}-${process.arch}.compiled`;
  const cachedData = readIfThere(kept);
  const script = new Script(`${head}${readFileSync(file, 'latin1')}\n})`, {
    filename: file,
    columnOffset: -head.length,
    ...(cachedData !== undefined && { cachedData }),
  });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module);
  const isNew = cachedData === undefined || script.cachedDataRejected === true;
  return {
    exports: module.exports,
    name: basename(dirname(file)),
    keep: () => isNew && write(kept, script.createCachedData()),
  };
}

function readIfThere(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Whole or not at all, also after a power cut: V8 does not look at every byte of it. */
function write(file, data) {
  const temporary = `${file}.${process.pid}-${randomUUID()}`;
  try {
    const descriptor = openSync(temporary, 'wx');
    try {
      writeFileSync(descriptor, data);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, file);
  } catch {
    rmSync(temporary, { force: true });
  }
}
