import {
  type BranchState,
  checkService,
  promote as decide,
  deployedIn,
  environmentFile,
  evaluateServices,
  type Finding,
  hasErrors,
  type Json,
  loadPlatform,
  type Platform,
  type PlatformSettings,
  quote,
  readRecord,
  recordedServices,
  WaiversInForce,
} from '@idp/core';
import { environmentBranches, fetchBranch, isAncestor, loadCommitSnapshot, resolveCommit } from '@idp/git';
import {
  openRepository,
  platformFiles,
  type Repository,
  workingTree,
  workingTreeSettings,
} from '../context/open-repository.ts';
import { loadPolicies } from '../context/policies.ts';
import { remoteFailure } from '../context/remote-failure.ts';
import { refuseUnknown, selectionOf } from '../context/selection.ts';
import { usableSettings } from '../context/usable-settings.ts';
import { watched } from '../context/watchdog.ts';
import { exitCode } from '../exit-code.ts';
import { flagOption, listOption, stringOption } from '../options.ts';
import { sourceLines } from '../output/source-lines.ts';
import { failed, isResult, usage } from '../output/usage.ts';
import type { Verb, VerbContext, VerbResult } from '../verb.ts';
import { promotionResult } from './promotion-result.ts';

/**
 * `idp promote`: fetches, renders the main branch, decides, and pushes one commit by compare-and-swap. A lost
 * race changes nothing and starts over from a fresh state of the branch, a bounded number of times.
 */
export const promote: Pick<Verb, 'run'> = {
  async run(options, context) {
    const opened = await openRepository(options, context);
    if (isResult(opened)) return opened;
    const settings = await workingTreeSettings(opened);
    if (isResult(settings)) return settings;
    const { remote, branch } = settings;
    const source = await sourceCommit(opened, remote, branch, stringOption(options, 'source'), context);
    if (typeof source !== 'string') return source;
    const commit = await loadCommitSnapshot(opened.root, source, platformFiles);
    if (commit === undefined) return usage('unknown-source', `${quote(source)} is not a commit here`, 'fetch it first');
    const promotedSettings = usableSettings(commit.snapshot);
    if (isResult(promotedSettings)) return promotedSettings;
    if (promotedSettings.branch !== branch || promotedSettings.remote !== remote)
      return otherSettings(source, settings, promotedSettings);
    const readLine = sourceLines(commit.snapshot);
    const platform = loadPlatform(commit.snapshot);
    const to = stringOption(options, 'to') ?? '';
    const environment = platform.environments.get(to);
    const services = listOption(options, 'service');
    // A branch or a target that is wrong in the environment's own file: nothing may be written by it.
    const broken = platform.findings.filter(({ path }) => path !== undefined && environmentFile(path) === to);
    if (hasErrors(broken)) return { ...failed(exitCode.findings, broken, { to, source }), readLine };
    if (
      environment === undefined &&
      (await workingTree(opened, { wanted: () => false })).entry(`environments/${to}.yaml`)
    )
      return usage(
        'environment-not-merged',
        `${quote(to)} is in your working tree, but not in ${source.slice(0, 12)}: only what was merged is promoted`,
        'merge it and push first',
      );
    const refused = refuseUnknown([platform], services, [to]);
    if (refused !== undefined || environment === undefined) return refused ?? failed(exitCode.bug, []);
    const { engine: unwatched, findings: policyProblems } = loadPolicies(platform, context.now());
    const engine = watched(unwatched, context.now);
    if (hasErrors(policyProblems)) return { ...failed(exitCode.findings, policyProblems), readLine };
    // Problems of no service in particular (a group that is gone) are said, but block nobody.
    const unchecked: readonly Finding[] = engine.policies > 0 ? [] : [noPolicies];
    const general = platform.findings
      .filter(({ path, severity }) => severity === 'error' && !path?.startsWith('services/'))
      .map((finding): Finding => ({ ...finding, severity: 'warning' }))
      .concat(unchecked);
    const branches = environmentBranches(opened.root, remote, { now: context.now() });
    const retries = typeof options['retries'] === 'number' ? options['retries'] : 3;
    const waivers = new WaiversInForce(platform.waivers, context.now().toISOString());
    for (let attempt = 0; attempt <= retries; attempt += 1) {
      context.progress(`reading ${environment.branch}`);
      const read = await branches.read([environment.branch]);
      if (read.kind !== 'fetched') return remoteFailure(read);
      const [state] = read.value;
      if (state === undefined) return failed(exitCode.bug, []);
      // The tip of main is never older than what came from it; only a commit that somebody names can be.
      const named = stringOption(options, 'source') !== undefined;
      const newer = named ? await newerRelease(opened, source, state, environment.name) : undefined;
      if (newer !== undefined) return backwards(source, newer, environment.branch);
      context.progress(`rendering ${environment.name}`);
      const deployed = deployedIn(new Map([[environment.name, state.snapshot]]));
      const decision = decide({
        environment,
        commit: source,
        services: evaluateServices(platform, selectionOf(services, [to])),
        unreadable: unreadableServices(platform, services),
        judge: (evaluated) => checkService(evaluated, { engine, waivers }, deployed).findings,
        branch: state,
        now: context.now().toISOString(),
        whole: services.length === 0,
      });
      const finished = {
        decision,
        environment: environment.name,
        branch: environment.branch,
        source,
        general,
        readLine,
      };
      if (decision.kind !== 'commit' || flagOption(options, 'dryRun'))
        return promotionResult({ ...finished, commit: undefined });
      context.progress(`pushing ${environment.branch}`);
      const pushed = await branches.push([decision.update]);
      if (pushed.kind === 'pushed') return promotionResult({ ...finished, commit: pushed.commits[environment.branch] });
      if (pushed.kind !== 'lost-race') return remoteFailure(pushed);
    }
    return failed(
      exitCode.lostRace,
      [
        {
          code: 'promote/lost-race',
          severity: 'error',
          message: `${environment.branch} moved ${retries + 1} times while this promotion tried to write it; nothing was changed`,
          hint: 'run it again',
        },
      ],
      { to, source },
    );
  },
};

