import { hasErrors, type Json, planChange } from '@idp/core';
import { markdownPlan, prettyPlan } from '@idp/report';
import { baseCommit, commitPlatform } from '../context/base.ts';
import { loadWorkingPlatform } from '../context/load.ts';
import { openRepository } from '../context/open-repository.ts';
import { refuseUnknown, selectedFindings, selectionOf } from '../context/selection.ts';
import { exitCode } from '../exit-code.ts';
import { listOption, stringOption } from '../options.ts';
import { isResult } from '../output/usage.ts';
import type { Verb } from '../verb.ts';

/**
 * `idp plan`: renders the base and the change, and says in which fields they differ. The base is where the
 * change left `--base`, so that what others merged meanwhile does not look like this change's doing.
 */
export const plan: Pick<Verb, 'run'> = {
  async run(options, context) {
    const opened = await openRepository(options, context);
    if (isResult(opened)) return opened;
    const head = stringOption(options, 'head');
    const loaded =
      head === undefined ? await loadWorkingPlatform(options, context) : await commitPlatform(opened, head, 'head');
    if (isResult(loaded)) return loaded;
    const base = await baseCommit(
      opened,
      stringOption(options, 'base') ?? loaded.platform.settings.branch,
      head ?? 'HEAD',
      'base',
    );
    if (typeof base !== 'string') return base;
    const before = await commitPlatform(opened, base, 'base');
    if (isResult(before)) return before;
    const services = listOption(options, 'service');
    const environments = listOption(options, 'environment');
    const unknown = refuseUnknown([loaded.platform, before.platform], services, environments);
    if (unknown !== undefined) return unknown;
    context.progress('rendering before and after');
    const change = planChange(before.platform, loaded.platform, selectionOf(services, environments));
    const made = change.plan;
    const findings = selectedFindings(loaded.platform, change, services);
    return {
      exit: hasErrors(findings) ? exitCode.findings : exitCode.fine,
      findings,
      readLine: loaded.readLine,
      summary: { base, compared: made.compared, changed: made.services.length },
      data: { plan: made as unknown as Json },
      pretty: (style) => prettyPlan(made, style),
      markdown: () => markdownPlan(made),
    };
  },
};
