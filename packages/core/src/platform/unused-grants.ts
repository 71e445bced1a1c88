import type { Capability } from '../capability/capability.ts';
import { didYouMean, quote } from '../finding/did-you-mean.ts';
import type { Finding } from '../finding/finding.ts';
import type { Source } from '../source/source.ts';
import type { Grant } from './grant.ts';

/** A grant that nothing uses waits for whoever takes the name: it is taken back, or it was misspelt. */
export function unusedGrants(
  grants: readonly Grant[],
  capabilities: ReadonlyMap<string, Capability>,
  broken: ReadonlySet<string>,
  source: Source | undefined,
): readonly Finding[] {
  const warn = (message: string, hint: string, pointer: readonly (string | number)[]): Finding => ({
    code: 'platform/unused-grant',
    severity: 'warning',
    message,
    hint,
    ...source?.locate(['spec', 'grants', ...pointer]),
  });
  return grants.flatMap(({ capability: name, kinds }, index): readonly Finding[] => {
    const capability = capabilities.get(name);
    if (broken.has(name)) return [];
    if (capability === undefined) {
      const hint = didYouMean(name, capabilities.keys()) ?? 'take the grant back';
      return [warn(`there is no capability ${quote(name)} to grant anything to`, hint, [index, 'capability'])];
    }
    const declared = capability.document.spec.objects?.clusterScoped ?? [];
    return kinds.flatMap((kind, at): readonly Finding[] => {
      if (declared.includes(kind)) return [];
      const hint = didYouMean(kind, declared) ?? 'take it out of the grant';
      return [warn(`${name} does not declare the cluster-scoped kind ${quote(kind)}`, hint, [index, 'kinds', at])];
    });
  });
}
