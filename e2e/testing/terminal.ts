import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';

const workspace = resolve(import.meta.dirname, '../..');
const bins = {
  idp: join(workspace, 'packages/cli/bin/idp.mjs'),
  nx: join(workspace, 'node_modules/nx/dist/bin/nx.js'),
} as const;

export const keys = { enter: '\r', down: '\u001b[B', space: ' ', interrupt: '\u0003' } as const;

export interface TerminalRun {
  readonly program: keyof typeof bins;
  readonly args: readonly string[];
  readonly cwd: string;
  /** What to wait for, and what to type then. */
  readonly steps: readonly (readonly [text: string, keys: string])[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a bin in a real pseudo-terminal (Python has one in its standard library; Node.js has none). */
export function runInTerminal({ program, args, cwd, steps, env = {} }: TerminalRun) {
  const { CI: _, NO_COLOR: __, ...inherited } = process.env;
  const input = JSON.stringify({
    argv: [process.execPath, bins[program], ...args],
    cwd,
    env: { ...inherited, TERM: 'xterm', NX_DAEMON: 'false', GIT_CONFIG_GLOBAL: '/dev/null', ...env },
    steps,
  });
  return new Promise<{ readonly code: number; readonly screen: string }>((done, failed) => {
    const python = execFile(
      'python3',
      [join(import.meta.dirname, 'terminal.py')],
      { maxBuffer: 1e8 },
      (error, stdout, stderr) =>
        error === null ? done(JSON.parse(stdout)) : failed(new Error(stderr || error.message)),
    );
    python.stdin?.end(input);
  });
}
