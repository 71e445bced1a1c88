import { didYouMean, quote } from '../finding/did-you-mean.ts';
import type { Finding } from '../finding/finding.ts';
import { build } from '../provenance/build.ts';
import { passedThrough, positionOf } from '../provenance/origin.ts';
import { child, isMap, Traced } from '../provenance/traced.ts';
import type { Resolution, Use } from '../resolve/resolution.ts';
import { isClusterScoped } from './cluster-scoped-kinds.ts';
import { instanceLabels } from './labels.ts';
import { listPart, listProblem } from './list-object.ts';
import { nameProblem } from './object-name.ts';
import { identify, manifestPath, type RenderedObject } from './rendered-tree.ts';

interface Made {
  readonly node: Traced;
  /** The instance whose template made it; `undefined` for the conversion's own. */
  readonly by: Use | undefined;
}

/**
 * Gives every object its one owner (design, section 5, "Ownership of objects"): kinds that the capability
 * declared, in the service's own namespace, each object once, none with others inside; with the standard labels.
 */
export function ownedObjects(
  made: readonly Made[],
  resolution: Resolution,
  target: string,
): { readonly objects: readonly RenderedObject[]; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const objects = new Map<string, RenderedObject>();
  for (const { node, by } of made) {
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
    const kind = `${identity.group === '' ? '' : `${identity.group}/`}${identity.version}/${identity.kind}`;
    if (by !== undefined) {
      const declared = by.capability.document.spec.objects?.kinds ?? [];
      if (!declared.includes(kind)) {
        report(
          'render/undeclared-kind',
          `${by.capability.name} does not declare that it renders ${quote(kind)}`,
          didYouMean(kind, declared) ?? `add it to \`spec.objects.kinds\` of capabilities/${by.capability.name}`,
          child(node, 'kind'),
        );
        continue;
      }
      if (isClusterScoped(identity)) {
        report(
          'render/cluster-scoped',
          `${by.capability.name} renders the ${identity.kind} ${quote(identity.name)}, which is the whole cluster's`,
          'a capability renders what is in the namespace of its service; cluster-scoped objects are not supported yet',
          child(node, 'kind'),
        );
        continue;
      }
      if (identity.namespace !== undefined && identity.namespace !== resolution.namespace) {
        report(
          'render/foreign-namespace',
          `${identity.kind} ${quote(identity.name)} would be in the namespace ${quote(identity.namespace)}, which ${resolution.service} does not hold`,
          'leave `metadata.namespace` out',
          child(child(node, 'metadata'), 'namespace'),
        );
        continue;
      }
    }
    const owned =
      by === undefined
        ? { ...identity, node }
        : { ...identity, namespace: resolution.namespace, node: labelled(node, resolution, by) };
    const path = manifestPath(target, resolution.service, owned);
    const problem = nameProblem(owned, path);
    if (problem !== undefined) {
      report(
        'render/invalid-name',
        `${identity.kind} ${quote(identity.name)}: ${problem}`,
        'make the name of `instance.name`, which is short and valid',
        child(child(node, 'metadata'), 'name'),
      );
      continue;
    }
    const other = objects.get(path);
    if (other === undefined) objects.set(path, { ...owned, path });
    else
      report(
        'render/duplicate-object',
        `${identity.kind} ${quote(identity.name)} is rendered twice`,
        'make the name of one depend on `instance.name`',
      );
  }
  return { objects: [...objects.values()], findings };
}

/** The platform's labels and namespace, on top of what the template says. */
function labelled(node: Traced, resolution: Resolution, by: Use): Traced {
  const metadata = child(node, 'metadata');
  const labels = build(instanceLabels(resolution, by), {
    kind: 'renderer',
    rule: 'standard labels',
    cause: node.origin,
  });
  const written = child(metadata, 'labels');
  const all = new Traced(new Map([...entriesOf(written), ...entriesOf(labels)]), labels.origin);
  const namespace = new Traced(resolution.namespace, labels.origin);
  const full = new Traced(
    new Map([...entriesOf(metadata), ['namespace', namespace], ['labels', all]]),
    metadata?.origin ?? node.origin,
  );
  return new Traced(new Map([...entriesOf(node), ['metadata', full]]), node.origin);
}

function entriesOf(node: Traced | undefined): ReadonlyMap<string, Traced> {
  return isMap(node) ? node.content : new Map<string, Traced>();
}
