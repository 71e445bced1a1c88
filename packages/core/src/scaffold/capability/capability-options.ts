/** What a producer asks for. */
export interface CapabilityOptions {
  readonly name: string;
  /** `team-data` or `group:default/team-data`. */
  readonly owner: string;
  readonly provides: 'resource' | 'workload';
  /** What a resource renders, as `spec.objects.kinds` writes it: `v1/ConfigMap`. */
  readonly kind: string;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
}

/** `s3.services.k8s.aws/v1alpha1/Bucket` in its parts; the core group is `''`. */
export interface ObjectKind {
  readonly group: string;
  readonly apiVersion: string;
  readonly kind: string;
}

/** The parts of a kind, or `undefined` for a text that is none. */
export function parseKind(text: string): ObjectKind | undefined {
  const [, group = '', version, kind] =
    /^(?:([a-z0-9][a-z0-9.-]*)\/)?(v[a-z0-9]+)\/([A-Z][A-Za-z0-9]*)$/.exec(text) ?? [];
  if (version === undefined || kind === undefined) return undefined;
  return { group, apiVersion: group === '' ? version : `${group}/${version}`, kind };
}

/** What the files of a new capability are made of: the options, checked and completed. */
export interface CapabilitySkeleton {
  readonly name: string;
  /** The first line of the contract, by which editors find its schema; nothing where the repository has none. */
  readonly schemaLine: string;
  readonly title: string;
  readonly description: string;
  /** A whole reference. */
  readonly owner: string;
  readonly kind: ObjectKind;
  /** An environment of the repository, for the fixture and the policy. */
  readonly environment: string;
}
