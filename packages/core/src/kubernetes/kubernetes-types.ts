import { nearest } from '../finding/did-you-mean.ts';
import type { Finding } from '../finding/finding.ts';
import { once } from '../json/once.ts';
import { builtInDefinitions } from './built-in.ts';
import { builtInVersion } from './built-in-table.ts';
import type { Check } from './check.ts';
import { ClusterTypes } from './cluster-types.ts';
import { SchemaCompiler } from './compile-schema.ts';
import type { CustomTypes } from './custom-types.ts';
import { type KindSchema, kindsOfCapability, kindsOfDefinitions } from './kind-schema.ts';

/**
 * What is known of a kind: its check; that Kubernetes has no such kind; that a file which may say it cannot be read; or
 * nothing.
 */
export type KnownKind =
  | { readonly kind: 'known'; readonly check: Check }
  | { readonly kind: 'missing'; readonly message: string; readonly hint: string }
  | { readonly kind: 'unreadable'; readonly findings: readonly Finding[] }
  | { readonly kind: 'unknown' };

let compiler: SchemaCompiler | undefined;

/** The types that rendered objects are checked by: the cluster's, Kubernetes' own, and those that capabilities ship. */
export class KubernetesTypes {
  private readonly capabilities: ReadonlyMap<string, CustomTypes>;
  private readonly cluster: ClusterTypes;
  private readonly kinds = new Map<string, readonly KindSchema[]>();
  /** By who asks, version and kind. */
  private readonly found = new Map<string, KnownKind>();
  /** The kinds of the cluster, then those of Kubernetes. */
  private readonly published = once(() => [
    ...kindsOfDefinitions(this.cluster.definitions),
    ...kindsOfDefinitions(builtInDefinitions()),
  ]);

  /**
   * @param capabilities what each ships, by its name
   * @param cluster what the organisation's own cluster published; it goes before everything else
   */
  constructor(
    capabilities: ReadonlyMap<string, CustomTypes> = new Map(),
    cluster: ClusterTypes = new ClusterTypes(() => undefined),
  ) {
    this.capabilities = capabilities;
    this.cluster = cluster;
  }

  /** What is wrong with the file of the cluster's types. */
  get findings(): readonly Finding[] {
    return this.cluster.findings;
  }

  /** The kinds of an API group, or for `*` all that are known. Definitions of capabilities are read when a group is none of Kubernetes'. */
  kindsOf(group: string): readonly KindSchema[] {
    const known = this.kinds.get(group);
    if (known !== undefined) return known;
    const shipped =
      group !== '*' && isBuiltInGroup(group) ? [] : [...this.capabilities.values()].flatMap(kindsOfCapability);
    const found = new Map<string, KindSchema>();
    for (const kind of [...this.published(), ...shipped]) {
      const name = `${kind.group}/${kind.version}/${kind.kind}`;
      if ((group === '*' || kind.group === group) && !found.has(name)) found.set(name, kind);
    }
    const kinds = [...found.values()];
    this.kinds.set(group, kinds);
    return kinds;
  }

  /** Whether there can be no other kinds in a group: it is one of Kubernetes' own. */
  isComplete(group: string): boolean {
    return isBuiltInGroup(group);
  }

  /**
   * @param apiVersion as it is written in the object: `apps/v1`
   * @param by the capability that renders the object: its own schemas go before those of others
   */
  find(apiVersion: string, kind: string, by = ''): KnownKind {
    const asked = `${by.length}/${apiVersion.length}/${by}${apiVersion}${kind}`;
    const before = this.found.get(asked);
    if (before !== undefined) return before;
    const found = this.look(apiVersion, kind, by);
    // What is not known may have any name.
    if (found.kind === 'known') this.found.set(asked, found);
    return found;
  }

  private look(apiVersion: string, kind: string, by: string): KnownKind {
    const wanted = `${apiVersion}/${kind}`;
    if (this.cluster.findings.length > 0) return { kind: 'unreadable', findings: this.cluster.findings };
    const running = this.cluster.find(wanted);
    if (running !== undefined) return { kind: 'known', check: running };
    if (isBuiltInGroup(groupOf(apiVersion)) && this.cluster.covers(apiVersion))
      return missing(apiVersion, kind, `the cluster (${this.cluster.version})`, [...this.cluster.kinds]);
    const name = builtInDefinitions().kinds.get(wanted);
    if (name !== undefined) {
      compiler ??= new SchemaCompiler(builtInDefinitions());
      return { kind: 'known', check: compiler.type(name) };
    }
    if (isBuiltInGroup(groupOf(apiVersion)))
      return missing(apiVersion, kind, `Kubernetes ${builtInVersion}`, [...builtInDefinitions().kinds.keys()]);
    const own = this.capabilities.get(by);
    for (const types of own === undefined ? this.capabilities.values() : [own, ...this.capabilities.values()]) {
      const check = types.find(wanted);
      if (check !== undefined) return { kind: 'known', check };
    }
    const findings = own?.findings ?? [];
    return findings.length > 0 ? { kind: 'unreadable', findings } : { kind: 'unknown' };
  }
}

function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

let groups: ReadonlySet<string> | undefined;

/** Kubernetes' own groups: no operator can add a kind to one. The last one is gone, but lives on in examples. */
function isBuiltInGroup(group: string): boolean {
  groups ??= new Set([
    ...[...builtInDefinitions().kinds.keys()].map((kind) => groupOf(kind.slice(0, kind.lastIndexOf('/')))),
    'extensions',
  ]);
  return groups.has(group);
}

function missing(apiVersion: string, kind: string, where: string, kinds: readonly string[]): KnownKind {
  const message = `${where} has no ${kind} in ${apiVersion}`;
  const versions = kinds.filter((known) => known.endsWith(`/${kind}`)).map((known) => known.slice(0, -kind.length - 1));
  if (versions.length > 0) return { kind: 'missing', message, hint: `${kind} is in ${versions.join(', ')}` };
  const prefix = `${apiVersion}/`;
  const near = nearest(
    kind,
    kinds.filter((known) => known.startsWith(prefix)).map((known) => known.slice(prefix.length)),
  );
  const hint = near === undefined ? 'mend `apiVersion` or `kind`' : `did you mean "${near}"?`;
  return { kind: 'missing', message, hint };
}
