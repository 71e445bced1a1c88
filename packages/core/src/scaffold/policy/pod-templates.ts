import type { JsonObject } from '../../json/json.ts';
import type { SubjectShape } from './policy-subjects.ts';

/** The kinds that pods are made from, and pods, as `resourceRules` names them. */
export const podResources: readonly (readonly [group: string, resources: readonly string[]])[] = [
  ['', ['pods', 'replicationcontrollers', 'podtemplates']],
  ['apps', ['deployments', 'statefulsets', 'daemonsets', 'replicasets']],
  ['batch', ['jobs', 'cronjobs']],
];

/** CEL for the pod in any of them. */
export const podExpression = `object.kind == 'Pod' ? object
: object.kind == 'CronJob' ? object.spec.jobTemplate.spec.template
: object.kind == 'PodTemplate' ? object.template
: object.spec.template`;

const selector = { matchLabels: { 'app.kubernetes.io/name': 'checkout' } };
const makers: readonly ((template: JsonObject) => JsonObject)[] = [
  (template) => ({ apiVersion: 'apps/v1', kind: 'Deployment', spec: { selector, template } }),
  (template) => ({
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    spec: { schedule: '0 4 * * *', jobTemplate: { spec: { template: withRestarts(template) } } },
  }),
  (template) => ({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    spec: { serviceName: 'checkout', selector, template },
  }),
  ({ metadata, spec }) => ({ apiVersion: 'v1', kind: 'Pod', metadata: metadata ?? {}, spec: spec ?? {} }),
];

/** The pod of a shape in one of what makes it, another for each position. */
export function podIn({ spec }: SubjectShape, annotations: JsonObject, position: number): JsonObject {
  const labels = selector.matchLabels;
  const some = Object.keys(annotations).length > 0;
  const maker = makers[position % makers.length];
  return maker?.({ metadata: { labels, ...(some && { annotations }) }, spec }) ?? {};
}

function withRestarts({ metadata, spec }: JsonObject): JsonObject {
  return { metadata: metadata ?? {}, spec: { ...(spec as JsonObject), restartPolicy: 'Never' } };
}
