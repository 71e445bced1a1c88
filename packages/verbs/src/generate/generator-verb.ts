import { mintFrom, platformFile } from '@idp/core';
import { loadWorkingTreeSnapshot } from '@idp/git';
import { openRepository, platformFiles } from '../context/open-repository.ts';
import { usableSettings } from '../context/usable-settings.ts';
import { flagOption } from '../options.ts';
import { isResult } from '../output/usage.ts';
import type { Verb } from '../verb.ts';
import { scaffoldResult } from '../write/scaffold-result.ts';
import type { Generator } from './generator.ts';

/** A generator as a verb: `idp g service` writes to the working tree itself, without Nx. */
export function generatorVerb({ name, schema, plan, planNearby, reads }: Generator): Verb {
  return {
    name: `g ${name}`,
    schema,
    async run(options, context) {
      const opened = await openRepository(options, context);
      if (isResult(opened)) return opened;
      const mint = mintFrom(context.randomBytes);
      const dryRun = flagOption(options, 'dryRun');
      const nearby = await planNearby?.(opened.root, options, mint);
      if (nearby !== undefined) {
        const settings = usableSettings(nearby.snapshot);
        return isResult(settings) ? settings : scaffoldResult(opened.root, nearby.snapshot, nearby.outcome, dryRun);
      }
      const snapshot = await loadWorkingTreeSnapshot(opened.root, {
        ...platformFiles,
        wanted: ({ path }) => path === platformFile || reads(path, options),
      });
      const settings = usableSettings(snapshot);
      if (isResult(settings)) return settings;
      const outcome = await plan(snapshot, options, { mint, now: context.now().toISOString() });
      return scaffoldResult(opened.root, snapshot, outcome, dryRun);
    },
  };
}
