import type { Finding } from '../finding/finding.ts';
import { build } from '../provenance/build.ts';
import type { Traced } from '../provenance/traced.ts';
import type { Resolution, Use } from '../resolve/resolution.ts';
import type { PlaceholderValue } from './secret-value.ts';
import { type UsesHere, usesHere } from './uses-here.ts';

/** What one output comes to, or why it comes to nothing. */
export interface OutputResult {
  readonly value?: PlaceholderValue;
  readonly findings: readonly Finding[];
}

/** What is the same in all targets of one resolved service: made by the first that asks. */
export class ServiceMemo {
  readonly resolution: Resolution;
  private readonly instances = new Map<string, Traced>();
  private readonly outputs = new Map<string, Map<string, OutputResult>>();
  private here: { readonly score: Traced; readonly uses: UsesHere } | undefined;
  private service: Traced | undefined;

  constructor(resolution: Resolution) {
    this.resolution = resolution;
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
  instanceNode({ path, instance }: Use, { origin }: Traced): Traced {
    const node = this.instances.get(path) ?? build({ id: instance.id, name: instance.name }, origin);
    this.instances.set(path, node);
    return node;
  }

  /** The outputs of an instance that are made of `service` and `instance` alone, as far as they are made. */
  outputsOf({ path }: Use): Map<string, OutputResult> {
    const outputs = this.outputs.get(path) ?? new Map<string, OutputResult>();
    this.outputs.set(path, outputs);
    return outputs;
  }

  /** Most environments have the same Score document. */
  usesHere(score: Traced): UsesHere {
    if (this.here?.score !== score) this.here = { score, uses: usesHere(this.resolution, score) };
    return this.here.uses;
  }
}

/**
 * Services are looked at one after the other: what is known of the last one is kept. (A weak map would keep all of them
 * until a full collection.)
 */
let latest: ServiceMemo | undefined;

export function memoOf(resolution: Resolution): ServiceMemo {
  if (latest?.resolution !== resolution) latest = new ServiceMemo(resolution);
  return latest;
}
