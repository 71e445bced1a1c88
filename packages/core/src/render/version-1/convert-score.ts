import { build } from '../../provenance/build.ts';
import type { Origin } from '../../provenance/origin.ts';
import { child, descend, sortedEntries, stringIn, Traced } from '../../provenance/traced.ts';
import type { Resolution } from '../../resolve/resolution.ts';
import { containerStrings } from '../container-environment.ts';
import type { ConversionInput } from '../conversion-input.ts';
import type { Container, ContainerPort, Deployment, Namespace, Probe, Service, ServiceAccount } from '../kubernetes.ts';
import { environmentLabel, selectorLabels, standardLabels } from '../labels.ts';

/**
 * Score to Kubernetes, version 1: Namespace, ServiceAccount, Deployment and, when there are ports, Service. Frozen:
 * what a lock with renderer 1 renders to never changes, also not for the better. Version 2 is beside it.
 */
export function convertScore(input: ConversionInput): readonly Traced[] {
  const by = (rule: string): Origin => ({ kind: 'renderer', rule, cause: input.score.origin });
  const ports = convertPorts(input.score);
  const objects = [
    build(namespace(input), by('a namespace for each service')),
    build(serviceAccount(input), by('an account for each service')),
    build(deployment(input, ports), by('restricted workload')),
  ];
  return ports.length === 0 ? objects : [...objects, build(service(input, ports), by('a Service for its ports'))];
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

function serviceAccount({ resolution }: ConversionInput): ServiceAccount {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: metadata(resolution),
    automountServiceAccountToken: false,
  };
}

function metadata(resolution: Resolution) {
  return { name: resolution.service, namespace: resolution.namespace, labels: standardLabels(resolution) };
}

interface Port {
  readonly name: string;
  readonly port: Traced;
  readonly target: Traced;
  readonly protocol: Traced | string;
}

function convertPorts(score: Traced): readonly Port[] {
  return sortedEntries(descend(score, ['service', 'ports'])).flatMap(([name, node]) => {
    const port = child(node, 'port');
    return port === undefined
      ? []
      : [{ name, port, target: child(node, 'targetPort') ?? port, protocol: child(node, 'protocol') ?? 'TCP' }];
  });
}

function deployment(input: ConversionInput, ports: readonly Port[]): Deployment {
  const { resolution, score } = input;
  const containers = sortedEntries(child(score, 'containers'));
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadata(resolution),
    spec: {
      selector: { matchLabels: selectorLabels(resolution) },
      template: {
        metadata: { labels: standardLabels(resolution) },
        spec: {
          serviceAccountName: resolution.service,
          automountServiceAccountToken: false,
          securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
          containers: containers.map(([name, node], index) =>
            container(input, name, node, index === mainContainer(containers) ? ports : []),
          ),
        },
      },
    },
  };
}

/** Score says ports of the workload, Kubernetes of a container: `main` has them, else the first by name. */
function mainContainer(containers: readonly (readonly [string, Traced])[]): number {
  return Math.max(
    0,
    containers.findIndex(([name]) => name === 'main'),
  );
}

function container(input: ConversionInput, name: string, node: Traced, ports: readonly Port[]): Container {
  const strings = containerStrings(
    { variables: child(node, 'variables'), command: child(node, 'command'), args: child(node, 'args') },
    input.lookup,
  );
  return {
    name,
    image: image(input, name, child(node, 'image')),
    command: strings.command,
    args: strings.args,
    env: strings.env.length === 0 ? undefined : strings.env,
    ports: ports.length === 0 ? undefined : containerPorts(ports),
    resources: child(node, 'resources'),
    livenessProbe: probe(child(node, 'livenessProbe')),
    readinessProbe: probe(child(node, 'readinessProbe')),
    securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
  };
}

/** Two ports of the Service may lead to one of the container: it is listed once, by the first name. */
function containerPorts(ports: readonly Port[]): readonly ContainerPort[] {
  const seen = new Set<string>();
  return ports.flatMap((port) => {
    const key = endpoint(port);
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ name: port.name, containerPort: port.target, protocol: port.protocol }];
  });
}

/** One number may be two ports of a container, over TCP and over UDP. */
function endpoint({ target, protocol }: Port): string {
  return `${String(target.content)} ${protocol instanceof Traced ? String(protocol.content) : protocol}`;
}

function image(input: ConversionInput, name: string, node: Traced | undefined): Traced | string {
  const written = stringIn(node);
  if (node === undefined || written !== '.') return node ?? '';
  return new Traced(input.builtImage(name), node.origin);
}

function probe(node: Traced | undefined): Probe | undefined {
  if (node === undefined) return undefined;
  const get = child(node, 'httpGet');
  const path = child(get, 'path');
  const port = child(get, 'port');
  if (path === undefined || port === undefined) return { exec: child(node, 'exec') };
  return {
    httpGet: {
      path,
      port,
      scheme: child(get, 'scheme'),
      host: child(get, 'host'),
      httpHeaders: child(get, 'httpHeaders'),
    },
  };
}

function service({ resolution }: ConversionInput, ports: readonly Port[]): Service {
  // Kubernetes finds a port of a container by its name and protocol: the first of each is the one that is listed.
  const names = new Map([...ports].reverse().map((port) => [endpoint(port), port.name]));
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(resolution),
    spec: {
      selector: selectorLabels(resolution),
      ports: ports.map((port) => ({
        name: port.name,
        port: port.port,
        targetPort: names.get(endpoint(port)) ?? port.name,
        protocol: port.protocol,
      })),
    },
  };
}
