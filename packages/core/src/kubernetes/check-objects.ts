import type { Finding, Position, RelatedPlace } from '../finding/finding.ts';
import { valueAt } from '../json/json.ts';
import { serviceFile } from '../layout/paths.ts';
import { keyPositionOf, passedThrough, positionOf } from '../provenance/origin.ts';
import { child, type Traced } from '../provenance/traced.ts';
import type { RenderedObject } from '../render/rendered-tree.ts';
import { CheckRun, type SchemaProblem } from './check-run.ts';
import { fieldPath } from './field-path.ts';
import type { KubernetesTypes } from './kubernetes-types.ts';

/** Where objects were rendered for. */
export interface RenderedFor {
  readonly service: string;
  readonly environment: string;
}

/**
 * Checks rendered objects by the schemas of their kinds: fields that do not exist, values of another type, fields that are
 * missing, what an enumeration, a bound or a format does not allow, items that are there twice.
 *
 * A finding points at the line that the value comes from, the consumer's own if there is one. An object of a kind without
 * a schema is not checked (`capability/no-schema`).
 */
export function checkObjects(
  objects: readonly RenderedObject[],
  types: KubernetesTypes,
  rendered: RenderedFor,
): readonly Finding[] {
  return objects.flatMap((object) => checkObject(object, types, rendered));
}

function checkObject(object: RenderedObject, types: KubernetesTypes, rendered: RenderedFor): readonly Finding[] {
  const apiVersion = object.group === '' ? object.version : `${object.group}/${object.version}`;
  const known = types.find(apiVersion, object.kind, capabilityOf(object));
  if (known.kind === 'unknown') return [];
  if (known.kind === 'unreadable') return known.findings;
  if (known.kind === 'missing') {
    const node = child(object.node, 'apiVersion') ?? object.node;
    const problem: SchemaProblem = { kind: 'wrong-value', node, path: ['apiVersion'], says: known.message };
    return [finding('kubernetes/unknown-kind', known.message, known.hint, problem, object, rendered)];
  }
  const run = new CheckRun();
  known.check(object.node, run);
  if (run.problems.length === 0 && !run.exhausted) return [];
  const findings = run.problems.map((problem) => {
    const message = `${fieldPath(problem.path)} of a ${object.kind} ${problem.says}`;
    return finding(`kubernetes/${problem.kind}`, message, problem.hint, problem, object, rendered);
  });
  if (!run.exhausted) return findings;
  const whole: SchemaProblem = { kind: 'wrong-value', node: object.node, path: [], says: 'is too large to be checked' };
  const message = `the ${object.kind} is too large, or its schema too deep, to be checked`;
  return [
    ...findings,
    finding('kubernetes/wrong-value', message, 'make several objects of it', whole, object, rendered),
  ];
}

function finding(
  code: string,
  message: string,
  hint: string | undefined,
  { kind, node }: SchemaProblem,
  object: RenderedObject,
  { service, environment }: RenderedFor,
): Finding {
  const place = placeOf(kind, node);
  const made: RelatedPlace = {
    message: `rendered as ${object.kind} ${object.name} in ${environment} by ${makerOf(object)}`,
    path: object.path,
  };
  // What a template says of itself is the same for all who use it: then it is nobody's service.
  const own = serviceFile(place.path)?.folder === service;
  return {
    code,
    severity: 'error',
    message,
    hint: hint ?? 'mend the value at this place, or where it comes from',
    ...(own && { subject: `service:${service}` }),
    ...place,
    related: [...passedThrough(node.origin), made],
  };
}

/** Where a person has to look: the key that is none, the template that made text of a number, else the value. */
function placeOf(kind: SchemaProblem['kind'], { origin, content }: Traced): Position {
  if (kind === 'unknown-field') return keyPositionOf(origin);
  const changed = kind === 'wrong-type' && origin.kind === 'template' && origin.value?.kind === 'source';
  if (!changed) return positionOf(origin);
  const { source, pointer, document = 0 } = origin.value;
  const written = valueAt(source.documents[document] ?? null, pointer);
  return typeof written === typeof content ? positionOf(origin) : origin.position;
}

/** The name of the capability whose template made the object. */
function capabilityOf({ node: { origin } }: RenderedObject): string | undefined {
  return origin.kind === 'template' ? origin.capability.slice(0, origin.capability.lastIndexOf('@')) : undefined;
}

function makerOf({ node }: RenderedObject): string {
  return node.origin.kind === 'template' ? node.origin.capability : 'the conversion of Score';
}
