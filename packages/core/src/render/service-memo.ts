import type { Finding } from '../finding/finding.ts';
import { build } from '../provenance/build.ts';
import type { Traced } from '../provenance/traced.ts';
import type { Resolution, Use } from '../resolve/resolution.ts';
import { ReadsMemo } from '../template/reads-memo.ts';
import type { RenderedYaml } from '../template/render-yaml.ts';
import { ConversionMemo } from './conversion-memo.ts';
import type { WorkloadKind } from './kubernetes.ts';
import type { OutputResult } from './output-result.ts';
import type { OwnedObject } from './owned-object.ts';
import { LatestParameters } from './parameters.ts';
import { PatchMemo } from './patch-memo.ts';
import { type UsesHere, usesHere } from './uses-here.ts';

/** What templates of a dashboard came to: the text of its file, or what is wrong with it. */
export type DashboardResult = { readonly node: Traced } | { readonly findings: readonly Finding[] };

/** What is known of one instance from the targets before. */
export class UseMemo {
  /** `instance` of a template's context. */
  instance: Traced | undefined;
  /** The outputs that are made of `service` and `instance` alone, as far as they are made. */
  readonly outputs = new Map<string, OutputResult>();
  readonly parameters = new LatestParameters();
  readonly documents = new ReadsMemo<RenderedYaml>();
  readonly dashboards = new ReadsMemo<DashboardResult>();
  /** By the node that a template made. */
  readonly owned = new Map<Traced, OwnedObject>();
}

/**
 * What is the same in several targets of one resolved service: made by the first that asks. Where nothing that something is
 * made of differs, it is the very same node, and so is all that is made of it.
 */
export class ServiceMemo {
  readonly resolution: Resolution;
  readonly conversion = new ConversionMemo();
  readonly patches = new PatchMemo();
  /** Of the conversion's objects. */
  readonly owned = new Map<Traced, OwnedObject>();
  private readonly uses = new Map<string, UseMemo>();
  private here: { readonly score: Traced; readonly uses: UsesHere } | undefined;
  private service: Traced | undefined;
  private readonly renderers = new Map<WorkloadKind, Traced>();
  private readonly environments = new Map<string, Traced>();

  constructor(resolution: Resolution) {
    this.resolution = resolution;
  }

  of({ path }: Pick<Use, 'path'>): UseMemo {
    let memo = this.uses.get(path);
    if (memo === undefined) {
      memo = new UseMemo();
      this.uses.set(path, memo);
    }
    return memo;
  }

  /** `service` of a template's context. Origins are the Score document's root, whichever environment asks. */
  serviceNode({ origin }: Traced): Traced {
    const { facts, service, namespace } = this.resolution;
    const { owner, system, lifecycle } = facts;
    this.service ??= build(
      { name: service, title: facts.title ?? service, owner, system, lifecycle, namespace },
      origin,
    );
    return this.service;
  }

  /** `instance` of a template's context. */
  instanceNode(use: Use, { origin }: Traced): Traced {
    const memo = this.of(use);
    memo.instance ??= build({ id: use.instance.id, name: use.instance.name }, origin);
    return memo.instance;
  }

  /** `renderer` of a template's context. */
  rendererNode(workloadKind: WorkloadKind, { origin }: Traced): Traced {
    const node = this.renderers.get(workloadKind) ?? build({ version: this.resolution.renderer, workloadKind }, origin);
    this.renderers.set(workloadKind, node);
    return node;
  }

  /** `environment.name` of a template's context: all targets of one have the same. */
  environmentName(name: string, { origin }: Traced): Traced {
    const node = this.environments.get(name) ?? build(name, origin);
    this.environments.set(name, node);
    return node;
  }

  /** Most environments have the same Score document. */
  usesHere(score: Traced): UsesHere {
    if (this.here?.score !== score) this.here = { score, uses: usesHere(this.resolution, score) };
    return this.here.uses;
  }
}

/**
 * Services are looked at one after the other, and in a plan what a service was beside what it becomes: what is known of the
 * last two is kept. (A weak map would keep all of them until a full collection.)
 */
let latest: readonly ServiceMemo[] = [];

export function memoOf(resolution: Resolution): ServiceMemo {
  const [first, second] = latest;
  if (first?.resolution === resolution) return first;
  const memo = second?.resolution === resolution ? second : new ServiceMemo(resolution);
  latest = first === undefined ? [memo] : [memo, first];
  return memo;
}
