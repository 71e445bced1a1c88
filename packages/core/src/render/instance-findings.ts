import type { Environment } from '../environment/environment.ts';
import type { Finding } from '../finding/finding.ts';
import type { Platform } from '../platform/platform.ts';
import { child, sortedEntries, stringIn } from '../provenance/traced.ts';
import type { Resolution } from '../resolve/resolution.ts';
import { TargetInstances } from './target-instances.ts';

/**
 * What can be said of a service in one environment without making an object: its parameters by the schemas of
 * its capabilities, what its outputs come to, what is not offered there, which images are missing. Templates,
 * patches and ownership of objects are judged where objects are made, by `render`.
 */
export function instanceFindings(
  resolution: Resolution,
  environment: Environment,
  platform: Platform,
): readonly Finding[] {
  return environment.document.spec.targets.flatMap((_, target) => {
    const instances = new TargetInstances({ resolution, environment, platform, target });
    for (const use of instances.usesHere()) instances.instance(use);
    for (const [name, container] of sortedEntries(child(instances.score, 'containers')))
      if (stringIn(child(container, 'image')) === '.') instances.builtImage(name);
    for (const [name] of sortedEntries(child(instances.score, 'resources'))) instances.volume(name);
    return instances.findings;
  });
}
