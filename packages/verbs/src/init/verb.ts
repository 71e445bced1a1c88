import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { furtherFiles, isReadForInit, mintFrom, planInit, type ScoreFile } from '@idp/core';
import { openRepository, workingTree } from '../context/open-repository.ts';
import { flagOption, stringOption } from '../options.ts';
import { isResult, usage } from '../output/usage.ts';
import type { Verb, VerbContext, VerbResult } from '../verb.ts';
import { scaffoldResult } from '../write/scaffold-result.ts';
import { readScoreFiles } from './read-score-files.ts';

/** `idp init`: a platform where there is none, also of the Score files of another project. */
export const init: Pick<Verb, 'run'> = {
  async run(options, context) {
    const opened = await openRepository(options, context, 'make one by `git init`, then run this again');
    if (isResult(opened)) return opened;
    const scores = await scoresFrom(stringOption(options, 'from'), context);
    if ('exit' in scores) return scores;
    const name = stringOption(options, 'name') ?? nameFrom(opened.root);
    const owner = (stringOption(options, 'owner') ?? '').replace(/^group:(default\/)?/, '');
    const snapshot = await workingTree(opened, { wanted: ({ path }) => isReadForInit(path), further: furtherFiles });
    const plan = planInit(snapshot, { name, owner, scores }, mintFrom(context.randomBytes));
    return scaffoldResult(opened.root, snapshot, plan, flagOption(options, 'dryRun'));
  },
};

async function scoresFrom(
  from: string | undefined,
  { cwd, progress }: VerbContext,
): Promise<readonly ScoreFile[] | VerbResult> {
  if (from === undefined) return [];
  const folder = resolve(cwd, from);
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory() !== true)
    return usage('no-folder', `${folder} is not a folder`, 'name the folder that has the Score files with --from');
  progress('reading Score files');
  const scores = await readScoreFiles(folder);
  if (scores === undefined)
    return usage(
      'too-many-files',
      `${folder} has more files than a folder of Score files has`,
      'name a folder below it',
    );
  return scores.length > 0
    ? scores
    : usage('no-score-files', `no Score file is below ${folder}`, 'one has `apiVersion: score.dev/v1b1`');
}

/** What is left of a folder's name when it is written as names are. */
function nameFrom(root: string): string {
  const name = basename(root)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 50);
  return name === '' ? 'platform' : name;
}
