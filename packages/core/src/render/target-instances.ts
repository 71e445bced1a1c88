import type { Environment } from '../environment/environment.ts';
import { environmentValues } from '../environment/environment-values.ts';
import { quote } from '../finding/did-you-mean.ts';
import type { Finding } from '../finding/finding.ts';
import type { Json } from '../json/json.ts';
import type { Platform } from '../platform/platform.ts';
import { positionOf } from '../provenance/origin.ts';
import { child, descend, stringIn, Traced, traceJson } from '../provenance/traced.ts';
import type { Resolution, Use } from '../resolve/resolution.ts';
import { serviceOutputs } from '../resolve/service-interface.ts';
import { effectiveScore } from '../workload/workload.ts';
import { instanceOutputs } from './instance-outputs.ts';
import { parametersOf } from './parameters.ts';
import { templateContext } from './render-context.ts';
import type { Lookup, PlaceholderValue } from './secret-value.ts';

export interface TargetInput {
  readonly resolution: Resolution;
  readonly platform: Platform;
  readonly environment: Environment;
  /** Index into the environment's targets. */
  readonly target: number;
}

/** One instance with all that its templates, and who names its outputs, can see. */
export interface TargetInstance {
  readonly use: Use;
  readonly context: Traced;
  readonly outputs: ReadonlyMap<string, PlaceholderValue>;
}

/**
 * The instances of one service in one target: which there are, their parameters and their outputs. What is wrong
 * with them is in `findings`; no object is made here, so that `validate` can ask without rendering.
 */
export class TargetInstances {
  readonly findings: Finding[] = [];
  /** The Score document of the environment. */
  readonly score: Traced;
  /** The target's name. */
  readonly target: string;
  private readonly input: TargetInput;
  private readonly values: Traced;
  private readonly made = new Map<string, TargetInstance>();

  constructor(input: TargetInput) {
    const { environment, target } = input;
    this.input = input;
    this.score = effectiveScore(input.resolution.workload, environment.name);
    this.target = environment.document.spec.targets[target]?.name ?? '';
    this.values = environmentValues(environment, target);
  }

  /** The uses that exist in this environment: an override may add resources or delete them. */
  usesHere(): readonly Use[] {
    const { resolution, environment } = this.input;
    const resources = child(this.score, 'resources');
    const here = [...resolution.uses.values()].filter(
      ({ path }) => child(resources, path.split('/')[0] ?? '') !== undefined,
    );
    const all = resolution.runs === undefined ? here : [resolution.runs, ...here];
    return all.filter((use) => {
      const excluded = use.capability.document.spec.environments?.exclude.includes(environment.name) ?? false;
      if (excluded) {
        this.report(
          'render/excluded-environment',
          `${use.capability.name} is not offered in ${environment.name}`,
          `remove it there: \`services/${resolution.service}/environments/${environment.name}.yaml\``,
          this.resourceNode(use.path),
        );
      }
      return !excluded;
    });
  }

  private resourceNode(path: string): Traced {
    return (
      descend(this.score, path === '' ? ['metadata', 'workload'] : ['resources', path.split('/')[0] ?? '', 'type']) ??
      this.score
    );
  }

  /** Parameters, context and outputs of one instance; made once, when first asked for, so that order follows need. */
  instance(use: Use): TargetInstance {
    const before = this.made.get(use.path);
    if (before !== undefined) return before;
    const { resolution, environment } = this.input;
    const { params, findings } = this.parameters(use);
    this.findings.push(...findings);
    const requires = Object.fromEntries(
      (use.capability.document.spec.requires ?? []).map(({ as }) => [as, this.requiredOutputs(`${use.path}/${as}`)]),
    );
    const context = templateContext({
      resolution,
      environment: environment.name,
      target: this.target,
      values: this.values,
      score: this.score,
      use,
      params,
      requires,
    });
    const { outputs, findings: wrong } = instanceOutputs(use.capability, context);
    this.findings.push(...wrong);
    const made = { use, context, outputs };
    this.made.set(use.path, made);
    return made;
  }

  private parameters(use: Use) {
    const at =
      use.path === ''
        ? descend(this.score, ['metadata', 'workload'])
        : use.path.includes('/')
          ? undefined
          : descend(this.score, ['resources', use.path]);
    const place = (at ?? this.resourceNode(use.path)).origin;
    const required = use.path.includes('/') ? this.requiredParams(use) : undefined;
    return parametersOf({
      capability: use.capability,
      written: required ?? child(at, 'params'),
      class: child(at, 'class'),
      values: this.values,
      lookup: this.lookup,
      place,
    });
  }

  /** The params that a capability gives to what it requires. */
  private requiredParams(use: Use): Traced | undefined {
    const slash = use.path.lastIndexOf('/');
    const parent = this.input.resolution.uses.get(use.path.slice(0, slash))?.capability;
    const index = parent?.document.spec.requires?.findIndex(({ as }) => as === use.path.slice(slash + 1)) ?? -1;
    const params = parent?.document.spec.requires?.[index]?.params;
    if (parent === undefined || params === undefined) return undefined;
    return traceJson(params as Json, (pointer) => ({
      kind: 'source',
      source: parent.source,
      pointer: ['spec', 'requires', index, 'params', ...pointer],
    }));
  }

  private requiredOutputs(path: string): Readonly<Record<string, Traced>> {
    const use = this.input.resolution.uses.get(path);
    if (use === undefined) return {};
    const outputs = [...this.instance(use).outputs].flatMap(([name, value]) =>
      value.kind === 'value' ? [[name, value.node] as const] : [],
    );
    return Object.fromEntries(outputs);
  }

  readonly lookup: Lookup = (path) => {
    const [root, name = '', ...rest] = path;
    if (root === 'metadata') {
      const node = descend(this.score, path);
      return node === undefined ? undefined : { kind: 'value', node };
    }
    const called = this.calledService(name);
    if (called !== undefined) {
      const value = serviceOutputs(called, this.input.environment.name).get(rest.join('.'));
      return value === undefined
        ? undefined
        : { kind: 'value', node: new Traced(value, this.resourceNode(name).origin) };
    }
    const use = this.input.resolution.uses.get(name);
    return use === undefined ? undefined : this.instance(use).outputs.get(rest.join('.'));
  };

  private calledService(name: string) {
    const resource = descend(this.score, ['resources', name]);
    if (stringIn(child(resource, 'type')) !== 'service') return undefined;
    return this.input.resolution.services.get(stringIn(child(resource, 'id')) ?? name);
  }

  readonly builtImage = (container: string): string => {
    const { resolution } = this.input;
    const built = resolution.images.get(container);
    if (built?.pinned === true) return built.image;
    const node = descend(this.score, ['containers', container, 'image']) ?? this.score;
    this.findings.push({
      code: 'render/image-not-pinned',
      severity: 'warning',
      message: `the lock has no image for the container ${quote(container)}: it will not start before one is built and pinned`,
      hint: `\`npx idp lock ${resolution.service} --image=${container}=<repository>@sha256:<digest>\` after the build`,
      ...positionOf(node.origin),
    });
    return built?.image ?? '';
  };

  private report(code: string, message: string, hint: string, node: Traced): void {
    this.findings.push({
      code,
      severity: 'error',
      message,
      hint,
      subject: `service:${this.input.resolution.service}`,
      ...positionOf(node.origin),
    });
  }
}
