import { type Digest, digestOfJson } from '../digest/digest.ts';
import { compareStrings } from '../json/compare.ts';
import type { Json } from '../json/json.ts';
import { property, stringOf } from '../json/json.ts';
import type { Evaluation } from '../platform/evaluate-platform.ts';
import { toJson } from '../provenance/traced.ts';
import { type RenderedTree, targetOfPath } from '../render/rendered-tree.ts';
import { fieldChanges } from './field-changes.ts';
import type { ObjectChange, Plan, ServicePlan } from './plan.ts';

/** One side of a plan: the objects of a service in an environment, by manifest path. */
export interface PlannedSide {
  readonly tree: Digest;
  readonly release: Digest;
  readonly objects: ReadonlyMap<string, Json>;
}

export function sideOf(tree: RenderedTree): PlannedSide {
  const objects = tree.targets.flatMap((target) =>
    target.objects.map((object) => [object.path, toJson(object.node)] as const),
  );
  return { tree: tree.digest, release: tree.release, objects: new Map(objects) };
}

/**
 * What a change does: every service in every environment, before and after, field by field. A pair that could
 * not be rendered on one side because of findings is left out: it is not known, and it is not "deleted".
 */
export function makePlan(before: Evaluation, after: Evaluation): Plan {
  const beforeTrees = treesOf(before);
  const afterTrees = treesOf(after);
  const unknown = new Set([...unrendered(before), ...unrendered(after)]);
  const pairs = [...new Set([...beforeTrees.keys(), ...afterTrees.keys()])]
    .filter((pair) => !unknown.has(pair))
    .sort(byServiceThen([...new Set([...after.environments, ...before.environments])]));
  const services = pairs.flatMap((pair) => {
    const from = beforeTrees.get(pair);
    const to = afterTrees.get(pair);
    const { service, environment } = (to ?? from) as RenderedTree;
    const plan = planPair(service, environment, from && sideOf(from), to && sideOf(to));
    return plan === undefined ? [] : [plan];
  });
  return { services, compared: pairs.length };
}

/** The plan of one service in one environment; `undefined` when nothing differs, not even the release. */
export function planPair(
  service: string,
  environment: string,
  from: PlannedSide | undefined,
  to: PlannedSide | undefined,
): ServicePlan | undefined {
  if (from?.tree === to?.tree && from?.release === to?.release) return undefined;
  const paths = [...new Set([...(from?.objects.keys() ?? []), ...(to?.objects.keys() ?? [])])].sort(compareStrings);
  const changes = paths.flatMap((path) => objectChange(path, from?.objects.get(path), to?.objects.get(path)));
  const digest = digestOfJson({
    schema: 'idp.internal/plan/v1',
    from: from?.tree ?? null,
    to: to?.tree ?? null,
    changes: changes as unknown as Json,
  });
  return {
    service,
    environment,
    fromTree: from?.tree,
    toTree: to?.tree,
    fromRelease: from?.release,
    toRelease: to?.release,
    targets: [...new Set(paths.map(targetOfPath))].sort(compareStrings),
    changes,
    digest,
  };
}

function objectChange(path: string, before: Json | undefined, after: Json | undefined): readonly ObjectChange[] {
  const shown = after ?? before;
  if (shown === undefined) return [];
  const [object, target] = [objectName(shown), targetOfPath(path)];
  if (before === undefined) return [{ object, target, path, kind: 'created', fields: [] }];
  if (after === undefined) return [{ object, target, path, kind: 'deleted', fields: [] }];
  const fields = fieldChanges(before, after);
  return fields.length === 0 ? [] : [{ object, target, path, kind: 'updated', fields }];
}

function objectName(object: Json): string {
  const metadata = property(object, 'metadata');
  const namespace = stringOf(property(metadata, 'namespace'));
  const name = stringOf(property(metadata, 'name')) ?? '?';
  const kind = `${stringOf(property(object, 'apiVersion')) ?? '?'} ${stringOf(property(object, 'kind')) ?? '?'}`;
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

function treesOf({ services }: Evaluation): ReadonlyMap<string, RenderedTree> {
  const trees = services.flatMap(({ service, trees: byEnvironment }) =>
    [...byEnvironment].map(([environment, tree]) => [`${service} ${environment}`, tree] as const),
  );
  return new Map(trees);
}

/** By service, then in the order in which environments follow each other. */
function byServiceThen(environments: readonly string[]): (a: string, b: string) => number {
  const key = (pair: string): readonly [string, number] => {
    const space = pair.indexOf(' ');
    return [pair.slice(0, space), environments.indexOf(pair.slice(space + 1))];
  };
  return (a, b) => {
    const [left, right] = [key(a), key(b)];
    return compareStrings(left[0], right[0]) || left[1] - right[1];
  };
}

/** Pairs that exist but have no tree. */
function unrendered(evaluation: Evaluation): readonly string[] {
  return evaluation.services.flatMap(({ service, trees }) =>
    evaluation.environments
      .filter((environment) => !trees.has(environment))
      .map((environment) => `${service} ${environment}`),
  );
}
