import { build } from '../../provenance/build.ts';
import type { Origin } from '../../provenance/origin.ts';
import type { Traced } from '../../provenance/traced.ts';
import type { Resolution } from '../../resolve/resolution.ts';
import type { Conversion, ConversionInput } from '../conversion-input.ts';
import type {
  Deployment,
  Namespace,
  PodDisruptionBudget,
  Service,
  ServiceAccount,
  StatefulSet,
} from '../kubernetes.ts';
import { environmentLabel, selectorLabels, standardLabels } from '../labels.ts';
import { workloadKindOf } from '../workload-kind.ts';
import { containerFiles } from './files.ts';
import { workloadMetadata } from './metadata.ts';
import { type PodParts, podTemplate, workloadAnnotations } from './pod-template.ts';
import { type Port, servicePorts, targetPorts } from './ports.ts';
import { containerVolumes } from './volumes.ts';

/**
 * Score to Kubernetes, version 2, without the Namespace: ServiceAccount, Deployment or StatefulSet, PodDisruptionBudget; a Service
 * for ports, a ConfigMap for files, a claim for a volume that pods share. Fields that people wrote keep their places; all others know their rule. Once a tool with it is
 * released, a change of what an existing Score file renders to is version 3.
 */
export function convertWorkload(input: ConversionInput): Conversion {
  const by = (rule: string) => byRule(input, rule);
  const { resolution } = input;
  const parts: PodParts = {
    ports: servicePorts(input.score),
    files: containerFiles(input),
    volumes: containerVolumes(input),
    kind: workloadKindOf(resolution.renderer, input.score),
  };
  const { ports, files, volumes } = parts;
  const objects = [
    build(serviceAccount(resolution), by('an account for each service')),
    parts.kind === 'StatefulSet'
      ? build(statefulSet(input, parts), by('pods with volumes of their own'))
      : build(deployment(input, parts), by('restricted workload')),
    build(disruptionBudget(resolution), by('one pod at a time')),
  ];
  if (ports.length > 0) objects.push(build(service(resolution, ports), by('a Service for its ports')));
  if (parts.kind === 'StatefulSet')
    objects.push(build(headlessService(resolution, ports), by('an address for each pod')));
  if (files.configMap !== undefined) objects.push(build(files.configMap, by('files of containers')));
  objects.push(...volumes.sharedClaims.map((claim) => build(claim, by('a volume that pods share'))));
  return { objects, findings: [...files.findings, ...volumes.findings] };
}

/** The only object that differs in each environment. */
export function namespaceOf(input: ConversionInput): Traced {
  return build(namespace(input), byRule(input, 'a namespace for each service'));
}

function byRule({ score }: ConversionInput, rule: string): Origin {
  return { kind: 'renderer', rule, cause: score.origin };
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

function deployment(input: ConversionInput, parts: PodParts): Deployment {
  const { resolution, score } = input;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { ...workloadMetadata(resolution), annotations: workloadAnnotations(score) },
    spec: { selector: { matchLabels: selectorLabels(resolution) }, template: podTemplate(input, parts) },
  };
}

/** Data stays when pods go: deleting it is a decision of its own (design, section 5, "Deletion"). */
function statefulSet(input: ConversionInput, parts: PodParts): StatefulSet {
  const { resolution, score } = input;
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { ...workloadMetadata(resolution), annotations: workloadAnnotations(score) },
    spec: {
      serviceName: `${resolution.service}${headless}`,
      selector: { matchLabels: selectorLabels(resolution) },
      template: podTemplate(input, parts),
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      volumeClaimTemplates: parts.volumes.claims,
    },
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

const headless = '-headless';

/** Pods of a StatefulSet find each other by name, also before they are ready: `checkout-0.checkout-headless`. */
function headlessService(resolution: Resolution, ports: readonly Port[]): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: workloadMetadata(resolution, headless),
    spec: {
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      selector: selectorLabels(resolution),
      ports: ports.length === 0 ? undefined : exposed(ports),
    },
  };
}

function service(resolution: Resolution, ports: readonly Port[]): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: workloadMetadata(resolution),
    spec: {
      selector: selectorLabels(resolution),
      ports: exposed(ports),
    },
  };
}

function exposed(ports: readonly Port[]): Service['spec']['ports'] {
  const targets = targetPorts(ports);
  return ports.map((port) => ({
    name: port.name,
    port: port.port,
    targetPort: targets.get(port) ?? port.target,
    protocol: port.protocol ?? 'TCP',
  }));
}
