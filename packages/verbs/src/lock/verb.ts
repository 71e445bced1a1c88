import { mintFrom, planLock } from '@idp/core';
import { openRepository, workingTree } from '../context/open-repository.ts';
import { usableSettings } from '../context/usable-settings.ts';
import { flagOption, listOption } from '../options.ts';
import { sourceLines } from '../output/source-lines.ts';
import { isResult, usage } from '../output/usage.ts';
import type { Verb } from '../verb.ts';
import { scaffoldResult } from '../write/scaffold-result.ts';

/** `idp lock`: rewrites the locks that do not fit their services any more. */
export const lock: Pick<Verb, 'run'> = {
  async run(options, context) {
    const opened = await openRepository(options, context);
    if (isResult(opened)) return opened;
    const snapshot = await workingTree(opened);
    const settings = usableSettings(snapshot);
    if (isResult(settings)) return settings;
    if (!snapshot.list().some(({ path }) => path.startsWith('services/')))
      return usage('nothing-to-lock', 'there is no service to lock', 'add one: `idp g service`');
    const outcome = planLock(
      snapshot,
      { services: listOption(options, 'service'), images: listOption(options, 'image') },
      mintFrom(context.randomBytes),
    );
    const result = await scaffoldResult(opened.root, snapshot, outcome, flagOption(options, 'dryRun'));
    return { ...result, readLine: sourceLines(snapshot) };
  },
};
