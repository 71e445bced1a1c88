import { spawn } from 'node:child_process';
import { type Environment, gitEnvironment } from './git-environment.ts';
import { GitError } from './git-error.ts';

/** Who is told of each process before it starts: its arguments after `git` and the fixed `-c` settings. */
export type OnProcess = (argv: readonly string[]) => void;

export interface GitRun {
  readonly onProcess?: OnProcess | undefined;
  /** Bytes for standard input. */
  readonly input?: Uint8Array | string | undefined;
  readonly environment?: Environment | undefined;
  /** Takes standard output as it comes, instead of having it gathered. */
  readonly onOutput?: ((chunk: Buffer) => void) | undefined;
  /** Seconds after which the process is ended. */
  readonly timeLimit?: number | undefined;
}

export interface GitResult {
  readonly exitCode: number;
  readonly stdout: Buffer;
  readonly stderr: string;
  /** The time limit ended it; the exit code means nothing. */
  readonly timedOut: boolean;
  readonly pid: number | undefined;
}

const settings = ['core.quotePath=false', 'core.fsmonitor=false', 'protocol.ext.allow=never', 'gc.auto=0'].flatMap(
  (setting) => ['-c', setting],
);

/**
 * Runs one git process, without a shell, and gives back whatever it answered.
 *
 * @param folder where it runs: the repository's top level
 * @throws GitError when git cannot be started
 */
export function runGit(folder: string, argv: readonly string[], run: GitRun = {}): Promise<GitResult> {
  run.onProcess?.(argv);
  return new Promise((resolve, reject) => {
    const child = spawn('git', [...settings, ...argv], {
      cwd: folder,
      env: gitEnvironment(process.env, run.environment),
      stdio: 'pipe',
      windowsHide: true,
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    const settle = (exitCode: number | null, timedOut: boolean) => {
      clearTimeout(timer);
      const said = Buffer.concat(stderr).toString('utf8');
      resolve({ exitCode: exitCode ?? 128, stdout: Buffer.concat(stdout), stderr: said, timedOut, pid: child.pid });
    };
    const timer =
      run.timeLimit === undefined
        ? undefined
        : setTimeout(() => {
            // What git started (ssh) may keep the pipes open, so that `close` would not come: do not wait for it.
            child.kill('SIGTERM');
            for (const stream of child.stdio) stream?.destroy();
            child.unref();
            settle(null, true);
          }, run.timeLimit * 1000);
    child.stdout.on('data', run.onOutput ?? ((chunk: Buffer) => stdout.push(chunk)));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(new GitError(argv, undefined, `git could not be started (${error.message})`));
    });
    child.on('close', (exitCode) => settle(exitCode, false));
    // A process that ends without reading all of its input says why by its exit code.
    child.stdin.on('error', () => undefined);
    // Not even an empty write without one: it fails where the process was quicker, and Node then makes the error's stack,
    // which under Nx means to parse the build's source map (0.4 CPU s).
    child.stdin.end(run.input);
  });
}

/**
 * Runs a git process that has to succeed.
 *
 * @returns its standard output
 * @throws GitError for any other exit code than 0
 */
export async function gitOutput(folder: string, argv: readonly string[], run: GitRun = {}): Promise<Buffer> {
  const result = await runGit(folder, argv, run);
  if (result.exitCode !== 0) throw new GitError(argv, result.exitCode, result.stderr);
  return result.stdout;
}
