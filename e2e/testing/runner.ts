import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from './platform-repository.ts';
import type { Job, Step, Workflow } from './workflow.ts';

const workspace = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

export interface StepResult {
  readonly run: string;
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface JobResult {
  readonly steps: readonly StepResult[];
  readonly succeeded: boolean;
  /** What the job wrote to its summary. */
  readonly summary: string;
}

/** Expressions by their text, with what they are in one event. One that is not here is a mistake of the test. */
export type Expressions = Readonly<Record<string, string>>;

const always = "${{ !cancelled() && steps.install.outcome == 'success' }}";

/** Clones one ref of a remote as `actions/checkout` does, detached, and puts the installed packages beside it. */
export async function checkOut(remote: string, ref: string): Promise<string> {
  const folder = join(await temporaryFolder(), 'checkout');
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  await run('git', ['clone', '--quiet', '--no-checkout', remote, folder], { env });
  await run('git', ['fetch', '--quiet', 'origin', `+${ref}:refs/remotes/checked/out`], { cwd: folder, env });
  await run('git', ['checkout', '--quiet', '--detach', 'refs/remotes/checked/out'], { cwd: folder, env });
  await symlink(join(workspace, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/**
 * Runs the `run` steps of a job as GitHub's runner does (`bash -e`, in the checkout), with what the test has no
 * network for put in its place: `npx` finds this workspace's bins, and `npm ci` has happened already.
 */
export async function runJob(
  workflow: Workflow,
  job: Job,
  checkout: string,
  expressions: Expressions,
): Promise<JobResult> {
  const folder = await temporaryFolder();
  const summary = join(folder, 'summary.md');
  await writeFile(summary, '');
  const tools = await toolsFolder(folder);
  const resolved = (env: Readonly<Record<string, string>> = {}) =>
    Object.fromEntries(Object.entries(env).map(([name, value]) => [name, evaluate(value, expressions)]));
  const steps: StepResult[] = [];
  let failed = false;
  for (const step of job.steps) {
    if (step.run === undefined || (failed && step.if !== always)) continue;
    const env = {
      ...process.env,
      ...resolved(workflow.env),
      ...resolved(job.env),
      ...resolved(step.env),
      PATH: `${tools}${delimiter}${process.env['PATH'] ?? ''}`,
      CI: 'true',
      NO_COLOR: '1',
      NX_DAEMON: 'false',
      GITHUB_STEP_SUMMARY: summary,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_SYSTEM: '/dev/null',
    };
    const result = await runStep(step, checkout, env, folder);
    steps.push(result);
    failed ||= result.code !== 0;
  }
  return { steps, succeeded: !failed, summary: await readFile(summary, 'utf8') };
}

function evaluate(value: string, expressions: Expressions): string {
  if (!value.includes('${{')) return value;
  const known = expressions[value];
  if (known === undefined) throw new Error(`the test does not know what ${value} is`);
  return known;
}

async function runStep(step: Step, cwd: string, env: NodeJS.ProcessEnv, folder: string): Promise<StepResult> {
  const script = join(folder, 'step.sh');
  const text = step.run ?? '';
  await writeFile(script, text);
  return new Promise((done) => {
    execFile('bash', ['-e', script], { cwd, env, maxBuffer: 1e8 }, (error, stdout, stderr) =>
      done({ run: text.trim(), code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, stdout, stderr }),
    ).stdin?.end();
  });
}

/** A folder for PATH in which `npx` and `npm` need no network. */
export async function toolsFolder(folder: string): Promise<string> {
  const tools = join(folder, 'tools');
  await mkdir(tools);
  const tool = async (name: string, lines: readonly string[]): Promise<void> => {
    await writeFile(join(tools, name), `#!/bin/sh\n${lines.join('\n')}\n`);
    await chmod(join(tools, name), 0o755);
  };
  await tool('npx', [
    'name="$1"; shift',
    'case "$name" in',
    `  idp) exec "${process.execPath}" "${join(workspace, 'packages/cli/bin/idp.mjs')}" "$@" ;;`,
    `  nx) exec "${process.execPath}" "${join(workspace, 'node_modules/nx/dist/bin/nx.js')}" "$@" ;;`,
    'esac',
    'echo "npx: $name is not part of this test" >&2; exit 127',
  ]);
  await tool('npm', [
    'case "$1" in',
    '  ci) exit 0 ;;',
    `  run) PATH='${process.env['PATH'] ?? ''}' exec npm "$@" ;;`,
    'esac',
    'echo "npm $1 is not part of this test" >&2; exit 127',
  ]);
  return tools;
}
