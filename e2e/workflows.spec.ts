import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lintWorkflow } from './testing/lint-workflow.ts';
import { type PlatformRepository, platformRepository, threeServices } from './testing/platform-repository.ts';
import { checkOut, runJob } from './testing/runner.ts';
import { readWorkflow, workflowsFolder } from './testing/workflow.ts';

/** The commits of the releases that we have looked at; a tag can be moved, a commit cannot. */
const pinned = new Map([
  ['actions/checkout', '3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1'],
  ['actions/setup-node', '820762786026740c76f36085b0efc47a31fe5020 # v7.0.0'],
  ['actions/cache', '55cc8345863c7cc4c66a329aec7e433d2d1c52a9 # v6.1.0'],
]);

describe.each(readdirSync(workflowsFolder))('%s', (file) => {
  it("is a workflow to GitHub's own parser", async () => {
    const { text } = await readWorkflow(file);
    expect(await lintWorkflow(file, text)).toEqual([]);
    // Breaking it proves that somebody looked.
    expect(await lintWorkflow(file, text.replace('timeout-minutes:', 'timeout-minute:'))).not.toEqual([]);
    expect(await lintWorkflow(file, text.replace('github.', 'githup.').replace('push:', 'pushed:'))).not.toEqual([]);
  });

  it('pins every action by commit', async () => {
    const { text } = await readWorkflow(file);
    const uses = [...text.matchAll(/uses: ([^@\s]+)@(.+)/g)];
    expect(uses.length).toBeGreaterThan(0);
    expect(uses.length).toBe([...text.matchAll(/uses:/g)].length);
    for (const [, action = '', version] of uses)
      expect({ action, version }).toEqual({ action, version: pinned.get(action) });
  });

  it('gives nothing that a job does not need, and no job for ever', async () => {
    const { workflow } = await readWorkflow(file);
    expect(workflow.permissions).toEqual({});
    const wanted = file === 'promote.yml' ? { contents: 'write' } : { contents: 'read' };
    for (const job of Object.values(workflow.jobs)) {
      expect(job.permissions).toEqual(wanted);
      expect(job['timeout-minutes']).toBeLessThanOrEqual(30);
      for (const step of job.steps)
        if (step.uses?.startsWith('actions/checkout@'))
          expect(step.with?.['persist-credentials']).toBe(file === 'promote.yml');
    }
    expect(Object.keys(workflow.on)).not.toContain('pull_request_target');
  });

  it('has one command of ours a step, and no text of a stranger in any', async () => {
    const { workflow } = await readWorkflow(file);
    const runs = Object.values(workflow.jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
    for (const run of runs) {
      expect(run).not.toContain('${{');
      expect(run.trim()).toMatch(
        /^(npm ci( --ignore-scripts)?|npm test|npx (nx|idp) [^;&|`$()\n]*("\$NX_BASE"[^;&|`$()\n]*>> "\$GITHUB_STEP_SUMMARY")?)$/,
      );
    }
  });
});

/** The reference company with Nx, and a service that can be built and tested without a network. */
async function company(): Promise<PlatformRepository> {
  const platform = await platformRepository([...threeServices, 'nx.json', 'tsconfig.base.json', '.env', '.gitignore']);
  const scripts = { build: 'node --eval "0"', test: 'node --eval "0"' };
  await platform.write(
    'services/storefront/package.json',
    JSON.stringify({ name: 'storefront', private: true, scripts }),
  );
  await platform.merge('Storefront is built here');
  return platform;
}

/** What GitHub offers for a pull request: its merge into main, as a commit of two parents. */
async function openPullRequest(platform: PlatformRepository, edit: () => Promise<void>): Promise<string> {
  await platform.git('checkout', '--quiet', '-b', 'change');
  await edit();
  await platform.git('commit', '--quiet', '--all', '--message', 'A change');
  await platform.git('checkout', '--quiet', 'main');
  await platform.git('merge', '--quiet', '--no-ff', '--message', 'Merge', 'change');
  await platform.git('push', '--quiet', 'origin', 'main:refs/pull/1/merge');
  await platform.git('reset', '--quiet', '--hard', 'origin/main');
  return checkOut(platform.remote, 'refs/pull/1/merge');
}

const base = "${{ github.event.merge_group.base_sha || 'HEAD^1' }}";
const pullRequest = { [base]: 'HEAD^1' };

