import type { Environment } from '../environment/environment.ts';
import { type Finding, hasErrors, type Outcome } from '../finding/finding.ts';
import type { Platform } from '../platform/platform.ts';
import type { Resolution } from '../resolve/resolution.ts';
import { clusterConflicts } from './cluster-owners.ts';
import { renderTarget } from './render-target.ts';
import { type RenderedTarget, type RenderedTree, treeOf } from './rendered-tree.ts';

/**
 * Renders one service in one environment: plain Kubernetes manifests for each of its targets, byte-identical
 * on every run. Reads the resolution and the environment, nothing else.
 *
 * @returns no tree when something of it could not be rendered: half a service is never deployed
 */
export function render(resolution: Resolution, environment: Environment, platform: Platform): Outcome<RenderedTree> {
  const findings: Finding[] = [];
  const targets: Omit<RenderedTarget, 'digest'>[] = [];
  environment.document.spec.targets.forEach(({ name }, target) => {
    const rendered = renderTarget({ resolution, platform, environment, target });
    findings.push(...rendered.findings);
    targets.push({ target: name, objects: rendered.objects });
  });
  if (!hasErrors(findings)) findings.push(...clusterConflicts(resolution.service, targets, environment, platform));
  if (hasErrors(findings)) return { findings };
  return { value: treeOf(resolution, environment.name, targets), findings };
}
