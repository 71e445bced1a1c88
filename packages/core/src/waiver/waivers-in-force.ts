import type { EntityRef } from '../catalog/entity-reference.ts';
import type { PolicyViolation } from '../check/policy-engine.ts';
import type { Finding, Waived } from '../finding/finding.ts';
import { type JsonObject, property, stringOf } from '../json/json.ts';
import { type Ask, coverTogether, isWhole } from './cover-together.ts';
import { type Day, dayOf, dayText } from './day.ts';
import type { Waiver } from './waiver.ts';
import { shortReference } from './waiver-subject.ts';

/** The object that a policy judged. */
export interface JudgedObject {
  /** Whose it is; what has no name cannot be waived. */
  readonly subject: EntityRef | undefined;
  /** Absent for what is in no environment, such as an entity of the catalog. */
  readonly environment?: string | undefined;
  readonly content: JsonObject;
}

/** From so many days before the end it is said. */
const noticeDays = 14;

/** The waivers of one run over a platform, on one day: what they cover, and which of them covered anything. */
export class WaiversInForce {
  readonly #today: Day;
  readonly #all: readonly Waiver[];
  readonly #bySubject: ReadonlyMap<EntityRef, readonly Waiver[]>;
  readonly #used = new Set<Waiver>();

  /** @param now in UTC, the clock of whoever runs this: `2026-11-21T09:00:00.000Z` */
  constructor(waivers: readonly Waiver[], now: string) {
    const today = dayOf(now);
    if (today === undefined) throw new Error(`${now} is no moment`);
    this.#today = today;
    this.#all = waivers;
    const bySubject = new Map<EntityRef, Waiver[]>();
    for (const waiver of waivers.filter((each) => holds(each, today))) {
      const same = bySubject.get(waiver.subject);
      if (same === undefined) bySubject.set(waiver.subject, [waiver]);
      else same.push(waiver);
    }
    this.#bySubject = bySubject;
  }

  /**
   * The waiver that covers what a policy says against an object, if there is one. A policy that fails is not excused: it
   * says nothing of the object.
   *
   * A policy that wants something of each container names the first that lacks it, and stops there. So what a waiver for
   * a part covers is taken out of the object, and the policy is asked again, until it has nothing more to say or says it
   * of something that nobody waived.
   *
   * @param ask what all policies say of the object with other content
   * @returns of several that cover it together, the one that ends first
   */
  waivedBy(violation: PolicyViolation, object: JudgedObject, ask: Ask): Waived | undefined {
    const ofSubject = object.subject === undefined ? undefined : this.#bySubject.get(object.subject);
    const candidates = (ofSubject ?? []).filter(
      (candidate) => candidate.policy === violation.policy && isIn(candidate, object),
    );
    if (candidates.length === 0 || violation.kind === 'error') return undefined;
    const whole = candidates.find(({ document: { spec } }) => isWhole(spec.subject));
    const waivers = whole === undefined ? coverTogether(candidates, violation, object.content, ask) : [whole];
    const [first] = [...waivers].sort((a, b) => a.expires - b.expires);
    if (first === undefined) return undefined;
    for (const waiver of waivers) this.#used.add(waiver);
    const { reason, owner, expires } = first.document.spec;
    return { path: first.source.path, reason, owner, expires };
  }

  /** What there is to say of their days: those that ended, will end soon, or have not begun. */
  termFindings(isConcerned: (waiver: Waiver) => boolean = () => true): readonly Finding[] {
    return this.#all.filter(isConcerned).flatMap((waiver) => this.#termFinding(waiver) ?? []);
  }

  /**
   * Waivers that covered nothing: what they excused is mended, or they never named it.
   *
   * @param wasJudged whether all that a waiver may be about was looked at
   */
  unusedFindings(wasJudged: (waiver: Waiver) => boolean): readonly Finding[] {
    return this.#all
      .filter((waiver) => holds(waiver, this.#today) && !this.#used.has(waiver) && wasJudged(waiver))
      .map((waiver) => ({
        code: 'waiver/matches-nothing',
        severity: 'warning',
        message: `${waiver.policy} finds nothing that this waiver covers in ${whereOf(waiver)}`,
        hint: `remove the waiver if it was mended; else see what \`npx idp check\` says and name that very place${environmentsHint(waiver)}`,
        ...waiver.source.locate(['spec', 'subject']),
      }));
  }

  #termFinding(waiver: Waiver): Finding | undefined {
    const left = waiver.expires - this.#today;
    const what = `the waiver of ${waiver.policy} for ${whereOf(waiver)}`;
    const { owner, approver } = waiver.document.spec;
    const at = (field: 'expires' | 'issued') => waiver.source.locate(['spec', field]);
    if (waiver.issued > this.#today)
      return {
        code: 'waiver/not-begun',
        severity: 'error',
        message: `${what} holds from ${dayText(waiver.issued)}; today is ${dayText(this.#today)} (UTC)`,
        hint: 'write the day on which it was issued: nothing is waived ahead of time',
        ...at('issued'),
      };
    if (left < 0)
      return {
        code: 'waiver/expired',
        severity: 'error',
        message: `${what} ended on ${dayText(waiver.expires)} and waives nothing any more`,
        hint: `${owner} mends it and removes the waiver, or asks ${approver} for another term`,
        ...at('expires'),
      };
    if (left > noticeDays) return undefined;
    const when = left === 0 ? 'ends today' : left === 1 ? 'ends tomorrow' : `ends in ${left} days`;
    return {
      code: 'waiver/expires-soon',
      severity: 'warning',
      message: `${what} ${when}, on ${dayText(waiver.expires)}`,
      hint: `${owner} mends it before that, or asks ${approver} for another term`,
      ...at('expires'),
    };
  }
}

function holds({ issued, expires }: Waiver, today: Day): boolean {
  return issued <= today && today <= expires;
}

function isIn({ document }: Waiver, object: JudgedObject): boolean {
  const { resource, environments } = document.spec.subject;
  if (resource !== undefined && resource !== titleOf(object.content)) return false;
  return environments === undefined || (object.environment !== undefined && environments.includes(object.environment));
}

function titleOf(content: JsonObject): string {
  return `${stringOf(content['kind'])}/${stringOf(property(content['metadata'], 'name'))}`;
}

/** Score files and what is rendered are in environments, and nothing else is. */
function environmentsHint({ document }: Waiver): string {
  return document.spec.subject.environments === undefined
    ? ''
    : '; entities and other files are in no environment: for those leave `environments` out';
}

/** `component:checkout, container main, in prod`. */
function whereOf({ subject, document }: Waiver): string {
  const { resource, container, path, environments } = document.spec.subject;
  return [
    shortReference(subject),
    resource,
    container && `container ${container}`,
    path,
    environments && `in ${environments.join(', ')}`,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}

/** Where nobody is excused: the fixtures of a capability speak for every repository that takes it. */
export const noWaivers = new WaiversInForce([], '1970-01-01');
