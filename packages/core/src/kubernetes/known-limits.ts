import type { JsonObject } from '../json/json.ts';

const port = { minimum: 1, maximum: 65_535 };
/** Of a node or a host: 0 is how these say that there is none. */
const optionalPort = { minimum: 0, maximum: 65_535 };
const count = { minimum: 0 };
const portOrName = { ...port, format: 'port-or-name' };
const label = { format: 'dns-label' };
const labels: JsonObject = {
  propertyNames: { format: 'qualified-name' },
  additionalProperties: { type: 'string', format: 'label-value' },
};
const configKeys: JsonObject = { propertyNames: { format: 'config-key' } };
const probe = {
  failureThreshold: count,
  initialDelaySeconds: count,
  periodSeconds: count,
  successThreshold: count,
  timeoutSeconds: count,
};
const replicas = { minReadySeconds: count, replicas: count, revisionHistoryLimit: count };

/**
 * What the API server enforces by its code, so that no schema says it: kubernetes, `pkg/apis/core/validation/validation.go`
 * (`validateContainerPorts`, `validateServicePort`, `validateHTTPGetAction`, `ValidateEnv`, `validateProbe`) and apimachinery,
 * `pkg/apis/meta/v1/validation` (`ValidateLabels`) and `pkg/api/validation/objectmeta.go`. Only what people get wrong;
 * by type and field.
 */
export const knownLimits: Readonly<Record<string, Readonly<Record<string, JsonObject>>>> = {
  'apps.v1.DaemonSetSpec': { minReadySeconds: count, revisionHistoryLimit: count },
  'apps.v1.DeploymentSpec': replicas,
  'apps.v1.ReplicaSetSpec': replicas,
  'apps.v1.StatefulSetSpec': replicas,
  'autoscaling.v2.HorizontalPodAutoscalerSpec': { maxReplicas: { minimum: 1 }, minReplicas: count },
  'core.v1.ConfigMap': { binaryData: configKeys, data: configKeys },
  'core.v1.Container': { name: label },
  'core.v1.ContainerPort': { containerPort: port, hostPort: optionalPort, name: { format: 'port-name' } },
  'core.v1.EnvVar': { name: { format: 'variable-name' } },
  'core.v1.GRPCAction': { port },
  'core.v1.HTTPGetAction': { port: portOrName },
  'core.v1.PodSpec': { nodeSelector: labels, terminationGracePeriodSeconds: count },
  'core.v1.Probe': probe,
  'core.v1.Secret': { data: configKeys, stringData: configKeys },
  'core.v1.ServicePort': { name: label, nodePort: optionalPort, port, targetPort: portOrName },
  'core.v1.ServiceSpec': { selector: labels },
  'core.v1.TCPSocketAction': { port: portOrName },
  'core.v1.Volume': { name: label },
  'meta.v1.LabelSelector': { matchLabels: labels },
  'meta.v1.ObjectMeta': {
    annotations: { propertyNames: { format: 'annotation-name' } },
    labels,
    namespace: label,
  },
  'networking.v1.NetworkPolicyPort': { endPort: port, port: portOrName },
};
