import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';

const head = '(function (exports, require, module) {';
/**
 * Bytes of bytecode that a function executes before V8 optimises it: 132,000 elsewhere. Most runs last for less than a second, and
 * a quarter of that went to optimising, beside them, what was hardly called again; what runs for long is optimised all the same.
 */
const interruptBudget = 400_000;
/** V8 complains about a flag that it does not know: these have it. */
const versionsWithBudget = /^1[1-4]\./;
/** Bytes at the end of what is kept: how long the run took that it is of. */
const tail = 4;

/**
 * Runs a script in CommonJS, whose compilation is kept beside it: to compile the bin takes longer than most of what
 * it does. (Node 22 could do the same by `module.enableCompileCache`, Node 20 has only scripts.)
 *
 * V8 takes what was kept only when its version, its flags and the length of the source are the same; a build never
 * changes under its name. What is kept is an optimisation: where it cannot be read or written, nothing else differs.
 *
 * It holds the functions that were called, less those that V8 dropped again because nobody called them for long. So what a
 * run of a minute leaves is not what one needs that finds everything known: a run that took half as long as the one that
 * something was kept of keeps its own, with what it found.
 *
 * @param {string} file in ASCII
 * @param {string} use each verb has a file of its own
 * @param {() => number} took milliseconds of work until now
 * @returns {{ exports: any, name: string, keep: () => void }} `name` is the folder's, `keep` is to be called when the
 * work is done
 */
export function loadScript(file, use, took = cpuTime) {
  const kept = `${file.slice(0, -'.cjs'.length)}.${use}.${process.versions.v8}-${process.arch}.compiled`;
  // Before what was kept is read: V8 takes it only under the same flags.
  if (versionsWithBudget.test(process.versions.v8)) setFlagsFromString(`--interrupt-budget=${interruptBudget}`);
  const before = readIfThere(kept);
  const cachedData = before?.subarray(0, -tail);
  const script = new Script(`${head}${readFileSync(file, 'latin1')}\n})`, {
    filename: file,
    columnOffset: -head.length,
    ...(cachedData !== undefined && { cachedData }),
  });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module);
  const isNew = before === undefined || script.cachedDataRejected === true;
  return {
    exports: module.exports,
    name: basename(dirname(file)),
    keep() {
      const time = took();
      if (isNew || 2 * time < before.readUInt32LE(before.length - tail))
        write(kept, Buffer.concat([script.createCachedData(), timeOf(time)]));
    },
  };
}

function cpuTime() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function timeOf(milliseconds) {
  const bytes = Buffer.alloc(tail);
  bytes.writeUInt32LE(Math.min(Math.round(milliseconds), 0xffffffff));
  return bytes;
}

function readIfThere(file) {
  try {
    const data = readFileSync(file);
    return data.length > tail ? data : undefined;
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
