import { hasErrors, surveyPlatform } from '@idp/core';
import { prettyManifests } from '@idp/report';
import { loadWorkingPlatform } from '../context/load.ts';
import { refuseUnknown, selectedFindings, selectionOf } from '../context/selection.ts';
import { exitCode } from '../exit-code.ts';
import { listOption } from '../options.ts';
import { isResult, usage } from '../output/usage.ts';
import type { Verb } from '../verb.ts';

/** A rendered tree as text: all that is kept of it. */
type WrittenTree = {
  readonly service: string;
  readonly environment: string;
  readonly release: string;
  readonly tree: string;
  readonly files: Readonly<Record<string, string>>;
};

/** `idp render`: plain Kubernetes manifests on standard output. */
export const render: Pick<Verb, 'run'> = {
  async run(options, context) {
    const loaded = await loadWorkingPlatform(options, context);
    if (isResult(loaded)) return loaded;
    const { platform, readLine } = loaded;
    const services = listOption(options, 'service');
    const environments = listOption(options, 'environment');
    const refused = refuseUnknown([platform], services, environments);
    if (refused !== undefined) return refused;
    if (platform.workloads.size === 0 || platform.environments.size === 0) {
      return usage(
        'nothing-to-render',
        'there is no service, or no environment, to render',
        'add them: `idp g service`, environments/<name>.yaml',
      );
    }
    const trees: WrittenTree[] = [];
    const survey = surveyPlatform(platform, selectionOf(services, environments), (evaluated) => {
      for (const { service, environment, release, digest, files } of evaluated.trees.values())
        trees.push({ service, environment, release, tree: digest, files: Object.fromEntries(files) });
    });
    const findings = selectedFindings(platform, survey, services);
    const files = trees.flatMap((tree) =>
      Object.entries(tree.files).map(([path, content]) => ({ environment: tree.environment, path, content })),
    );
    const several = survey.environments.length > 1;
    return {
      exit: hasErrors(findings) ? exitCode.findings : exitCode.fine,
      findings,
      readLine,
      summary: { services: survey.services, trees: trees.length, files: files.length },
      data: { trees },
      pretty: () => '',
      document: prettyManifests(
        files.map(({ environment, path, content }) => ({ path: several ? `${environment}: ${path}` : path, content })),
      ),
    };
  },
};
