import type { Position, RelatedPlace } from '../finding/finding.ts';
import type { JsonObject } from '../json/json.ts';
import type { Pointer } from '../json/pointer.ts';
import { parseSubject } from '../waiver/waiver-subject.ts';
import type { WaiversInForce } from '../waiver/waivers-in-force.ts';
import { withWaiver } from '../waiver/with-waiver.ts';
import type { Occurrence } from './merge-occurrences.ts';
import type { PolicyEngine, PolicyRequest, PolicyViolation } from './policy-engine.ts';

/** One thing that policies judge, with the way back to the lines that it came from. */
export interface Subject {
  readonly request: PolicyRequest;
  /** As a message names it: `Deployment checkout`. */
  readonly title: string;
  /** As a finding names it: `component:default/checkout`. */
  readonly subject: string;
  /** Where it would be; absent for what is in no environment. */
  readonly environment?: string;
  readonly target?: string;
  /** Where a person has to look; of several fields of one violation, the likeliest first. */
  readonly placeOf: (fields: readonly Pointer[]) => SubjectPlace;
}

export interface SubjectPlace {
  readonly at: Partial<Position>;
  /** The value as it is rendered: its file on the environment's branch, and its field there. */
  readonly rendered?: { readonly path: string; readonly field: string };
  /** The templates and rules on the value's way. */
  readonly passed?: readonly RelatedPlace[];
  /** The line that many subjects may have in common, such as one of a template. */
  readonly cause?: string | undefined;
}

/** By what a subject is judged. */
export interface Judging {
  readonly engine: PolicyEngine;
  readonly waivers: WaiversInForce;
}

/** What the policies say of a subject. */
export function judge(subject: Subject, { engine, waivers }: Judging): readonly Occurrence[] {
  const { request, environment } = subject;
  const violations = engine.evaluate(request);
  if (violations.length === 0) return [];
  const ask = (object: JsonObject) => engine.evaluate({ ...request, object });
  const judged = { subject: parseSubject(subject.subject), environment, content: request.object };
  return violations.map((violation) => {
    const occurrence = occurrenceOf(subject, violation);
    return {
      ...occurrence,
      finding: withWaiver(occurrence.finding, violation.waived ?? waivers.waivedBy(violation, judged, ask)),
    };
  });
}

function occurrenceOf(
  { title, subject, environment, target, placeOf }: Subject,
  violation: PolicyViolation,
): Occurrence {
  const { at, rendered, passed = [], cause } = placeOf(violation.fieldPaths);
  const code = `policy/${violation.policy}`;
  return {
    finding: {
      code,
      severity: violation.severity,
      message: `${title}: ${saidOf(violation)}`,
      ...(violation.mend !== undefined && { hint: violation.mend }),
      subject,
      ...at,
      related: [...passed, { message: 'the policy', path: violation.path }],
      ...(cause !== undefined && { cause: `${code} ${cause}` }),
    },
    inconclusive: violation.kind === 'inconclusive',
    environment,
    target,
    rendered: rendered && { path: rendered.path, what: `rendered ${title}`, field: rendered.field },
  };
}

/** Nobody reads what cannot be decided as something that is wrong. */
function saidOf({ kind, message }: PolicyViolation): string {
  return kind === 'inconclusive' ? `cannot be decided here: ${message}` : message;
}
