import type { Environment } from '../environment/environment.ts';
import { environmentValues } from '../environment/environment-values.ts';
import { quote } from '../finding/did-you-mean.ts';
import type { Finding } from '../finding/finding.ts';
import type { Json } from '../json/json.ts';
import { positionOf } from '../provenance/origin.ts';
import { child, descend, stringIn, Traced, traceJson } from '../provenance/traced.ts';
import { requirementPath, resourceOfPath } from '../resolve/requirement-path.ts';
import type { Use } from '../resolve/resolution.ts';
import { serviceOutputs } from '../resolve/service-interface.ts';
import { volumeCapability } from '../resolve/volume-capability.ts';
import { effectiveScore } from '../workload/workload.ts';
import type { VolumeInput } from './conversion-input.ts';
import { environmentFindings, environmentValue, isEnvironment } from './environment-references.ts';
import { instanceOutputs, type MadeOutputs } from './instance-outputs.ts';
import { type ParameterInput, type Parameters, parametersOf } from './parameters.ts';
import { templateContext } from './render-context.ts';
import type { Lookup, PlaceholderValue } from './secret-value.ts';
import { memoOf } from './service-memo.ts';
import { outputsOfShared } from './shared-outputs.ts';
import { LazyInstance, type Outputs, type TargetInput, type TargetInstance } from './target-instance.ts';
import type { UsesHere } from './uses-here.ts';
import { workloadKindOf } from './workload-kind.ts';

