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
};

export type ContainerPort = {
  readonly name: string;
  readonly containerPort: Of<number>;
  readonly protocol: Of<string>;
};

export type Container = {
  readonly name: string;
  readonly image: Of<string>;
  readonly command?: readonly Of<string>[] | undefined;
  readonly args?: readonly Of<string>[] | undefined;
  readonly env?: readonly EnvVar[] | undefined;
  readonly ports?: readonly ContainerPort[] | undefined;
  readonly resources?: Traced | undefined;
  readonly livenessProbe?: Probe | undefined;
  readonly readinessProbe?: Probe | undefined;
  readonly securityContext: {
    readonly allowPrivilegeEscalation: false;
    readonly readOnlyRootFilesystem: true;
    readonly capabilities: { readonly drop: readonly ['ALL'] };
  };
};

export type Deployment = {
  readonly apiVersion: 'apps/v1';
  readonly kind: 'Deployment';
  readonly metadata: ObjectMeta;
  readonly spec: {
    readonly selector: { readonly matchLabels: Labels };
    readonly template: {
      readonly metadata: { readonly labels: Labels };
      readonly spec: {
        readonly serviceAccountName: string;
        readonly automountServiceAccountToken: false;
        readonly securityContext: {
          readonly runAsNonRoot: true;
          readonly seccompProfile: { readonly type: 'RuntimeDefault' };
        };
        readonly containers: readonly Container[];
      };
    };
  };
};

export type Service = {
  readonly apiVersion: 'v1';
  readonly kind: 'Service';
  readonly metadata: ObjectMeta;
  readonly spec: {
    readonly selector: Labels;
    readonly ports: readonly {
      readonly name: string;
      readonly port: Of<number>;
      readonly targetPort: string;
      readonly protocol: Of<string>;
    }[];
  };
};

export type ServiceAccount = {
  readonly apiVersion: 'v1';
  readonly kind: 'ServiceAccount';
  readonly metadata: ObjectMeta;
  readonly automountServiceAccountToken: false;
};

export type Namespace = { readonly apiVersion: 'v1'; readonly kind: 'Namespace'; readonly metadata: ObjectMeta };
