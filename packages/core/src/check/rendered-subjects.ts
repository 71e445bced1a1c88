import { componentOf } from '../catalog/derived-entity.ts';
import type { Position } from '../finding/finding.ts';
import { isObject, type JsonObject } from '../json/json.ts';
import type { Pointer } from '../json/pointer.ts';
import { fieldPath } from '../kubernetes/field-path.ts';
import { serviceFile } from '../layout/paths.ts';
import { type Origin, passedThrough, positionOf } from '../provenance/origin.ts';
import { descend, nearestNode, type Traced } from '../provenance/traced.ts';
import type { RenderedObject, RenderedTarget } from '../render/rendered-tree.ts';
import type { PolicyRequest } from './policy-engine.ts';
import { policyResources } from './policy-resources.ts';
import type { Subject, SubjectPlace } from './subject.ts';

/** What all rendered objects of a service in one environment have in common. */
export interface Rendering {
  readonly service: string;
  readonly environment: string;
  readonly scopes: PolicyRequest['scopes'];
  /** What stands on the environment's branch under a path; see `PolicyRequest.oldObject`. */
  readonly oldObject: (path: string) => JsonObject | null | undefined;
  /** The others are only beside those that are judged. */
  readonly isJudged: (object: RenderedObject) => boolean;
}

/** The objects of one target: each is judged with its Namespace and beside the others. */
export function* renderedSubjects(rendering: Rendering, target: RenderedTarget): Generator<Subject> {
  const manifests = target.objects.flatMap((object) => {
    const manifest = object.json;
    return isObject(manifest) ? [{ object, manifest }] : [];
  });
  const namespaces = new Map(
    manifests
      .filter(({ object: { kind, group } }) => kind === 'Namespace' && group === '')
      .map(({ object, manifest }) => [object.name, manifest]),
  );
  const resources = policyResources(manifests.map(({ manifest }) => manifest));
  const { service, environment, scopes, oldObject, isJudged } = rendering;
  for (const { object, manifest } of manifests) {
    if (!isJudged(object)) continue;
    yield {
      request: {
        object: manifest,
        oldObject: oldObject(object.path),
        namespaceObject: object.namespace === undefined ? undefined : namespaces.get(object.namespace),
        scopes,
        resources,
      },
      title: `${object.kind} ${object.name}`,
      subject: componentOf(service),
      environment,
      target: target.target,
      placeOf: ([path = []]) => placeOf(object, path),
    };
  }
}

function placeOf(object: RenderedObject, path: Pointer): SubjectPlace {
  const node = nearestNode(object.node, path);
  const at = containerPlace(object.node, node, path) ?? positionOf(node.origin);
  return {
    at,
    rendered: { path: object.path, field: path.length === 0 ? '' : fieldPath(path) },
    passed: passedThrough(node.origin),
    cause: sharedPlace(node.origin, at),
  };
}

/** The line that many services have in common: of a template, of an environment; nothing for what is the service's own. */
function sharedPlace(origin: Origin, at: Position): string | undefined {
  const template = templateOf(origin);
  if (template !== undefined) return lineOf(template);
  if (serviceFile(at.path) === undefined) return lineOf(at);
  return origin.kind === 'renderer' ? `the renderer: ${origin.rule}` : undefined;
}

/** The template whose own text is at fault; what it only passes on is somebody else's. */
function templateOf(origin: Origin): Position | undefined {
  if (origin.kind === 'template') return origin.value === undefined ? origin.position : templateOf(origin.value);
  return origin.kind === 'renderer' ? templateOf(origin.cause) : undefined;
}

function lineOf({ path, line }: Position): string {
  return `${path}:${line}`;
}

/**
 * Where the Score file has the container that a violation is about. What the renderer makes of a container has the whole
 * file as its cause; its image is a line of the container itself.
 */
function containerPlace(root: Traced, { origin }: Traced, path: Pointer): Position | undefined {
  const at = path.findIndex((step) => step === 'containers' || step === 'initContainers');
  if (at < 0 || path.length < at + 2 || origin.kind !== 'renderer') return undefined;
  const image = descend(root, [...path.slice(0, at + 2), 'image'])?.origin;
  if (image?.kind !== 'source') return undefined;
  const [containers, name] = image.pointer;
  if (containers !== 'containers' || name === undefined) return undefined;
  return image.source.locate([containers, name], 'key', image.document);
}
