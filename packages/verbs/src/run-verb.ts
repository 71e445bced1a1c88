import { randomBytes } from 'node:crypto';
import { GitError } from '@idp/git';
import { checkOptions } from './check-options.ts';
import { exitCode } from './exit-code.ts';
import { reportBug } from './output/bug.ts';
import { formatOf } from './output/format.ts';
import { gitFailure } from './output/git-failure.ts';
import { progressLine } from './output/progress-line.ts';
import { reportResult } from './output/report-result.ts';
import type { Streams } from './output/streams.ts';
import { failed, usage } from './output/usage.ts';
import { askForOptions, isAsked } from './prompt/ask-for-options.ts';
import type { Ask } from './prompt/question.ts';
import type { Verb, VerbResult } from './verb.ts';
import { isLacking } from './write/system-error.ts';

/** What a verb has of the world around it. */
export interface VerbIo extends Streams {
  /** The folder that `--root` and relative paths start from. */
  readonly root: string;
  /** Only where a person is who can be asked. */
  readonly ask?: Ask | undefined;
  /** Names the build that runs, see `VerbContext`. */
  readonly build?: string | undefined;
}

/**
 * Runs a verb for one of its doors: checks its options, prints its result in the format that was asked for.
 *
 * @returns the exit code (design, section 7); never throws: what nobody expected is 70
 */
export async function runVerb(verb: Verb, given: Readonly<Record<string, unknown>>, io: VerbIo): Promise<number> {
  const { name } = verb;
  const format = formatOf(given['format']);
  const progress = progressLine(io.stderr);
  try {
    const complete = await withAnswers(verb, given, io);
    if (complete === undefined) {
      const gaveUp = usage('cancelled', 'cancelled: nothing was written', undefined);
      reportResult(name, gaveUp, format, io);
      return gaveUp.exit;
    }
    const { options, findings } = checkOptions(verb.schema, complete);
    const result = findings.length > 0 ? failed(exitCode.usage, findings) : await run(verb, options, io, progress.say);
    progress.clear();
    reportResult(name, result, format, io);
    return result.exit;
  } catch (error) {
    progress.clear();
    return reportBug(name, error, format, io);
  }
}

/** The options that were given, and where somebody can be asked for those that are missing, the answers. */
async function withAnswers(
  { schema }: Verb,
  given: Readonly<Record<string, unknown>>,
  { ask, root }: VerbIo,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  if (ask === undefined || !isAsked(schema, given)) return given;
  const { repositoryChoices } = await import('./prompt/repository-choices.ts');
  const choices = await repositoryChoices(given, { cwd: root });
  return choices === undefined ? given : askForOptions(schema, given, ask, choices);
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
      build: io.build,
      progress,
    });
  } catch (error) {
    if (error instanceof GitError) return gitFailure(error);
    if (isLacking(error))
      return usage('system', error.message, 'look at the room on the disk and at your rights, then run it again');
    throw error;
  }
}
