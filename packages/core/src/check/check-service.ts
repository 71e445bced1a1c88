import type { Finding, Position } from '../finding/finding.ts';
import { sortFindings } from '../finding/sort-findings.ts';
import { isObject } from '../json/json.ts';
import type { EvaluatedService } from '../platform/evaluate-platform.ts';
import { passedThrough, positionOf } from '../provenance/origin.ts';
import { descend, nearestNode, type Traced, toJson } from '../provenance/traced.ts';
import type { RenderedObject, RenderedTarget } from '../render/rendered-tree.ts';
import { capabilitiesOf } from '../resolve/resolution.ts';
import type { PolicyEngine, PolicyViolation } from './policy-engine.ts';
import { policyResources } from './policy-resources.ts';

/** What the policies say of one service, in all that was rendered of it. */
export interface CheckedService {
  readonly findings: readonly Finding[];
  /** Objects that were judged: zero of them is never a pass. */
  readonly objects: number;
}

/**
 * Judges everything of a service that would be deployed by the policies. A finding points at the line in the
 * repository that the value came from, and names the template and the policy on its way.
 */
export function checkService({ service, trees, resolution }: EvaluatedService, engine: PolicyEngine): CheckedService {
  const targets = [...trees.values()].flatMap((tree) => tree.targets);
  const capabilities = new Set(resolution === undefined ? [] : capabilitiesOf(resolution).map(({ name }) => name));
  return {
    findings: sortFindings(targets.flatMap((target) => checkTarget({ service, capabilities, engine }, target))),
    objects: targets.reduce((sum, { objects }) => sum + objects.length, 0),
  };
}

interface Judging {
  readonly service: string;
  readonly capabilities: ReadonlySet<string>;
  readonly engine: PolicyEngine;
}

function checkTarget({ service, capabilities, engine }: Judging, target: RenderedTarget): readonly Finding[] {
  const manifests = target.objects.flatMap((object) => {
    const manifest = toJson(object.node);
    return isObject(manifest) ? [{ object, manifest }] : [];
  });
  const namespaces = new Map(
    manifests
      .filter(({ object: { kind, group } }) => kind === 'Namespace' && group === '')
      .map(({ object, manifest }) => [object.name, manifest]),
  );
  const resources = policyResources(manifests.map(({ manifest }) => manifest));
  return manifests.flatMap(({ object, manifest }) =>
    engine
      .evaluate({
        object: manifest,
        namespaceObject: object.namespace === undefined ? undefined : namespaces.get(object.namespace),
        scopes: capabilities,
        resources,
      })
      .map((violation) => findingOf(service, object, violation)),
  );
}

function findingOf(service: string, object: RenderedObject, violation: PolicyViolation): Finding {
  const node = faultyNode(object.node, violation);
  const said = violation.kind === 'inconclusive' ? `cannot be decided here: ${violation.message}` : violation.message;
  return {
    code: `policy/${violation.policy}`,
    severity: violation.severity,
    message: `${object.kind} ${object.name}: ${said}`,
    ...(violation.mend !== undefined && { hint: violation.mend }),
    subject: `service:${service}`,
    ...(containerPlace(object.node, node, violation) ?? positionOf(node.origin)),
    related: [...passedThrough(node.origin), { message: 'the policy', path: violation.path }],
  };
}

/** The deepest value that one of the expression's fields leads to: the most exact place to look at. */
function faultyNode(root: Traced, { fieldPaths }: PolicyViolation): Traced {
  const [first] = fieldPaths;
  return first === undefined ? root : nearestNode(root, first);
}

/**
 * Where the Score file has the container that a violation is about. What the renderer makes of a container has the whole
 * file as its cause; its image is a line of the container itself.
 */
function containerPlace(root: Traced, { origin }: Traced, { fieldPaths }: PolicyViolation): Position | undefined {
  const [path = []] = fieldPaths;
  const at = path.findIndex((step) => step === 'containers' || step === 'initContainers');
  if (at < 0 || path.length < at + 2 || origin.kind !== 'renderer') return undefined;
  const image = descend(root, [...path.slice(0, at + 2), 'image'])?.origin;
  if (image?.kind !== 'source') return undefined;
  const [containers, name] = image.pointer;
  if (containers !== 'containers' || name === undefined) return undefined;
  return image.source.locate([containers, name], 'key', image.document);
}