describe('a pull request', () => {
  it('has what it affects built and tested, and its plan in the summary', async () => {
    const platform = await company();
    const checkout = await openPullRequest(platform, () =>
      platform.edit('services/storefront/score.yaml', 'storefront:4.12.0', 'storefront:4.13.0'),
    );
    const { workflow } = await readWorkflow('check.yml');
    const { affected, platform: judged } = workflow.jobs;
    if (affected === undefined || judged === undefined) throw new Error('check.yml has other jobs');

    const built = await runJob(workflow, affected, checkout, pullRequest);
    const nx = built.steps.at(-1);
    expect(nx).toMatchObject({ run: 'npx nx affected -t build,test', code: 0 });
    expect(nx?.stdout).toContain('storefront:build');
    expect(nx?.stdout).toContain('storefront:test');
    expect(nx?.stdout).not.toContain('payments:');

    const result = await runJob(workflow, judged, checkout, pullRequest);
    expect(result.steps.map(({ run, code, stdout }) => [run, code, stdout])).toEqual([
      ['npm ci', 0, ''],
      ['npx idp validate --format=github', 0, ''],
      ['npx idp check --format=github', 0, ''],
      ['npx idp plan --base="$NX_BASE" --format=markdown >> "$GITHUB_STEP_SUMMARY"', 0, ''],
    ]);
    expect(result.summary).toContain('storefront');
    expect(result.summary).toContain('4.13.0');
    expect(result.summary).not.toContain('payments');
  });

  it('is annotated with all that is wrong, still planned, and fails', async () => {
    const platform = await company();
    const checkout = await openPullRequest(platform, async () => {
      const image = /storefront:4\.12\.0@\S+/.exec(await platform.read('services/storefront/score.yaml'))?.[0] ?? '';
      await platform.edit('services/storefront/score.yaml', image, 'storefront:latest');
      await platform.edit('services/payments/score.yaml', '${resources.db.host}', '${resources.db.hots}');
    });
    const { workflow } = await readWorkflow('check.yml');
    const judged = workflow.jobs['platform'];
    if (judged === undefined) throw new Error('check.yml has other jobs');

    const result = await runJob(workflow, judged, checkout, pullRequest);
    expect(result.succeeded).toBe(false);
    expect(result.steps.map(({ code }) => code)).toEqual([0, 1, 1, 1]);
    const [, validated, checked] = result.steps;
    expect(validated?.stdout).toMatch(/^::error file=services\/payments\/score\.yaml,line=\d+,.*hots/m);
    // The log of the job has every finding with its line; annotations are limited.
    expect(validated?.stderr).toMatch(/\d+ \|.*resources\.db\.hots/);
    expect(checked?.stdout).toMatch(/^::error file=services\/storefront\/score\.yaml,line=\d+,.*latest/m);
    expect(result.summary).toContain('storefront:latest');
  });
});

it('plans a merge group from where it starts', async () => {
  const platform = await company();
  const start = (await platform.git('rev-parse', 'HEAD')).trim();
  await platform.edit('services/storefront/score.yaml', 'storefront:4.12.0', 'storefront:4.13.0');
  await platform.git('commit', '--quiet', '--all', '--message', 'One');
  await platform.edit('services/payments/score.yaml', 'LOG_LEVEL: info', 'LOG_LEVEL: warn');
  await platform.git('commit', '--quiet', '--all', '--message', 'Two');
  await platform.git('push', '--quiet', 'origin', 'main:refs/heads/gh-readonly-queue/main/pr-2');
  const checkout = await checkOut(platform.remote, 'refs/heads/gh-readonly-queue/main/pr-2');
  const { workflow } = await readWorkflow('check.yml');
  const judged = workflow.jobs['platform'];
  if (judged === undefined) throw new Error('check.yml has other jobs');

  const result = await runJob(workflow, judged, checkout, { [base]: start });
  expect(result.succeeded).toBe(true);
  expect(result.summary).toContain('4.13.0');
  expect(result.summary).toContain('payments');
});

it('promotes a merge to env/dev, once, in the name of the workflow', async () => {
  const platform = await company();
  const { workflow } = await readWorkflow('promote.yml');
  const { dev } = workflow.jobs;
  if (dev === undefined) throw new Error('promote.yml has other jobs');
  const checkout = await checkOut(platform.remote, 'refs/heads/main');

  expect(await runJob(workflow, dev, checkout, {})).toMatchObject({ succeeded: true });
  const log = await platform.remoteGit('log', '--format=%an|%ae|%s', 'env/dev');
  expect(log.trim()).toBe(
    'github-actions[bot]|41898282+github-actions[bot]@users.noreply.github.com|Promote 3 services to dev',
  );
  expect(await runJob(workflow, dev, checkout, {})).toMatchObject({ succeeded: true });
  expect((await platform.remoteGit('rev-list', '--count', 'env/dev')).trim()).toBe('1');
});
