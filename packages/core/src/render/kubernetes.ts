import type { Buildable } from '../provenance/build.ts';
import type { Traced } from '../provenance/traced.ts';

/**
 * The part of Kubernetes' API (v1.37 reference) that the conversion of Score writes. A value is written here
 * or comes, with its origin, from somewhere else. Type aliases, not interfaces: literals have to stay
 * assignable to `Buildable`.
 */
export type Of<T> = T | Traced;
export type Labels = Readonly<Record<string, Of<string>>>;

export type ObjectMeta = {
  readonly name: Of<string>;
  readonly namespace?: string | undefined;
  readonly labels: Labels;
  readonly annotations?: Labels | undefined;
};

export type EnvVar = {
  readonly name: Of<string>;
  readonly value?: Of<string> | undefined;
  readonly valueFrom?: { readonly secretKeyRef: { readonly name: Of<string>; readonly key: Of<string> } } | undefined;
};

export type Probe = {
  readonly httpGet?:
    | {
        readonly path: Of<string>;
        readonly port: Of<number>;
        readonly scheme?: Of<string> | undefined;
        readonly host?: Of<string> | undefined;
        readonly httpHeaders?: Traced | undefined;
      }
    | undefined;
  readonly exec?: Traced | undefined;
  readonly periodSeconds?: number | undefined;
  readonly failureThreshold?: number | undefined;
};

export type ContainerPort = {
  readonly name?: string | undefined;
  readonly containerPort: Of<number>;
  readonly protocol: Of<string>;
};

export type VolumeMount = {
  readonly name: string;
  readonly mountPath: Of<string>;
  readonly subPath?: Of<string> | undefined;
  readonly readOnly?: Of<boolean> | undefined;
};

export type Container = {
  readonly name: string;
  readonly image: Of<string>;
  readonly command?: readonly Of<string>[] | undefined;
  readonly args?: readonly Of<string>[] | undefined;
  readonly env?: readonly EnvVar[] | undefined;
  readonly ports?: readonly ContainerPort[] | undefined;
  readonly resources?: Buildable;
  readonly volumeMounts?: readonly VolumeMount[] | undefined;
  readonly livenessProbe?: Probe | undefined;
  readonly readinessProbe?: Probe | undefined;
  readonly startupProbe?: Probe | undefined;
  /** Of an init container only: with it, it is a sidecar. */
  readonly restartPolicy?: 'Always' | undefined;
  readonly securityContext: {
    readonly allowPrivilegeEscalation: false;
    readonly readOnlyRootFilesystem: true;
    readonly capabilities: { readonly drop: readonly ['ALL'] };
  };
};

export type TopologySpreadConstraint = {
  readonly topologyKey: string;
  readonly maxSkew: 1;
  readonly whenUnsatisfiable: 'ScheduleAnyway';
  readonly labelSelector: { readonly matchLabels: Labels };
  readonly matchLabelKeys?: readonly ['pod-template-hash'] | undefined;
};

export type PodTemplate = {
  readonly metadata: { readonly labels: Labels; readonly annotations?: Labels | undefined };
  readonly spec: {
    readonly serviceAccountName: string;
    readonly automountServiceAccountToken: false;
    readonly enableServiceLinks?: false | undefined;
    readonly securityContext: {
      readonly runAsNonRoot: true;
      readonly seccompProfile: { readonly type: 'RuntimeDefault' };
      readonly fsGroup?: number | undefined;
      readonly fsGroupChangePolicy?: 'OnRootMismatch' | undefined;
    };
    readonly initContainers?: readonly Container[] | undefined;
    readonly containers: readonly Container[];
    readonly volumes?: Buildable;
    readonly topologySpreadConstraints?: readonly TopologySpreadConstraint[] | undefined;
  };
};

/** What runs the pods of a workload. */
export type WorkloadKind = 'Deployment' | 'StatefulSet';

export type Deployment = {
  readonly apiVersion: 'apps/v1';
  readonly kind: 'Deployment';
  readonly metadata: ObjectMeta;
  readonly spec: { readonly selector: { readonly matchLabels: Labels }; readonly template: PodTemplate };
};

export type StatefulSet = {
  readonly apiVersion: 'apps/v1';
  readonly kind: 'StatefulSet';
  readonly metadata: ObjectMeta;
  readonly spec: {
    readonly serviceName: string;
    readonly selector: { readonly matchLabels: Labels };
    readonly template: PodTemplate;
    readonly persistentVolumeClaimRetentionPolicy: { readonly whenDeleted: 'Retain'; readonly whenScaled: 'Retain' };
    readonly volumeClaimTemplates: readonly Buildable[];
  };
};

export type PodDisruptionBudget = {
  readonly apiVersion: 'policy/v1';
  readonly kind: 'PodDisruptionBudget';
  readonly metadata: ObjectMeta;
  readonly spec: {
    readonly maxUnavailable: 1;
    readonly unhealthyPodEvictionPolicy: 'AlwaysAllow';
    readonly selector: { readonly matchLabels: Labels };
  };
};

export type Service = {
  readonly apiVersion: 'v1';
  readonly kind: 'Service';
  readonly metadata: ObjectMeta;
  readonly spec: {
    readonly clusterIP?: 'None' | undefined;
    readonly publishNotReadyAddresses?: true | undefined;
    readonly selector: Labels;
    readonly ports?:
      | readonly {
          readonly name: string;
          readonly port: Of<number>;
          readonly targetPort: Of<number> | string;
          readonly protocol: Of<string>;
        }[]
      | undefined;
  };
};

export type ServiceAccount = {
  readonly apiVersion: 'v1';
  readonly kind: 'ServiceAccount';
  readonly metadata: ObjectMeta;
  readonly automountServiceAccountToken: false;
};

export type Namespace = { readonly apiVersion: 'v1'; readonly kind: 'Namespace'; readonly metadata: ObjectMeta };
