import {
  checkService,
  promote as decide,
  environmentFile,
  evaluateServices,
  type Finding,
  hasErrors,
  type Json,
  loadPlatform,
  type Platform,
  quote,
} from '@idp/core';
import { environmentBranches, fetchBranch, isAncestor, loadCommitSnapshot, resolveCommit } from '@idp/git';
import { openRepository, type Repository, wanted, workingTreeSettings } from '../context/open-repository.ts';
import { loadPolicies } from '../context/policies.ts';
import { remoteFailure } from '../context/remote-failure.ts';
import { refuseUnknown, selectionOf } from '../context/selection.ts';
import { usableSettings } from '../context/usable-settings.ts';
import { exitCode } from '../exit-code.ts';
import { flagOption, listOption, stringOption } from '../options.ts';
import { sourceLines } from '../output/source-lines.ts';
import { failed, isResult, usage } from '../output/usage.ts';
import type { Verb, VerbContext, VerbResult } from '../verb.ts';
import { promotionResult } from './promotion-result.ts';
import schema from './schema.json' with { type: 'json' };

/**
 * `idp promote`: fetches, renders the main branch, decides, and pushes one commit by compare-and-swap. A lost
 * race changes nothing and starts over from a fresh state of the branch, a bounded number of times.
 */
export const promote: Verb = {
  name: 'promote',
  schema,
  async run(options, context) {
    const opened = await openRepository(options, context);
    if (isResult(opened)) return opened;
    const settings = await workingTreeSettings(opened);
    if (isResult(settings)) return settings;
    const { remote, branch } = settings;
    const source = await sourceCommit(opened, remote, branch, stringOption(options, 'source'), context);
    if (typeof source !== 'string') return source;
    const commit = await loadCommitSnapshot(opened.root, source, { wanted });
    if (commit === undefined) return usage('unknown-source', `${quote(source)} is not a commit here`, 'fetch it first');
    const promotedSettings = usableSettings(commit.snapshot);
    if (isResult(promotedSettings)) return promotedSettings;
    const readLine = sourceLines(commit.snapshot);
    const platform = loadPlatform(commit.snapshot);
    const to = stringOption(options, 'to') ?? '';
    const environment = platform.environments.get(to);
    const services = listOption(options, 'service');
    // A branch or a target that is wrong in the environment's own file: nothing may be written by it.
    const broken = platform.findings.filter(({ path }) => path !== undefined && environmentFile(path) === to);
    if (hasErrors(broken)) return { ...failed(exitCode.findings, broken, { to, source }), readLine };
    const refused = refuseUnknown([platform], services, [to]);
    if (refused !== undefined || environment === undefined) return refused ?? failed(exitCode.bug, []);
    const { engine, findings: policyProblems } = loadPolicies(platform.policies);
    if (hasErrors(policyProblems)) return { ...failed(exitCode.findings, policyProblems), readLine };
    // Problems of no service in particular (a group that is gone) are said, but block nobody.
    const general = platform.findings
      .filter(({ path, severity }) => severity === 'error' && !path?.startsWith('services/'))
      .map((finding): Finding => ({ ...finding, severity: 'warning' }));
    const branches = environmentBranches(opened.root, remote, { now: context.now() });
    const retries = typeof options['retries'] === 'number' ? options['retries'] : 3;
    for (let attempt = 0; attempt <= retries; attempt += 1) {
      context.progress(`reading ${environment.branch}`);
      const read = await branches.read([environment.branch]);
      if (read.kind !== 'fetched') return remoteFailure(read);
      const [state] = read.value;
      if (state === undefined) return failed(exitCode.bug, []);
      context.progress(`rendering ${environment.name}`);
      const decision = decide({
        environment,
        commit: source,
        services: evaluateServices(platform, selectionOf(services, [to])),
        unreadable: unreadableServices(platform, services),
        judge: (evaluated) => checkService(evaluated, engine).findings,
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
