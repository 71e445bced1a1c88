import type { Finding } from '../finding/finding.ts';
import type { KubernetesTypes } from '../kubernetes/kubernetes-types.ts';
import { objectProblems } from '../kubernetes/object-problems.ts';
import type { ManifestPlaces } from './check-manifests.ts';
import type { Manifest } from './manifest.ts';

/**
 * What Kubernetes does not read in a manifest of anywhere as it is written there: with a misspelt field an object passes policies
 * for the wrong reason. Whose manifest it is mends it, so that it is a warning.
 */
export function manifestProblems(
  manifest: Manifest,
  types: KubernetesTypes,
  places: ManifestPlaces,
): readonly Finding[] {
  return objectProblems(manifest.object, types).map(
    ({ path, part, message, hint }): Finding => ({
      code: 'manifest/not-of-its-kind',
      severity: 'warning',
      message,
      hint: hint ?? 'policies judge it as it is written; the API server refuses or drops it',
      ...places.locate(manifest, path, part),
    }),
  );
}
