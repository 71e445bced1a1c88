import { spawn } from 'node:child_process';
import { quietEnvironment } from './quiet-environment.ts';

export interface Ended {
  /** `undefined`: ended by a signal, or by the time limit. */
  readonly exit: number | undefined;
  /** Standard output and standard error, as they came. */
  readonly output: string;
}

/** Runs a program with its arguments, without a shell. */
export type Execute = (file: string, argv: readonly string[]) => Promise<Ended>;

/** Milliseconds; a command of the tour takes about one second. */
const timeLimit = 60_000;

/** @throws when the program cannot be started */
export const execute: Execute = (file, argv) =>
  new Promise((resolve, reject) => {
    const child = spawn(file, [...argv], {
      env: quietEnvironment(process.env),
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    // The option `timeout` of spawn would keep this process alive when the program cannot be started.
    const limit = setTimeout(() => child.kill(), timeLimit);
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', (error) => {
      clearTimeout(limit);
      reject(new Error(`${file} could not be started (${error.message})`));
    });
    child.on('close', (code) => {
      clearTimeout(limit);
      resolve({ exit: code ?? undefined, output: Buffer.concat(chunks).toString('utf8') });
    });
  });
