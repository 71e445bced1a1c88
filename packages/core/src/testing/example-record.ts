import type { ReleaseRecord } from '../schema/record.schema.ts';

const digest = `sha256:${'0'.repeat(64)}` as const;

/** What a promotion of the example's service to dev leaves on the branch, of a release that was made at a commit. */
export function exampleRecord(commit: string): ReleaseRecord {
  return {
    apiVersion: 'idp.internal/v1alpha1',
    kind: 'Record',
    service: 'checkout',
    environment: 'dev',
    namespace: 'checkout',
    release: digest,
    tree: digest,
    targets: {},
    source: { commit },
    renderer: '2',
    capabilities: {},
    instances: {},
    manifests: [],
    retained: [],
    detached: [],
    soakStart: '2026-11-21T09:00:00.000Z',
  };
}
