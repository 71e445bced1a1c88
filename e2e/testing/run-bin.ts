import { type ChildProcess, execFile, fork } from 'node:child_process';
import { join, resolve } from 'node:path';

const bin = resolve(import.meta.dirname, '../../packages/cli/bin/idp.mjs');

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const identity = {
  GIT_AUTHOR_NAME: 'Robin',
  GIT_AUTHOR_EMAIL: 'robin@example.com',
  GIT_COMMITTER_NAME: 'Robin',
  GIT_COMMITTER_EMAIL: 'robin@example.com',
};

/** What git and the bin get: an author, and nothing of the machine's own settings. */
export const environment = {
  ...process.env,
  ...identity,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  NO_COLOR: '1',
};

/** Runs the bin as a person would, in a process of its own. */
export function startBin(folder: string, argv: readonly string[]): Promise<Ran> {
  const options = { cwd: folder, env: environment, maxBuffer: 64 * 1024 * 1024 };
  return new Promise((done, fail) => {
    execFile(process.execPath, [bin, ...argv], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code;
      if (typeof code === 'number') done({ code, stdout, stderr });
      else fail(error);
    });
  });
}

let kept: BinProcess | undefined;

/**
 * Runs the bin in a process that stays for the next call: the same build with the same arguments, and the same answer
 * (e2e/run-bin.spec.ts), for a quarter of the time, most of which goes into starting cold.
 */
export function callBin(folder: string, argv: readonly string[]): Promise<Ran> {
  if (kept === undefined || kept.ended) kept = new BinProcess();
  return kept.run(folder, argv);
}

class BinProcess {
  private readonly child: ChildProcess;
  private readonly waiting = new Map<number, { done(ran: Ran): void; fail(reason: Error): void }>();
  private calls = 0;
  ended = false;

  constructor() {
    const options = { env: environment, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] } as const;
    this.child = fork(join(import.meta.dirname, 'bin-process.mjs'), [], { ...options, stdio: [...options.stdio] });
    // The tests end when they have ended, and this process with them.
    this.child.unref();
    this.child.channel?.unref();
    this.child.on('message', ({ id, ran }: { id: number; ran: Ran }) => {
      this.waiting.get(id)?.done(ran);
      this.settled(id);
    });
    this.child.on('exit', (code, signal) => {
      this.ended = true;
      for (const { fail } of this.waiting.values()) fail(new Error(`the bin's process ended with ${code ?? signal}`));
    });
  }

  run(folder: string, argv: readonly string[]): Promise<Ran> {
    const id = this.calls++;
    this.child.channel?.ref();
    return new Promise((done, fail) => {
      this.waiting.set(id, { done, fail });
      this.child.send({ id, folder, argv });
    });
  }

  private settled(id: number): void {
    this.waiting.delete(id);
    if (this.waiting.size === 0) this.child.channel?.unref();
  }
}
