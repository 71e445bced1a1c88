import { didYouMean, quote } from '../finding/did-you-mean.ts';
import type { Finding } from '../finding/finding.ts';
import { type Grant, isGranted } from '../platform/grant.ts';
import type { Capability } from './capability.ts';

/**
 * Cluster-scoped kinds that a capability declares and nobody granted: one service's pull request must not give rights,
 * or take away classes, in a cluster that many share (design, section 5, "Ownership of objects").
 */
export function ungrantedKinds(
  capabilities: ReadonlyMap<string, Capability>,
  grants: readonly Grant[],
): readonly Finding[] {
  return [...capabilities.values()].flatMap(({ name, document, source }) =>
    (document.spec.objects?.clusterScoped ?? []).flatMap((kind, index): readonly Finding[] => {
      if (isGranted(grants, name, kind)) return [];
      const granted = grants.flatMap((grant) => (grant.capability === name ? grant.kinds : []));
      const hint = `the platform team grants it: \`grants: [{ capability: ${name}, kinds: [${kind}] }]\` in \`spec\` of idp.yaml`;
      return [
        {
          code: 'capability/not-granted',
          severity: 'error',
          message: `the platform does not grant ${name} the cluster-scoped kind ${quote(kind)}`,
          hint: granted.length === 0 ? hint : (didYouMean(kind, granted) ?? hint),
          ...source.locate(['spec', 'objects', 'clusterScoped', index]),
        },
      ];
    }),
  );
}
