import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copyPlatform } from './copy-platform.ts';
import type { Ended, Execute } from './execute.ts';
import type { Narration } from './narration.ts';
import { fillIn, type Places } from './places.ts';
import { shownCommand } from './shown-command.ts';
import type { Action, Edit, Expectation, Run, Step } from './step.ts';

export interface FailedStep {
  readonly number: number;
  readonly title: string;
  readonly reason: string;
}

export interface Tour {
  readonly places: Places;
  readonly narration: Narration;
  readonly execute: Execute;
}

/**
 * Goes through the steps, and stops at the first that does not do what it has to.
 *
 * @returns the step that failed, or `undefined` when all did what the tour says
 */
export async function runSteps(steps: readonly Step[], tour: Tour): Promise<FailedStep | undefined> {
  for (const [index, { title, why, actions }] of steps.entries()) {
    tour.narration.step(index + 1, steps.length, title, why);
    for (const action of actions) {
      const reason = await perform(action, tour).catch(messageOf);
      if (reason !== undefined) return { number: index + 1, title, reason };
    }
  }
  return undefined;
}

/** @returns why it failed, if it did */
async function perform(action: Action, tour: Tour): Promise<string | undefined> {
  switch (action.kind) {
    case 'copy': {
      const parts = await copyPlatform(tour.places);
      tour.narration.note(`copied into $P: ${parts.join(', ')}`);
      return undefined;
    }
    case 'edit':
      return applyEdit(action, tour);
    case 'run':
      return runCommand(action, tour);
  }
}

async function applyEdit({ path, before, after }: Edit, { places, narration }: Tour): Promise<string | undefined> {
  narration.change(path, before, after);
  const file = join(places.platform, path);
  const pieces = (await readFile(file, 'utf8')).split(before);
  if (pieces.length !== 2) return `${path} should have one place that says \`${before}\`, and has ${pieces.length - 1}`;
  await writeFile(file, pieces.join(after));
  return undefined;
}

async function runCommand(command: Run, { places, narration, execute }: Tour): Promise<string | undefined> {
  const shown = shownCommand(command, places);
  narration.command(shown);
  const argv = command.argv.map((argument) => fillIn(argument, places));
  const ended =
    command.program === 'idp' ? await execute(process.execPath, [places.bin, ...argv]) : await execute('git', argv);
  narration.output(ended.output);
  const reason = disappointment(ended, command.expect);
  if (reason !== undefined) return `\`${shown}\` ${reason}`;
  if (ended.exit !== 0) narration.note(`exit code ${ended.exit}, as it should be`);
  return undefined;
}

/** In what the end of a command differs from what was expected of it. */
export function disappointment(
  { exit, output }: Ended,
  { exit: expected = 0, prints = [], printsOnly }: Expectation,
): string | undefined {
  if (exit === undefined) return 'was ended before it was done';
  if (exit !== expected) return `ended with exit code ${exit}, expected ${expected}`;
  const missing = prints.find((text) => !output.includes(text));
  if (missing !== undefined) return `should have printed \`${missing}\``;
  if (printsOnly !== undefined && output.trim() !== printsOnly)
    return `should have printed \`${printsOnly}\` and nothing else`;
  return undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
