import { evaluateServices, type Json, loadPlatform, type ServiceStatus, statusOf } from '@idp/core';
import { environmentBranches, fetchBranch, loadCommitSnapshot } from '@idp/git';
import { type Cell, table } from '@idp/report';
import { openRepository, platformFiles, workingTreeSettings } from '../context/open-repository.ts';
import { remoteFailure } from '../context/remote-failure.ts';
import { refuseUnknown, selectionOf } from '../context/selection.ts';
import { usableSettings } from '../context/usable-settings.ts';
import { exitCode } from '../exit-code.ts';
import { listOption } from '../options.ts';
import { isResult, usage } from '../output/usage.ts';
import type { Verb } from '../verb.ts';

/** `idp status`: the main branch's releases against what every environment's branch records. */
export const status: Pick<Verb, 'run'> = {
  async run(options, context) {
    const opened = await openRepository(options, context);
    if (isResult(opened)) return opened;
    const settings = await workingTreeSettings(opened);
    if (isResult(settings)) return settings;
    const { remote, branch } = settings;
    context.progress(`fetching ${remote}`);
    const main = await fetchBranch(opened.root, remote, branch);
    if (main.kind !== 'fetched') return remoteFailure(main);
    const source =
      main.value === undefined ? undefined : await loadCommitSnapshot(opened.root, main.value, platformFiles);
    if (source === undefined) return usage('no-branch', `${remote} has no branch ${branch}`, 'push it first');
    const merged = usableSettings(source.snapshot);
    if (isResult(merged)) return merged;
    const platform = loadPlatform(source.snapshot);
    const services = listOption(options, 'service');
    const refused = refuseUnknown([platform], services, []);
    if (refused !== undefined) return refused;
    const branches = await environmentBranches(opened.root, remote, { now: context.now() }).read(
      [...platform.environments.values()].map((environment) => environment.branch),
    );
    if (branches.kind !== 'fetched') return remoteFailure(branches);
    const rows = statusOf(platform, evaluateServices(platform, selectionOf(services, [])), branches.value).filter(
      ({ service }) => services.length === 0 || services.includes(service),
    );
    if (rows.length === 0) return usage('nothing', 'there is no service, or no environment, to show', undefined);
    const environments = [...platform.environments.keys()];
    return {
      exit: exitCode.fine,
      findings: [],
      summary: {
        commit: source.commit,
        services: new Set(rows.map(({ service }) => service)).size,
        environments: environments.length,
      },
      data: {
        status: rows.map((row) =>
          Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)),
        ) as unknown as Json,
      },
      pretty: ({ colour }) =>
        `${statusTable(rows, environments, colour).trimEnd()}\n\n${remote}/${branch} is ${source.commit.slice(0, 12)}; ✔ has its release, ✱ has an older one, – does not have the service, ✘ the service has findings, ? gone or unreadable`,
      markdown: () =>
        [
          '| service | environment | state | release |',
          '|---|---|---|---|',
          ...rows.map((row) => `| ${row.service} | ${row.environment} | ${row.state} | ${short(row.release)} |`),
        ].join('\n'),
    };
  },
};

const marks: Readonly<Record<ServiceStatus['state'], readonly [string, 'good' | 'bad' | 'warn' | 'dim']>> = {
  current: ['✔', 'good'],
  behind: ['✱', 'warn'],
  absent: ['–', 'dim'],
  invalid: ['✘', 'bad'],
  gone: ['? gone', 'warn'],
  unreadable: ['? unreadable', 'bad'],
};

function statusTable(rows: readonly ServiceStatus[], environments: readonly string[], colour: boolean): string {
  const services = [...new Set(rows.map(({ service }) => service))];
  const cells = services.map((service): readonly Cell[] => [
    service,
    ...environments.map((environment): Cell => {
      const row = rows.find((candidate) => candidate.service === service && candidate.environment === environment);
      if (row === undefined) return '';
      const [mark, tone] = marks[row.state];
      return { text: row.release === undefined ? mark : `${mark} ${short(row.release)}`, tone };
    }),
  ]);
  return table(cells, { headers: ['service', ...environments], colour });
}

function short(digest: string | undefined): string {
  return digest === undefined ? '' : digest.slice('sha256:'.length, 'sha256:'.length + 8);
}
