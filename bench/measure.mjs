import { spawnSync } from 'node:child_process';

const memory = `data:text/javascript,${encodeURIComponent("process.on('exit', () => process.stderr.write('rss ' + process.resourceUsage().maxRSS + '\\n'))")}`;

/** A command of Node that says how much memory it took. */
export const node = (...args) => [process.execPath, '--import', memory, ...args];

/**
 * CPU seconds (user + system, with child processes) of a command, the median of some runs: the machines are shared, so
 * that wall time misleads. Megabytes of the largest process for commands of `node`.
 *
 * @param {readonly string[]} command
 * @param {{ runs?: number, cwd?: string, env?: Record<string, string>, before?: () => void }} [options]
 */
export function measure(command, { runs = 3, cwd, env, before } = {}) {
  const seconds = [];
  let rss = 0;
  for (let run = 0; run < runs; run += 1) {
    before?.();
    const { status, stderr } = spawnSync(
      'bash',
      ['-c', 'TIMEFORMAT="cpu %U %S"; time "$@" >/dev/null', 'bench', ...command],
      { encoding: 'utf8', maxBuffer: 1 << 28, cwd, env: { ...process.env, ...env } },
    );
    if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status}: ${stderr}`);
    const [, user, system] = /cpu ([\d.]+) ([\d.]+)/.exec(stderr) ?? [];
    seconds.push(Number(user) + Number(system));
    rss = Math.max(rss, ...[...stderr.matchAll(/rss (\d+)/g)].map(([, kilobytes]) => Number(kilobytes) / 1024));
  }
  return { cpu: median(seconds), rss };
}

/** CPU seconds that a function takes in this process. */
export function cpuOf(work) {
  const start = process.cpuUsage();
  const value = work();
  const { user, system } = process.cpuUsage(start);
  return { value, cpu: (user + system) / 1e6 };
}

export function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;
}

/** @param {readonly string[]} heads @param {readonly (readonly string[])[]} rows */
export function table(heads, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(heads), `|${heads.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}
