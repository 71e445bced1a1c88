import { child, descend, sortedEntries, stringIn, Traced } from '../../provenance/traced.ts';
import { containerOrder, type EarlyContainer } from '../../workload/container-order.ts';
import { containerStrings } from '../container-environment.ts';
import type { ConversionInput } from '../conversion-input.ts';
import type {
  Container,
  Labels,
  PodTemplate,
  TopologySpreadConstraint,
  VolumeMount,
  WorkloadKind,
} from '../kubernetes.ts';
import { selectorLabels, standardLabels } from '../labels.ts';
import { computeResources } from './compute-resources.ts';
import type { ContainerFiles } from './files.ts';
import { containerPorts, type Port } from './ports.ts';
import { probeOf } from './probe.ts';
import type { ContainerVolumes } from './volumes.ts';

/** What the pods are made of, beside the Score document itself. */
export interface PodParts {
  readonly ports: readonly Port[];
  readonly files: ContainerFiles;
  readonly volumes: ContainerVolumes;
  readonly kind: WorkloadKind;
}

/** A group that is nobody's: what is written to a kept volume, and files with a mode, belong to it. */
const podGroup = 65_532;

/** The pods of a workload: restricted, spread over zones and nodes, with an account that has no token. */
export function podTemplate(input: ConversionInput, parts: PodParts): PodTemplate {
  const { resolution, score } = input;
  const { files, volumes, kind } = parts;
  const { early, others } = containerOrder(sortedEntries(child(score, 'containers')));
  const main = mainContainer(others.map(([name]) => name));
  const mounts = (name: string): readonly VolumeMount[] => [...files.mounts(name), ...volumes.mounts(name)];
  const all = [...(files.volume === undefined ? [] : [files.volume]), ...volumes.ofPod];
  const grouped = files.forGroup || volumes.claims.length + volumes.sharedClaims.length > 0;
  return {
    metadata: {
      labels: standardLabels(resolution),
      annotations: withDigest(workloadAnnotations(score), files.digest),
    },
    spec: {
      serviceAccountName: resolution.service,
      automountServiceAccountToken: false,
      // Else every Service of the namespace is in variables such as `REDIS_PORT`, which programs take for their own.
      enableServiceLinks: false,
      securityContext: {
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
        ...(grouped && { fsGroup: podGroup, fsGroupChangePolicy: 'OnRootMismatch' }),
      },
      initContainers: early.length === 0 ? undefined : early.map((each) => earlyContainer(input, each, mounts)),
      containers: others.map(([name, node]) =>
        container(input, name, node, { ports: name === main ? parts.ports : [], mounts: mounts(name) }),
      ),
      volumes: all.length === 0 ? undefined : all,
      topologySpreadConstraints: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topologyKey) =>
        spread(topologyKey, selectorLabels(resolution), kind),
      ),
    },
  };
}

/** As far as there is room; counts the pods of one rollout only, so that old ones do not push new ones together. */
function spread(topologyKey: string, matchLabels: Labels, kind: WorkloadKind): TopologySpreadConstraint {
  return {
    topologyKey,
    maxSkew: 1,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels },
    // A StatefulSet replaces one pod after the other, and its pods have no such label.
    matchLabelKeys: kind === 'Deployment' ? ['pod-template-hash'] : undefined,
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

function withDigest(annotations: Labels | undefined, digest: string | undefined): Labels | undefined {
  return digest === undefined ? annotations : { ...annotations, 'idp.internal/files': digest };
}

/**
 * A container that starts before others: an init container, which runs to its end, or one that is restarted always,
 * which is a sidecar (Kubernetes 1.29 and newer). The next one starts when its startup probe says so.
 */
function earlyContainer(
  input: ConversionInput,
  { name, node, ready }: EarlyContainer,
  mounts: (name: string) => readonly VolumeMount[],
): Container {
  const made = container(input, name, node, { ports: [], mounts: mounts(name) });
  if (ready === 'complete') return made;
  const probe = ready === 'healthy' ? (made.readinessProbe ?? made.livenessProbe) : undefined;
  return {
    ...made,
    // Up to five minutes: after that it is restarted.
    startupProbe: probe && { ...probe, periodSeconds: 2, failureThreshold: 150 },
    restartPolicy: 'Always',
  };
}

function container(
  input: ConversionInput,
  name: string,
  node: Traced,
  { ports, mounts }: { readonly ports: readonly Port[]; readonly mounts: readonly VolumeMount[] },
): Container {
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
    volumeMounts: mounts.length === 0 ? undefined : mounts,
    livenessProbe: probeOf(child(node, 'livenessProbe')),
    readinessProbe: probeOf(child(node, 'readinessProbe')),
    securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
  };
}

function image(input: ConversionInput, name: string, node: Traced | undefined): Traced | string {
  if (node === undefined || stringIn(node) !== '.') return node ?? '';
  return new Traced(input.builtImage(name), node.origin);
}