/** A commit on the branch's records that the source is an ancestor of: going there would be going back. */
async function newerRelease(
  { root }: Repository,
  source: string,
  { snapshot }: BranchState,
  environment: string,
): Promise<string | undefined> {
  const commits = recordedServices(snapshot).flatMap((service) => {
    const found = readRecord(snapshot, service, environment);
    return found.kind === 'record' ? [found.record.source.commit] : [];
  });
  for (const commit of new Set(commits)) {
    if (commit === source || (await resolveCommit(root, commit)) === undefined) continue;
    if (await isAncestor(root, source, commit)) return commit;
  }
  return undefined;
}

function backwards(source: string, newer: string, branch: string): VerbResult {
  const message = `${branch} has releases of ${newer.slice(0, 12)} already, which is newer than ${source.slice(0, 12)}`;
  const hint = 'promote a newer commit; to go back, revert the change on the main branch';
  return failed(exitCode.conflict, [{ code: 'promote/backwards', severity: 'error', message, hint }], { source });
}

const noPolicies: Finding = {
  code: 'promote/no-policies',
  severity: 'warning',
  message: 'there are no policies: nothing of what is promoted was checked',
  hint: 'add one below policies/',
};

/** The working tree says where main is; the commit that comes from there has to agree. */
function otherSettings(source: string, here: PlatformSettings, there: PlatformSettings): VerbResult {
  const message = `idp.yaml here says ${here.remote}/${here.branch}, and at ${source.slice(0, 12)} it says ${there.remote}/${there.branch}`;
  const hint = 'bring the working tree up to date: `git pull`';
  return failed(exitCode.conflict, [{ code: 'promote/other-settings', severity: 'error', message, hint }], { source });
}

/** The selected services whose Score file cannot be read, with what is wrong in their folders. */
function unreadableServices(platform: Platform, selected: readonly string[]): ReadonlyMap<string, readonly Finding[]> {
  const names = [...platform.unreadableServices].filter((name) => selected.length === 0 || selected.includes(name));
  return new Map(
    names.map((name) => [name, platform.findings.filter(({ path }) => path?.startsWith(`services/${name}/`))]),
  );
}

/** The tip of the main branch on the remote, or a commit that is on it. */
async function sourceCommit(
  { root }: Repository,
  remote: string,
  branch: string,
  asked: string | undefined,
  context: VerbContext,
): Promise<string | VerbResult> {
  context.progress(`fetching ${remote}`);
  const main = await fetchBranch(root, remote, branch);
  if (main.kind !== 'fetched') return remoteFailure(main);
  if (main.value === undefined) return usage('no-branch', `${remote} has no branch ${branch}`, 'push it first');
  if (asked === undefined) return main.value;
  const commit = await resolveCommit(root, asked);
  if (commit === undefined) return usage('unknown-source', `${quote(asked)} is not a commit here`, 'fetch it first');
  if (await isAncestor(root, commit, main.value)) return commit;
  return failed(
    exitCode.conflict,
    [
      {
        code: 'promote/not-merged',
        severity: 'error',
        message: `${quote(asked)} is not on ${remote}/${branch}: only what was merged is promoted`,
        hint: 'merge it first',
      },
    ],
    { source: commit } satisfies Record<string, Json>,
  );
}
