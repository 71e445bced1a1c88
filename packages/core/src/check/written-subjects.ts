import { componentOf } from '../catalog/derived-entity.ts';
import type { Entity } from '../catalog/entity.ts';
import { isObject, type Json, type JsonObject, property, stringOf } from '../json/json.ts';
import type { Pointer } from '../json/pointer.ts';
import { positionOf } from '../provenance/origin.ts';
import { nearestNode, toJson } from '../provenance/traced.ts';
import { environmentLabel } from '../render/labels.ts';
import type { Source } from '../source/source.ts';
import { effectiveScore, type Workload } from '../workload/workload.ts';
import type { CatalogView } from './catalog-view.ts';
import type { FileDocument } from './file-document.ts';
import type { PolicyRequest } from './policy-engine.ts';
import type { Subject } from './subject.ts';

/** Who uses no capability: a capability's own policies judge what belongs to its users. */
const nobody: ReadonlySet<string> = new Set();

/** What is common to the files of one service. */
export interface OfService {
  readonly service: string;
  /** The capabilities that it uses. */
  readonly scopes: ReadonlySet<string>;
  readonly view: CatalogView;
}

/** An entity that somebody wrote. */
export function entitySubject(
  entity: Entity,
  view: CatalogView,
  scopes: OfService['scopes'] = nobody,
): Subject | undefined {
  const { value, ref, source, document } = entity;
  if (!isObject(value)) return undefined;
  return {
    request: { object: value, namespaceObject: null, scopes, catalog: view(ref) },
    title: titleOf(value),
    subject: ref,
    placeOf: ([path = []]) => ({ at: source.locate(shownAt(value, path), 'value', document) }),
  };
}

/** A document of one of our own kinds; `service` when it lies in a service's folder. */
export function ownSubject(source: Source, view: CatalogView, service?: OfService): Subject | undefined {
  const [object = null] = source.documents;
  if (!isObject(object)) return undefined;
  const subject = fileSubject(
    { path: source.path, object, locate: (path) => source.locate(shownAt(object, path)) },
    view,
    service,
  );
  // A lock has no name of its own.
  return service === undefined ? subject : { ...subject, title: `${text(object['kind'])} ${service.service}` };
}

/** A workflow, or a Dockerfile of a service. */
export function fileSubject({ object, locate }: FileDocument, view: CatalogView, service?: OfService): Subject {
  return {
    request: {
      object,
      namespaceObject: null,
      scopes: service?.scopes ?? nobody,
      catalog: view(service && componentOf(service.service)),
    },
    title: titleOf(object),
    subject: service === undefined ? refOfOwn(object) : componentOf(service.service),
    placeOf: ([path = []]) => ({ at: locate(path) }),
  };
}

/**
 * The Score documents of a service, one for each environment: what is written for all with the override on top. The
 * Namespace says which environment it is, as it does for what is rendered, so that a binding selects by it.
 */
export function* scoreSubjects(
  workload: Workload,
  environments: readonly string[],
  { service, scopes, view }: OfService,
): Generator<Subject> {
  for (const environment of environments) {
    const score = effectiveScore(workload, environment);
    const document = toJson(score);
    if (!isObject(document)) continue;
    const object = { kind: 'Workload', ...document };
    yield {
      request: {
        object,
        namespaceObject: namespaceOf(workload.lock?.document.namespace ?? service, environment),
        scopes,
        catalog: view(componentOf(service)),
      },
      title: `Workload ${service}`,
      subject: componentOf(service),
      environment,
      target: '',
      placeOf: ([path = []]) => ({ at: positionOf(nearestNode(score, shownAt(object, path)).origin) }),
    };
  }
}

/** The subject with what it replaces, where that is known. */
export function replacing(subject: Subject, oldObject: PolicyRequest['oldObject']): Subject {
  return oldObject === undefined ? subject : { ...subject, request: { ...subject.request, oldObject } };
}

/** The Namespace of a service as far as it is the same in all targets. */
function namespaceOf(name: string, environment: string): JsonObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { [environmentLabel]: environment } } };
}

/** What no part of a document is at fault for is shown where it is named. */
function shownAt(object: JsonObject, path: Pointer): Pointer {
  const [first] = path;
  return first !== undefined && Object.hasOwn(object, first) ? path : ['metadata', 'name'];
}

function titleOf(object: JsonObject): string {
  return `${text(object['kind'])} ${text(property(object['metadata'], 'name'))}`;
}

function refOfOwn(object: JsonObject): string {
  return `${text(object['kind']).toLowerCase()}:${text(property(object['metadata'], 'name'))}`;
}

function text(value: Json | undefined): string {
  return stringOf(value) ?? '';
}
