import type { Finding } from '../finding/finding.ts';
import { sortFindings } from '../finding/sort-findings.ts';
import type { EvaluatedService } from '../platform/evaluate-platform.ts';
import type { RenderedObject } from '../render/rendered-tree.ts';
import { capabilitiesOf } from '../resolve/resolution.ts';
import { type DeployedObjects, deployedUnknown } from './deployed-objects.ts';
import { mergeOccurrences, type Occurrence } from './merge-occurrences.ts';
import { renderedSubjects } from './rendered-subjects.ts';
import { type Judging, judge } from './subject.ts';

/** What the policies say of one service, in all that was rendered of it. */
export interface CheckedService {
  readonly findings: readonly Finding[];
  /** Objects that were judged: zero of them is never a pass. */
  readonly objects: number;
  /** Of the findings: those of which nobody can say here whether they are violations. */
  readonly inconclusive: number;
}

/**
 * Judges everything of a service that would be deployed by the policies. A finding points at the line in the
 * repository that the value came from, and names the rendered object, the template and the policy on its way. What a
 * waiver covers is an info that says so.
 *
 * @param deployed what it replaces
 * @param isJudged leaves out objects, beside which the others stand all the same
 */
export function checkService(
  evaluated: EvaluatedService,
  judging: Judging,
  deployed: DeployedObjects = deployedUnknown,
  isJudged: (object: RenderedObject) => boolean = () => true,
): CheckedService {
  const { service, trees } = evaluated;
  const scopes = scopesOf(evaluated);
  const occurrences: Occurrence[] = [];
  let objects = 0;
  for (const { environment, targets } of trees.values()) {
    const oldObject = (path: string) => deployed(environment, path);
    const rendering = { service, environment, scopes, oldObject, isJudged };
    for (const target of targets) {
      for (const subject of renderedSubjects(rendering, target)) {
        occurrences.push(...judge(subject, judging));
        objects += 1;
      }
    }
  }
  const { findings, inconclusive } = mergeOccurrences(occurrences, [...trees.keys()]);
  return { findings: sortFindings(findings), objects, inconclusive };
}

/** The capabilities that a service uses: their own policies judge it. */
export function scopesOf({ resolution }: EvaluatedService): ReadonlySet<string> {
  return new Set(resolution === undefined ? [] : capabilitiesOf(resolution).map(({ name }) => name));
}
