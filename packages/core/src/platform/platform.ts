import type { Capability } from '../capability/capability.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { Environment } from '../environment/environment.ts';
import type { Finding } from '../finding/finding.ts';
import type { KubernetesTypes } from '../kubernetes/kubernetes-types.ts';
import type { SharedNames } from '../resolve/shared-names.ts';
import type { PlatformDocument } from '../schema/platform.schema.ts';
import type { Source } from '../source/source.ts';
import type { Waiver } from '../waiver/waiver.ts';
import type { LoadedWorkload } from '../workload/load-workloads.ts';
import type { Grant } from './grant.ts';

/** Everything that one snapshot says, read and checked on its own; services are not yet resolved. */
export interface Platform {
  readonly settings: PlatformSettings;
  readonly catalog: Catalog;
  readonly capabilities: ReadonlyMap<string, Capability>;
  /** Folders below capabilities/ that have an error: using one is a finding that says so. */
  readonly brokenCapabilities: ReadonlySet<string>;
  /** The schemas that what is rendered is checked by. */
  readonly types: KubernetesTypes;
  readonly environments: ReadonlyMap<string, Environment>;
  /** By service. */
  readonly workloads: ReadonlyMap<string, LoadedWorkload>;
  /** Who names which shared instances, where that is known of more than these workloads. */
  readonly sharedNames?: SharedNames;
  /** Folders below services/ whose Score file cannot be read: they are there, and nothing is known of them. */
  readonly unreadableServices: ReadonlySet<string>;
  /** Files of `.github/workflows/` by their names without the ending, in lower case: what a waiver can be about. */
  readonly workflows: ReadonlyMap<string, string>;
  /** Files of policies/, to be read by a policy engine. */
  readonly policies: readonly Source[];
  /** Exceptions from policies, those without an error. */
  readonly waivers: readonly Waiver[];
  readonly findings: readonly Finding[];
}

/** idp.yaml with its defaults filled in. */
export interface PlatformSettings {
  readonly name: string;
  readonly branch: string;
  readonly remote: string;
  readonly registry: string;
  readonly defaultWorkload: string | undefined;
  readonly minimumToolVersion: string | undefined;
  readonly environmentValues: PlatformDocument['spec']['environmentValues'];
  /** What capabilities may render that is a whole cluster's. */
  readonly grants: readonly Grant[];
  readonly ignore: readonly string[];
}

export const defaultSettings: PlatformSettings = {
  name: 'platform',
  branch: 'main',
  remote: 'origin',
  registry: 'registry.example.com/platform',
  defaultWorkload: undefined,
  minimumToolVersion: undefined,
  environmentValues: undefined,
  grants: [],
  ignore: [],
};
