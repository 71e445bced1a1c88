import { build } from '../../provenance/build.ts';
import type { Origin } from '../../provenance/origin.ts';
import type { Resolution } from '../../resolve/resolution.ts';
import type { Conversion, ConversionInput } from '../conversion.ts';
import type { Deployment, Namespace, PodDisruptionBudget, Service, ServiceAccount } from '../kubernetes.ts';
import { environmentLabel, selectorLabels, standardLabels } from '../labels.ts';
import { workloadMetadata } from './metadata.ts';
import { podTemplate, workloadAnnotations } from './pod-template.ts';
import { type Port, servicePorts, targetPorts } from './ports.ts';

/**
 * Score to Kubernetes, version 2: Namespace, ServiceAccount, Deployment, PodDisruptionBudget and, when there are
 * ports, Service. Fields that people wrote keep their places; all others know their rule. Once a tool with it is
 * released, a change of what an existing Score file renders to is version 3.
 */
export function convertScore(input: ConversionInput): Conversion {
  const by = (rule: string): Origin => ({ kind: 'renderer', rule, cause: input.score.origin });
  const { resolution } = input;
  const ports = servicePorts(input.score);
  const objects = [
    build(namespace(input), by('a namespace for each service')),
    build(serviceAccount(resolution), by('an account for each service')),
    build(deployment(input, ports), by('restricted workload')),
    build(disruptionBudget(resolution), by('one pod at a time')),
  ];
  if (ports.length > 0) objects.push(build(service(resolution, ports), by('a Service for its ports')));
  return { objects, findings: [] };
}

function namespace({ resolution, environment }: ConversionInput): Namespace {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: resolution.namespace,
      labels: {
        ...standardLabels(resolution),
        [environmentLabel]: environment,
        'pod-security.kubernetes.io/enforce': 'restricted',
        'pod-security.kubernetes.io/enforce-version': 'latest',
        // The pods of operators are refused without a word to who applied the operator's object: a warning is one.
        'pod-security.kubernetes.io/warn': 'restricted',
        'pod-security.kubernetes.io/audit': 'restricted',
      },
    },
  };
}

function serviceAccount(resolution: Resolution): ServiceAccount {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: workloadMetadata(resolution),
    automountServiceAccountToken: false,
  };
}

function deployment(input: ConversionInput, ports: readonly Port[]): Deployment {
  const { resolution, score } = input;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { ...workloadMetadata(resolution), annotations: workloadAnnotations(score) },
    spec: { selector: { matchLabels: selectorLabels(resolution) }, template: podTemplate(input, ports) },
  };
}

/**
 * How many pods there are is said elsewhere: by a patch, by an autoscaler. One at a time is right for any number: the
 * only one may be moved too, so that no node waits for it. What is broken anyway is not in the way of a drain.
 */
function disruptionBudget(resolution: Resolution): PodDisruptionBudget {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: workloadMetadata(resolution),
    spec: {
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: selectorLabels(resolution) },
    },
  };
}

function service(resolution: Resolution, ports: readonly Port[]): Service {
  const targets = targetPorts(ports);
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: workloadMetadata(resolution),
    spec: {
      selector: selectorLabels(resolution),
      ports: ports.map((port) => ({
        name: port.name,
        port: port.port,
        targetPort: targets.get(port) ?? port.target,
        protocol: port.protocol ?? 'TCP',
      })),
    },
  };
}
