import type { Digest } from '../digest/digest.ts';
import type { CustomTypes } from '../kubernetes/custom-types.ts';
import type { CapabilityDocument } from '../schema/capability.schema.ts';
import type { Source } from '../source/source.ts';
import type { Template } from '../template/template.ts';

/** A file of `templates/scaffold/**`. */
export interface ScaffoldFile {
  /** Relative to the service's folder. */
  readonly path: string;
  readonly template: Template;
  readonly executable: boolean;
}

/** A file of `dashboards/`, rendered with every instance. */
export interface Dashboard {
  /** Of the file, without its ending. */
  readonly name: string;
  readonly template: Template;
}

/** One version of a producer's package, read and checked. */
export interface Capability {
  readonly name: string;
  /** From package.json. */
  readonly version: string;
  /** Over the render-relevant files: what a lock pins. */
  readonly integrity: Digest;
  readonly folder: string;
  readonly document: CapabilityDocument;
  readonly source: Source;
  readonly deploy: readonly Template[];
  readonly patches: readonly Template[];
  /** PrometheusRules, rendered with every instance. */
  readonly alerts: readonly Template[];
  readonly dashboards: readonly Dashboard[];
  readonly scaffold: readonly ScaffoldFile[];
  readonly outputs: ReadonlyMap<string, OutputTemplate>;
  /** Schemas of what it renders, from `crds/`: a check only, and no part of the integrity. */
  readonly crds: CustomTypes;
}

export type OutputTemplate =
  | { readonly kind: 'value'; readonly value: Template; readonly schema: Readonly<Record<string, unknown>> }
  | {
      readonly kind: 'secret';
      /** `cluster`: the capability sees to it that the Secret is in every namespace, under the same name. */
      readonly reach: 'namespace' | 'cluster';
      readonly name: Template;
      readonly key: Template;
      readonly schema: Readonly<Record<string, unknown>>;
    };

/** `postgres@1.0.0`, as findings and origins name it. */
export function versioned(capability: Capability): string {
  return `${capability.name}@${capability.version}`;
}
