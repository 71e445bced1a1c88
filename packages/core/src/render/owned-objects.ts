import { quote } from '../finding/did-you-mean.ts';
import type { Finding } from '../finding/finding.ts';
import type { Grant } from '../platform/grant.ts';
import { build } from '../provenance/build.ts';
import { passedThrough, positionOf } from '../provenance/origin.ts';
import { child, descend, isMap, Traced } from '../provenance/traced.ts';
import type { Resolution, Use } from '../resolve/resolution.ts';
import type { MadeObject } from './capability-objects.ts';
import { instanceLabels } from './labels.ts';
import { listPart, listProblem } from './list-object.ts';
import { identify } from './manifest-path.ts';
import { nameProblem } from './object-name.ts';
import { OwnedObject } from './owned-object.ts';
import { isDeclaredClusterScoped, otherThan, ownershipProblem } from './ownership-problem.ts';
import { RenderedObject } from './rendered-tree.ts';
import { memoOf } from './service-memo.ts';

/**
 * Gives every object its one owner (design, section 5, "Ownership of objects"): kinds that the capability
 * declared, in the service's own namespace, each object once, none with others inside; with the standard labels.
 */
export function ownedObjects(
  made: readonly MadeObject[],
  resolution: Resolution,
  target: string,
  grants: readonly Grant[],
): { readonly objects: readonly RenderedObject[]; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const objects = new Map<string, RenderedObject>();
  const memo = memoOf(resolution);
  for (const { node, by, only } of made) {
    const { owned: known } = by === undefined ? memo : memo.of(by);
    const before = known.get(node);
    if (before !== undefined && !objects.has(before.file)) {
      objects.set(before.file, new RenderedObject(before, target));
      continue;
    }
    const report = (code: string, message: string, hint: string | undefined, at: Traced = node): void => {
      const related = passedThrough(at.origin);
      findings.push({
        code,
        severity: 'error',
        message,
        ...(hint !== undefined && { hint }),
        subject: `service:${resolution.service}`,
        ...(related.length > 0 && { related }),
        ...positionOf(at.origin),
      });
    };
    const identity = identify(node);
    if (identity === undefined) {
      report(
        'render/not-an-object',
        'this is no Kubernetes object: it needs `apiVersion`, `kind` and `metadata.name`',
        'mend the template',
      );
      continue;
    }
    const list = listPart(node);
    if (list !== undefined) {
      report('render/list-object', listProblem.message, listProblem.hint, list);
      continue;
    }
    const problem = by && (otherThan(only, identity, by) ?? ownershipProblem(identity, by, resolution, grants, only));
    if (problem !== undefined) {
      report(problem.code, problem.message, problem.hint, descend(node, problem.at));
      continue;
    }
    const cluster = by !== undefined && isDeclaredClusterScoped(identity, by);
    const namespace = by === undefined ? identity.namespace : cluster ? undefined : resolution.namespace;
    const owned = new OwnedObject(
      { ...identity, namespace },
      by === undefined ? node : placed(node, resolution, by, namespace),
      resolution.service,
    );
    const misnamed = nameProblem(identity, owned.file);
    if (misnamed !== undefined) {
      report(
        'render/invalid-name',
        `${identity.kind} ${quote(identity.name)}: ${misnamed}`,
        'make the name of `instance.name`, which is short and valid',
        child(child(node, 'metadata'), 'name'),
      );
      continue;
    }
    if (!objects.has(owned.file)) {
      known.set(node, owned);
      objects.set(owned.file, new RenderedObject(owned, target));
    } else
      report(
        'render/duplicate-object',
        `${identity.kind} ${quote(identity.name)} is rendered twice`,
        'make the name of one depend on `instance.name`',
      );
  }
  return { objects: [...objects.values()], findings };
}

/** The platform's labels and namespace, on top of what the template says. */
function placed(node: Traced, resolution: Resolution, by: Use, namespace: string | undefined): Traced {
  const metadata = child(node, 'metadata');
  const labels = build(instanceLabels(resolution, by), {
    kind: 'renderer',
    rule: 'standard labels',
    cause: node.origin,
  });
  const written = child(metadata, 'labels');
  const all = new Traced(new Map([...entriesOf(written), ...entriesOf(labels)]), labels.origin);
  const held: readonly [string, Traced][] =
    namespace === undefined ? [] : [['namespace', new Traced(namespace, labels.origin)]];
  const full = new Traced(new Map([...entriesOf(metadata), ...held, ['labels', all]]), metadata?.origin ?? node.origin);
  return new Traced(new Map([...entriesOf(node), ['metadata', full]]), node.origin);
}

function entriesOf(node: Traced | undefined): ReadonlyMap<string, Traced> {
  return isMap(node) ? node.content : new Map<string, Traced>();
}