const noOutputs = { outputs: new Map<string, PlaceholderValue>(), findings: [] } as const;

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
  private readonly here: UsesHere;
  private readonly made = new Map<string, TargetInstance>();
  private readonly read = new Map<string, Outputs>();
  /** Paths of instances of others that cannot be read. */
  private readonly unread = new Set<string>();
  private readonly volumes = new Map<string, VolumeInput>();
  private readonly images = new Map<string, string>();

  constructor(input: TargetInput) {
    const { environment, target } = input;
    this.input = input;
    this.score = effectiveScore(input.resolution.workload, environment.name);
    this.target = environment.document.spec.targets[target]?.name ?? '';
    this.values = environmentValues(environment, target);
    this.here = memoOf(input.resolution).usesHere(this.score);
    const { files } = input.resolution.workload;
    this.findings.push(...environmentFindings(this.score, this.values, environment.name, files));
  }

  /** The uses that exist and are offered in this environment. */
  usesHere(): readonly Use[] {
    const { resolution, environment } = this.input;
    for (const { path } of this.here.shared) this.sharedOutputs(path);
    return this.here.uses.filter((use) => {
      const excluded = isExcluded(use, environment);
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

  /** The use behind a path, if it exists and is offered in this environment. */
  offered(path: string): Use | undefined {
    return this.here.uses.find((use) => use.path === path && !isExcluded(use, this.input.environment));
  }

  /** What the instances say that were asked for, by path. */
  get outputs(): ReadonlyMap<string, Outputs> {
    return new Map([...this.made].map(([path, { outputs }]) => [path, outputs]));
  }

  /** What is read of the instances of others, by path. */
  get reads(): ReadonlyMap<string, Outputs> {
    return new Map(this.here.shared.map(({ path }) => [path, this.sharedOutputs(path)]));
  }

  private resourceNode(path: string): Traced {
    const resource = resourceOfPath(path);
    const place = resource === undefined ? ['metadata', 'workload'] : ['resources', resource, 'type'];
    return descend(this.score, place) ?? this.score;
  }

  /** The outputs of an instance that another service owns; a problem with them is said once. */
  private sharedOutputs(path: string): Outputs {
    const before = this.read.get(path);
    if (before !== undefined) return before;
    const shared = this.input.resolution.shared.get(path);
    const found = shared && outputsOfShared(shared, this.input, (owner) => new TargetInstances(owner));
    if (shared !== undefined && found?.kind === 'problem') {
      this.unread.add(path);
      const what = `the shared ${shared.capability.name} ${quote(shared.id)} of ${shared.owner.service}`;
      this.report('render/shared-instance', `${what} ${found.message}`, found.hint, this.resourceNode(path));
    }
    const outputs = found?.kind === 'outputs' ? found.outputs : new Map<string, PlaceholderValue>();
    this.read.set(path, outputs);
    return outputs;
  }

  /** Parameters, context and outputs of one instance; made once, when first asked for, so that order follows need. */
  instance(use: Use): TargetInstance {
    const before = this.made.get(use.path);
    if (before !== undefined) return before;
    const { resolution, environment } = this.input;
    const parameters = this.parameters(use);
    this.findings.push(...parameters.findings);
    const required = (use.capability.document.spec.requires ?? []).map(
      (requirement) => [requirement.as, requirementPath(use.path, requirement)] as const,
    );
    const requires = Object.fromEntries(required.map(([as, path]) => [as, this.requiredOutputs(path)]));
    const unresolved = parameters.unresolved || required.some(([, path]) => this.isUnresolved(path));
    let context: Traced | undefined;
    // Who only wants to know whether parameters are right never asks for it.
    const contextOf = (): Traced => {
      context ??= templateContext({
        resolution,
        environment: environment.name,
        target: this.target,
        values: this.values,
        score: this.score,
        use,
        params: parameters.params,
        requires,
        workloadKind: workloadKindOf(resolution.renderer, this.score),
      });
      return context;
    };
    const { outputs, findings: wrong } =
      unresolved || use.capability.outputs.size === 0
        ? noOutputs
        : instanceOutputs(use.capability, this.madeOutputs(use, parameters), contextOf);
    this.findings.push(...wrong);
    const made = new LazyInstance(use, outputs, unresolved, contextOf);
    this.made.set(use.path, made);
    return made;
  }

  private madeOutputs(use: Use, { outputs }: Parameters): MadeOutputs {
    return { ofInstance: memoOf(this.input.resolution).of(use).outputs, ofParameters: outputs };
  }

  private parameters(use: Pick<Use, 'path' | 'capability'>) {
    const at = descend(this.score, use.path === '' ? ['metadata', 'workload'] : ['resources', use.path]);
    const input: ParameterInput = {
      capability: use.capability,
      written: this.requiredParams(use) ?? child(at, 'params'),
      class: child(at, 'class'),
      values: this.values,
      lookup: this.lookup,
      place: (at ?? this.resourceNode(use.path)).origin,
    };
    return parametersOf(input, memoOf(this.input.resolution).of(use).parameters);
  }

  /** The params that a capability gives to what it requires. */
  private requiredParams({ path }: Pick<Use, 'path'>): Traced | undefined {
    const required = this.here.requiredBy.get(path);
    if (required === undefined) return undefined;
    const { capability, index } = required;
    const params = capability.document.spec.requires?.[index]?.params;
    if (params === undefined) return undefined;
    return traceJson(params as Json, (pointer) => ({
      kind: 'source',
      source: capability.source,
      pointer: ['spec', 'requires', index, 'params', ...pointer],
    }));
  }

  private requiredOutputs(path: string): Readonly<Record<string, Traced>> {
    const outputs = [...(this.outputsAt(path) ?? [])].flatMap(([name, value]) =>
      value.kind === 'value' ? [[name, value.node] as const] : [],
    );
    return Object.fromEntries(outputs);
  }

  private isUnresolved(path: string): boolean {
    if (this.read.has(path)) return this.unread.has(path);
    return this.made.get(path)?.unresolved ?? false;
  }

  private outputsAt(path: string): Outputs | undefined {
    if (this.input.resolution.shared.has(path)) return this.sharedOutputs(path);
    const use = this.input.resolution.uses.get(path);
    return use && this.instance(use).outputs;
  }

  readonly lookup: Lookup = (path) => {
    const [root, name = '', ...rest] = path;
    if (root === 'metadata') {
      const node = descend(this.score, path);
      return node === undefined ? undefined : { kind: 'value', node };
    }
    if (isEnvironment(this.score, name)) {
      const node = environmentValue(this.values, rest);
      return node === undefined ? undefined : { kind: 'value', node };
    }
    const called = this.calledService(name);
    if (called !== undefined) {
      const value = serviceOutputs(called, this.input.environment.name).get(rest.join('.'));
      return value === undefined
        ? undefined
        : { kind: 'value', node: new Traced(value, this.resourceNode(name).origin) };
    }
    return this.outputsAt(name)?.get(rest.join('.'));
  };

  /** The volumes of the Score document, by resource, with their parameters. */
  readonly volume = (name: string): VolumeInput | undefined => {
    const node = descend(this.score, ['resources', name]);
    if (node === undefined || stringIn(child(node, 'type')) !== volumeCapability.name) return undefined;
    const before = this.volumes.get(name);
    if (before !== undefined) return before;
    const use = this.input.resolution.uses.get(name);
    const { params, findings } = this.parameters(use ?? { path: name, capability: volumeCapability });
    // Those of a kept volume are in the findings of its instance.
    if (use === undefined) this.findings.push(...findings);
    const volume = { params, instance: use?.instance };
    this.volumes.set(name, volume);
    return volume;
  };

  private calledService(name: string) {
    const resource = descend(this.score, ['resources', name]);
    if (stringIn(child(resource, 'type')) !== 'service') return undefined;
    return this.input.resolution.services.get(stringIn(child(resource, 'id')) ?? name);
  }

  readonly builtImage = (container: string): string => {
    const before = this.images.get(container);
    if (before !== undefined) return before;
    const { resolution } = this.input;
    const built = resolution.images.get(container);
    this.images.set(container, built?.image ?? '');
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

function isExcluded({ capability }: Use, { name }: Environment): boolean {
  return capability.document.spec.environments?.exclude.includes(name) ?? false;
}
