import type { JsonObject } from '../../json/json.ts';

/** What a policy can be written over, in the words of `resourceRules`, with an object that is right in all else. */
export interface SubjectShape {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Where a person writes its annotations. */
  readonly file: string;
  readonly namespaced?: true;
  readonly spec: JsonObject;
  /** It stands in the objects that pods are made from as well: in their template. */
  readonly inTemplates?: true;
}

const main = { name: 'main', image: 'registry.example.com/acme/checkout:1.4.2' };
const labels = { 'app.kubernetes.io/name': 'checkout' };
const pods = { metadata: { labels }, spec: { containers: [main] } };
const inScore = 'services/<name>/score.yaml, or a template of a capability';
const shape = (group: string, kind: string, spec: JsonObject, file: string): SubjectShape => ({
  group,
  version: group === 'backstage.io' ? 'v1alpha1' : 'v1',
  kind,
  file,
  spec,
});
const entity = (kind: string, spec: JsonObject, file = 'catalog/'): SubjectShape =>
  shape('backstage.io', kind, { ...spec, owner: 'group:default/team-payments' }, file);
const rendered = (group: string, kind: string, spec: JsonObject): SubjectShape => ({
  ...shape(group, kind, spec, inScore),
  namespaced: true,
});

/** The kinds that `idp g policy` writes policies over, by the name that it is told. */
export const policySubjects = {
  components: entity('Component', { type: 'service', lifecycle: 'production' }, 'services/<name>/catalog-info.yaml'),
  apis: entity('API', { type: 'openapi', lifecycle: 'production', definition: 'openapi: 3.1.0' }),
  systems: entity('System', { domain: 'payments' }),
  workloads: {
    group: 'score.dev',
    version: 'v1b1',
    kind: 'Workload',
    file: 'services/<name>/score.yaml',
    spec: { containers: { main: { image: '.' } } },
  },
  pods: { ...rendered('', 'Pod', pods.spec), inTemplates: true },
  deployments: rendered('apps', 'Deployment', { selector: { matchLabels: labels }, template: pods }),
  statefulsets: rendered('apps', 'StatefulSet', {
    serviceName: 'checkout',
    selector: { matchLabels: labels },
    template: pods,
  }),
  cronjobs: rendered('batch', 'CronJob', {
    schedule: '0 4 * * *',
    jobTemplate: { spec: { template: { spec: { ...pods.spec, restartPolicy: 'Never' } } } },
  }),
  services: rendered('', 'Service', { selector: labels, ports: [{ name: 'http', port: 80 }] }),
} as const satisfies Readonly<Record<string, SubjectShape>>;

/** A name of `policySubjects`. */
export type PolicySubject = keyof typeof policySubjects;
