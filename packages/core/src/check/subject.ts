import type { Position, RelatedPlace } from '../finding/finding.ts';
import type { Pointer } from '../json/pointer.ts';
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

/** What the policies say of a subject. */
export function judge(subject: Subject, engine: PolicyEngine): readonly Occurrence[] {
  return engine.evaluate(subject.request).map((violation) => occurrenceOf(subject, violation));
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
      message: `${title}: ${violation.message}`,
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
