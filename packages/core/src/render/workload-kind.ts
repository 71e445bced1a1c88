import { child, descend, isList, sortedEntries, type Traced } from '../provenance/traced.ts';
import { mountsOf } from '../workload/mounts.ts';
import { volumeNamed } from '../workload/volume-source.ts';
import type { WorkloadKind } from './kubernetes.ts';

/**
 * What runs the pods: a StatefulSet where a container mounts a volume that is kept and that every pod has for itself. It
 * goes by what is written alone: templates, whose outputs a size may come from, see it too.
 */
export function workloadKindOf(renderer: string, score: Traced): WorkloadKind {
  if (renderer === '1') return 'Deployment';
  const mounts = sortedEntries(child(score, 'containers')).flatMap(([, container]) => mountsOf(container, 'volumes'));
  const ofPods = mounts.some(({ node }) => {
    const name = volumeNamed(child(node, 'source'), score);
    const params = name === undefined ? undefined : descend(score, ['resources', name, 'params']);
    return child(params, 'size') !== undefined && !isSharedByPods(params);
  });
  return ofPods ? 'StatefulSet' : 'Deployment';
}

/** Whether all pods mount one claim: its access modes say that many may. */
export function isSharedByPods(params: Traced | undefined): boolean {
  const modes = child(params, 'accessModes');
  return isList(modes) && modes.content.some(({ content }) => typeof content === 'string' && content.endsWith('Many'));
}
