import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { GitError } from '@idp/git';
import { checkOptions } from './check-options.ts';
import { exitCode } from './exit-code.ts';
import { stringOption } from './options.ts';
import { type Format, printResult } from './output/print-result.ts';
import { progressLine } from './output/progress-line.ts';
import { failed, usage } from './output/usage.ts';
import type { Verb, VerbResult } from './verb.ts';
import { findVerb } from './verbs.ts';

/** A stream that a verb prints to. */
export interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export interface VerbIo {
  /** The folder that `--root` and relative paths start from. */
  readonly root: string;
  readonly stdout: Output;
  readonly stderr: Output;
}

/**
 * Runs a verb for one of its doors: checks its options, prints its result in the format that was asked for.
 *
 * @returns the exit code (design, section 7); never throws for what a user did
 */
export async function runVerb(name: string, given: Readonly<Record<string, unknown>>, io: VerbIo): Promise<number> {
  const verb = findVerb(name);
  if (verb === undefined) throw new Error(`no verb is named ${name}`);
  const { options, findings } = checkOptions(verb.schema, given);
  const progress = progressLine(io.stderr);
  const result = findings.length > 0 ? failed(exitCode.usage, findings) : await run(verb, options, io, progress.say);
  progress.clear();
  const format = (stringOption(options, 'format') ?? 'pretty') as Format;
  const known = ['pretty', 'json', 'github', 'markdown'].includes(format);
  const root = resolve(io.root, stringOption(options, 'root') ?? '.');
  const colour = io.stdout.isTTY === true && process.env['NO_COLOR'] === undefined;
  const printed = printResult(name, result, known ? format : 'pretty', colour, lineReader(root));
  if (printed.stderr !== '') io.stderr.write(printed.stderr);
  if (printed.stdout !== '') io.stdout.write(printed.stdout);
  return result.exit;
}

async function run(
  verb: Verb,
  options: Readonly<Record<string, unknown>>,
  io: VerbIo,
  progress: (message: string) => void,
): Promise<VerbResult> {
  try {
    return await verb.run(options, {
      cwd: io.root,
      now: () => new Date(),
      randomBytes: (count) => randomBytes(count),
      progress,
    });
  } catch (error) {
    if (error instanceof GitError) return usage('git', error.message, 'mend the repository, then run it again');
    throw error;
  }
}

/** Lines of the working tree, for the excerpt under a finding; a file that is not there has none. */
function lineReader(root: string): (path: string, line: number) => string | undefined {
  const files = new Map<string, readonly string[]>();
  return (path, line) => {
    let lines = files.get(path);
    if (lines === undefined) {
      try {
        lines = readFileSync(resolve(root, path), 'utf8').split('\n');
      } catch {
        lines = [];
      }
      files.set(path, lines);
    }
    return lines[line - 1];
  };
}
