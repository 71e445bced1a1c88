import { child, descend, sortedEntries, stringIn, Traced } from '../../provenance/traced.ts';
import { containerStrings } from '../container-environment.ts';
import type { ConversionInput } from '../conversion.ts';
import type { Container, Labels, PodTemplate, TopologySpreadConstraint } from '../kubernetes.ts';
import { selectorLabels, standardLabels } from '../labels.ts';
import { computeResources } from './compute-resources.ts';
import { containerPorts, type Port } from './ports.ts';
import { probeOf } from './probe.ts';

/** The pods of a workload: restricted, spread over zones and nodes, with an account that has no token. */
export function podTemplate(input: ConversionInput, ports: readonly Port[]): PodTemplate {
  const { resolution, score } = input;
  const containers = sortedEntries(child(score, 'containers'));
  const main = mainContainer(containers.map(([name]) => name));
  return {
    metadata: { labels: standardLabels(resolution), annotations: workloadAnnotations(score) },
    spec: {
      serviceAccountName: resolution.service,
      automountServiceAccountToken: false,
      // Else every Service of the namespace is in variables such as `REDIS_PORT`, which programs take for their own.
      enableServiceLinks: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      containers: containers.map(([name, node]) => container(input, name, node, name === main ? ports : [])),
      topologySpreadConstraints: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topologyKey) =>
        spread(topologyKey, selectorLabels(resolution)),
      ),
    },
  };
}

/** As far as there is room; counts the pods of one rollout only, so that old ones do not push new ones together. */
function spread(topologyKey: string, matchLabels: Labels): TopologySpreadConstraint {
  return {
    topologyKey,
    maxSkew: 1,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels },
    matchLabelKeys: ['pod-template-hash'],
  };
}

/** Score says ports of the workload, Kubernetes of a container: `main` has them, else the first by name. */
function mainContainer(names: readonly string[]): string | undefined {
  return names.includes('main') ? 'main' : names[0];
}

/** `metadata.annotations` of the Score document: they "apply to the workload" and go through as they are. */
export function workloadAnnotations(score: Traced): Labels | undefined {
  const written = sortedEntries(descend(score, ['metadata', 'annotations'])).filter(
    ([name]) => !name.startsWith('idp.internal/'),
  );
  return written.length === 0 ? undefined : Object.fromEntries(written);
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
    resources: computeResources(child(node, 'resources')),
    livenessProbe: probeOf(child(node, 'livenessProbe')),
    readinessProbe: probeOf(child(node, 'readinessProbe')),
    securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
  };
}

function image(input: ConversionInput, name: string, node: Traced | undefined): Traced | string {
  if (node === undefined || stringIn(node) !== '.') return node ?? '';
  return new Traced(input.builtImage(name), node.origin);
}
