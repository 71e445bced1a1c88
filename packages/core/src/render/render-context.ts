import { build } from '../provenance/build.ts';
import type { Traced } from '../provenance/traced.ts';
import type { Resolution, Use } from '../resolve/resolution.ts';
import type { WorkloadKind } from './kubernetes.ts';
import { memoOf } from './service-memo.ts';

/** What templates of one instance see (design, section 5). */
export interface TemplateContextInput {
  readonly resolution: Resolution;
  readonly environment: string;
  readonly target: string;
  readonly values: Traced;
  readonly score: Traced;
  readonly use: Use;
  readonly params: Traced;
  /** The kind of object that runs the workload in this environment. */
  readonly workloadKind: WorkloadKind;
  /** Outputs of what the capability requires, by `as` and name. */
  readonly requires: Readonly<Record<string, Readonly<Record<string, Traced>>>>;
}

export function templateContext(input: TemplateContextInput): Traced {
  const { resolution, use, score } = input;
  const memo = memoOf(resolution);
  return build(
    {
      service: memo.serviceNode(score),
      environment: {
        name: memo.environmentName(input.environment, score),
        target: input.target,
        values: input.values,
      },
      workload: score,
      instance: memo.instanceNode(use, score),
      params: input.params,
      requires: input.requires,
      renderer: memo.rendererNode(input.workloadKind, score),
    },
    score.origin,
  );
}
