/** A kind of file that policies judge beside what is rendered. */
export interface SubjectKind {
  readonly apiVersion: string;
  readonly kind: string;
  /** As `matchConstraints.resourceRules` names it. */
  readonly resource: string;
  /** Where such files lie. */
  readonly files: string;
  /** What `catalog.entity` is; `undefined` where nobody in the catalog stands behind it. */
  readonly entity?: 'itself' | 'the component of its service';
}

const backstage = (kind: string, resource: string): SubjectKind => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  resource,
  files: '`catalog/**/*.yaml`, `services/*/catalog-info.yaml`, and what Locations there lead to',
  entity: 'itself',
});

const own = (kind: string, resource: string, files: string, entity?: SubjectKind['entity']): SubjectKind => ({
  apiVersion: 'idp.internal/v1alpha1',
  kind,
  resource,
  files,
  ...(entity !== undefined && { entity }),
});

const ofService = 'the component of its service';

/**
 * What is judged beside rendered objects, as policies match it. A record of a promotion is none of these: it is written
 * by the tool, on a branch that nobody edits.
 */
export const subjectKinds: readonly SubjectKind[] = [
  backstage('Component', 'components'),
  backstage('API', 'apis'),
  backstage('Resource', 'resources'),
  backstage('System', 'systems'),
  backstage('Domain', 'domains'),
  backstage('Group', 'groups'),
  backstage('User', 'users'),
  backstage('Location', 'locations'),
  { ...backstage('Template', 'templates'), apiVersion: 'scaffolder.backstage.io/v1beta3' },
  {
    apiVersion: 'score.dev/v1b1',
    kind: 'Workload',
    resource: 'workloads',
    files: '`services/*/score.yaml` with `services/*/environments/<environment>.yaml` over it',
    entity: ofService,
  },
  own('Platform', 'platforms', '`idp.yaml`'),
  own('Environment', 'environments', '`environments/*.yaml`'),
  own('Capability', 'capabilities', '`capabilities/*/capability.yaml`'),
  own('Lock', 'locks', '`services/*/.idp/lock.yaml`', ofService),
  own('Waiver', 'waivers', '`policies/waivers/*.yaml`'),
  own('Workflow', 'workflows', '`.github/workflows/*.yaml`'),
  own(
    'Dockerfile',
    'dockerfiles',
    '`services/**/Dockerfile`, `Dockerfile.*`, `*.Dockerfile`, and the same with `Containerfile`',
    ofService,
  ),
];

const fileGroups: ReadonlySet<string | undefined> = new Set(
  subjectKinds.map(({ apiVersion }) => apiVersion.split('/')[0]),
);

/** Whether an API group is one of these kinds: no cluster serves it, and all of its kinds are known. */
export function isFileGroup(group: string): boolean {
  return fileGroups.has(group);
}
