import type { Environment } from '../environment/environment.ts';
import { quote } from '../finding/did-you-mean.ts';
import type { Finding } from '../finding/finding.ts';
import { canonicalJson } from '../json/canonical-json.ts';
import type { Json } from '../json/json.ts';
import type { Platform } from '../platform/platform.ts';
import { positionOf } from '../provenance/origin.ts';
import { child, descend, nearestNode, type Traced, toJson } from '../provenance/traced.ts';
import { TargetInstances } from '../render/target-instances.ts';
import type { Resolution, Use } from '../resolve/resolution.ts';
import { quantityOf } from './quantity.ts';

/** A service in an environment, on one side of a change. */
export interface SideOfChange {
  readonly platform: Platform;
  readonly resolution: Resolution;
  readonly environment: Environment;
}

/**
 * Parameters that an instance cannot change once it is there: those that its capability calls `immutable`, and those
 * that may only grow. Kubernetes or the operator would refuse it, or make the instance anew without its data.
 *
 * @returns `plan/parameter-fixed` at what the change writes, for each target
 */
export function parameterChanges(before: SideOfChange, after: SideOfChange): readonly Finding[] {
  const lasting = [...after.resolution.uses.values()].flatMap((use) => {
    const { immutable = [], growOnly = [] } = use.capability.document.spec;
    const was = before.resolution.uses.get(use.path);
    const fixed = [...immutable, ...growOnly];
    return was?.instance.id === use.instance.id && fixed.length > 0 ? [{ was, use, immutable, growOnly }] : [];
  });
  if (lasting.length === 0) return [];
  return after.environment.document.spec.targets.flatMap(({ name }, target) => {
    const earlier = before.environment.document.spec.targets.findIndex((candidate) => candidate.name === name);
    if (earlier < 0) return [];
    const sides = [
      new TargetInstances({ ...before, target: earlier }),
      new TargetInstances({ ...after, target }),
    ] as const;
    return lasting.flatMap(({ was, use, immutable, growOnly }) => {
      const [from, to] = [paramsOf(sides[0], was), paramsOf(sides[1], use)];
      if (from === undefined || to === undefined) return [];
      return [
        ...immutable.flatMap((path) => problem(path, from, to, use, after.environment, differs)),
        ...growOnly.flatMap((path) => problem(path, from, to, use, after.environment, shrinks)),
      ];
    });
  });
}

function paramsOf(instances: TargetInstances, { path }: Use): Traced | undefined {
  const use = instances.offered(path);
  return use && child(instances.instance(use).context, 'params');
}

/** Why one value cannot follow the other; `undefined` when it can. */
type Refuses = (from: Json | undefined, to: Json | undefined) => string | undefined;

const differs: Refuses = (from, to) =>
  canonicalJson(from ?? null) === canonicalJson(to ?? null) ? undefined : 'is fixed once the instance is there';

const shrinks: Refuses = (from, to) => {
  const [was, is] = [quantityOf(from), quantityOf(to)];
  return was === undefined || (is !== undefined && is >= was) ? undefined : 'can only grow';
};

function problem(
  path: string,
  from: Traced,
  to: Traced,
  { capability, instance, path: resource }: Use,
  environment: Environment,
  refuses: Refuses,
): readonly Finding[] {
  const pointer = path.split('.');
  const [was, is] = [from, to].map((params) => {
    const node = descend(params, pointer);
    return node && toJson(node);
  });
  const reason = refuses(was, is);
  if (reason === undefined) return [];
  const shown = (value: Json | undefined) => (value === undefined ? 'nothing' : JSON.stringify(value));
  return [
    {
      code: 'plan/parameter-fixed',
      severity: 'error',
      message: `${quote(path)} of ${resource} would go from ${shown(was)} to ${shown(is)} in ${environment.name}: of ${capability.name} it ${reason}`,
      hint: `leave it as it is; or add a resource of another name beside ${instance.name}, and move the data`,
      ...positionOf((descend(to, pointer) ?? nearestNode(to, pointer)).origin),
    },
  ];
}
