import { hasErrors, type Json, loadPlatform, planChange, quote } from '@idp/core';
import { loadCommitSnapshot, mergeBase, resolveCommit } from '@idp/git';
import { markdownPlan, prettyPlan } from '@idp/report';
import { loadWorkingPlatform } from '../context/load.ts';
import { openRepository, type Repository, wanted } from '../context/open-repository.ts';
import { refuseUnknown, selectedFindings, selectionOf } from '../context/selection.ts';
import { usableSettings } from '../context/usable-settings.ts';
import { exitCode } from '../exit-code.ts';
import { listOption, stringOption } from '../options.ts';
import { sourceLines } from '../output/source-lines.ts';
import { isResult, usage } from '../output/usage.ts';
import type { Verb, VerbResult } from '../verb.ts';
import schema from './schema.json' with { type: 'json' };

/**
 * `idp plan`: renders the base and the change, and says in which fields they differ. The base is where the
 * change left `--base`, so that what others merged meanwhile does not look like this change's doing.
 */
export const plan: Verb = {
  name: 'plan',
  schema,
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

async function commitPlatform({ root }: Repository, rev: string, option: string) {
  const commit = await loadCommitSnapshot(root, rev, { wanted });
  if (commit === undefined) return usage(`unknown-${option}`, `${quote(rev)} is not a commit here`, 'fetch it first');
  // A base that cannot be read well is what a change may be about to mend.
  const settings = option === 'head' ? usableSettings(commit.snapshot) : undefined;
  if (settings !== undefined && isResult(settings)) return settings;
  return { platform: loadPlatform(commit.snapshot), readLine: sourceLines(commit.snapshot) };
}

async function baseCommit({ root }: Repository, base: string, head: string): Promise<string | VerbResult> {
  const commit = (await resolveCommit(root, base)) ?? (await resolveCommit(root, `origin/${base}`));
  if (commit === undefined)
    return usage(
      'unknown-base',
      `${quote(base)} is not a commit or a branch here`,
      'fetch it, or name another with --base',
    );
  const from = await resolveCommit(root, head);
  if (from === undefined) return commit;
  const common = await mergeBase(root, commit, from);
  return (
    common ??
    usage(
      'no-common-base',
      `${quote(base)} and ${quote(head)} have no common history here`,
      'fetch more of it: `git fetch --unshallow`',
    )
  );
}
