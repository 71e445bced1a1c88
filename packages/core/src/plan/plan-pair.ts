import { type Digest, digestOfJson } from '../digest/digest.ts';
import { compareStrings } from '../json/compare.ts';
import type { Json } from '../json/json.ts';
import { property, stringOf } from '../json/json.ts';
import { targetOfPath } from '../render/manifest-path.ts';
import type { RenderedTree } from '../render/rendered-tree.ts';
import { fieldChanges } from './field-changes.ts';
import type { ObjectChange, ServicePlan } from './plan.ts';

/** One side of a plan: the objects of a service in an environment, by manifest path. */
export interface PlannedSide {
  readonly tree: Digest;
  readonly release: Digest;
  readonly objects: ReadonlyMap<string, Json>;
}

export function sideOf(tree: RenderedTree): PlannedSide {
  const objects = tree.targets.flatMap((target) => target.objects.map((object) => [object.path, object.json] as const));
  return { tree: tree.digest, release: tree.release, objects: new Map(objects) };
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
