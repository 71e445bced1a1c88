import { digestOfText } from '../../digest/digest.ts';
import type { Finding } from '../../finding/finding.ts';
import type { Buildable } from '../../provenance/build.ts';
import { positionOf } from '../../provenance/origin.ts';
import { child, descend, sortedEntries, stringIn, Traced } from '../../provenance/traced.ts';
import { volumeCapability } from '../../resolve/volume-capability.ts';
import { textOf } from '../../template/value-text.ts';
import { type Mount, mountsOf } from '../../workload/mounts.ts';
import { volumeNamed } from '../../workload/volume-source.ts';
import type { ConversionInput, VolumeInput } from '../conversion-input.ts';
import type { VolumeMount } from '../kubernetes.ts';
import { instanceLabel, instanceLabels, serviceLabel } from '../labels.ts';
import { resolveString } from '../resolve-string.ts';
import { isSharedByPods } from '../workload-kind.ts';
import { kubernetesQuantity } from './compute-resources.ts';

/** What the containers of a Score document mount. */
export interface ContainerVolumes {
  /** `volumes` of the pod. */
  readonly ofPod: readonly Buildable[];
  /** `volumeClaimTemplates`: what every pod has for itself, and keeps. */
  readonly claims: readonly Buildable[];
  /** PersistentVolumeClaims that all pods mount. */
  readonly sharedClaims: readonly Buildable[];
  readonly mounts: (container: string) => readonly VolumeMount[];
  readonly findings: readonly Finding[];
}

interface Mounted {
  readonly name: string;
  readonly volume?: Buildable;
  readonly claim?: Buildable;
  readonly sharedClaim?: Buildable;
}

/** `volumes` of the containers, and the resources behind them. */
export function containerVolumes(input: ConversionInput): ContainerVolumes {
  const findings: Finding[] = [];
  const mounted = new Map<string, Mounted>();
  const mounts = new Map<string, readonly VolumeMount[]>();
  for (const [container, node] of sortedEntries(child(input.score, 'containers'))) {
    const own = mountsOf(node, 'volumes').map((mount): VolumeMount => {
      const volume = mountedBy(mount, input, findings);
      mounted.set(volume.name, volume);
      return volumeMount(mount, volume.name);
    });
    mounts.set(container, own);
  }
  const all = [...mounted.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    ofPod: all.flatMap(({ volume }) => (volume === undefined ? [] : [volume])),
    claims: all.flatMap(({ claim }) => (claim === undefined ? [] : [claim])),
    sharedClaims: all.flatMap(({ sharedClaim }) => (sharedClaim === undefined ? [] : [sharedClaim])),
    mounts: (container) => mounts.get(container) ?? [],
    findings,
  };
}

/** Score's sample has `/sub/path`; Kubernetes wants a path that is relative to the volume. */
function volumeMount({ target, node }: Mount, name: string): VolumeMount {
  const path = child(node, 'path');
  const inside = stringIn(path)?.replace(/^\/+/, '');
  return {
    name,
    mountPath: new Traced(target, node.origin),
    subPath: path === undefined || inside === undefined || inside === '' ? undefined : new Traced(inside, path.origin),
    readOnly: child(node, 'readOnly'),
  };
}

function mountedBy({ node }: Mount, input: ConversionInput, findings: Finding[]): Mounted {
  const source = child(node, 'source');
  const resource = volumeNamed(source, input.score);
  const volume = resource === undefined ? undefined : input.volume(resource);
  if (resource === undefined || volume === undefined) return claimOfOutput(source ?? node, input, findings);
  return child(volume.params, 'size') === undefined || volume.instance === undefined
    ? empty(resource, volume)
    : kept(resource, volume, input);
}

/** A volume that is gone with its pod. */
function empty(resource: string, { params }: VolumeInput): Mounted {
  const name = volumeName(resource);
  const sizeLimit = child(params, 'sizeLimit');
  return {
    name,
    volume: {
      name,
      emptyDir: { medium: child(params, 'medium'), sizeLimit: sizeLimit && kubernetesQuantity(sizeLimit) },
    },
  };
}

function kept(resource: string, { params, instance }: VolumeInput, { resolution, score }: ConversionInput): Mounted {
  const name = instance?.name ?? '';
  const size = child(params, 'size');
  const spec = {
    accessModes: child(params, 'accessModes') ?? ['ReadWriteOnce'],
    storageClassName: child(params, 'storageClass'),
    resources: { requests: { storage: size && kubernetesQuantity(size) } },
  };
  if (!isSharedByPods(descend(score, ['resources', resource, 'params']))) {
    // Nothing of a claim template can ever be changed: only labels that never do.
    const labels = { [serviceLabel]: resolution.service, [instanceLabel]: instance?.id ?? '' };
    return { name, claim: { metadata: { name, labels }, spec } };
  }
  const use = { path: resource, capability: volumeCapability, instance: instance ?? { capability: '', id: '', name } };
  return {
    name,
    volume: { name, persistentVolumeClaim: { claimName: name } },
    sharedClaim: {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name, namespace: resolution.namespace, labels: instanceLabels(resolution, use) },
      spec,
    },
  };
}

/** The output of a capability that offers volumes: the name of a claim in the namespace of the service. */
function claimOfOutput(source: Traced, { lookup }: ConversionInput, findings: Finding[]): Mounted {
  const resolved = resolveString(source, lookup);
  if (resolved.kind !== 'node') {
    findings.push({
      code: 'render/secret-not-expressible',
      severity: 'error',
      message: 'a secret cannot be the name of a volume',
      hint: 'use it in a variable, a command or an argument of a container',
      ...positionOf(source.origin),
    });
  }
  const claimName = new Traced(resolved.kind === 'node' ? textOf(resolved.node) : '', source.origin);
  const name = volumeName(String(claimName.content));
  return { name, volume: { name, persistentVolumeClaim: { claimName } } };
}

/** A name that no volume of a patch has, and that Kubernetes takes: a DNS label of at most 63 characters. */
function volumeName(text: string): string {
  const label = `volume-${text.replace(/[^a-z0-9-]+/g, '-')}`;
  return label.length <= 63 && !label.endsWith('-')
    ? label
    : `${label.slice(0, 52)}-${digestOfText(text).slice(7, 17)}`;
}
