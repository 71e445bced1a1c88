import { parseReference } from '../catalog/entity-reference.ts';
import { didYouMean, quote } from '../finding/did-you-mean.ts';
import type { Pointer } from '../json/pointer.ts';
import { nearestPolicy, type PolicyFacts, policyCalled } from '../policy/policy-facts.ts';
import type { WaiverDocument } from '../schema/waiver.schema.ts';
import { dayOf, dayText } from './day.ts';
import { parseFieldPattern } from './field-pattern.ts';
import type { Waiver } from './waiver.ts';
import { isKnownSubject, type KnownSubjects, nearestSubject, parseSubject } from './waiver-subject.ts';

/** Something that is wrong with what a waiver names. */
export interface WaiverProblem {
  /** The second part of the finding's code. */
  readonly what: string;
  readonly pointer: Pointer;
  readonly message: string;
  readonly hint: string;
}

type Refuse = (what: string, pointer: Pointer, message: string, hint: string) => void;

/**
 * Reads a waiver whose form is right, against what it names; also one that nobody has written yet.
 *
 * @param file the name of its file
 * @param context what there is; `undefined` where an earlier run found all that is named, and nothing of it went since
 * @returns a value where nothing is wrong
 */
export function readWaiver(
  file: string,
  { metadata, spec }: WaiverDocument,
  policies: ReadonlyMap<string, PolicyFacts>,
  context: KnownSubjects | undefined,
): {
  readonly value?: Pick<Waiver, 'policy' | 'subject' | 'path' | 'issued' | 'expires'>;
  readonly problems: readonly WaiverProblem[];
} {
  const problems: WaiverProblem[] = [];
  const refuse: Refuse = (what, pointer, message, hint) => void problems.push({ what, pointer, message, hint });
  if (metadata.name !== file)
    refuse(
      'name',
      ['metadata', 'name'],
      `the waiver is ${quote(metadata.name)}, but its file is ${quote(file)}`,
      'give both the same name',
    );
  const policy = policyCalled(spec.policy, policies);
  if (policy === undefined)
    refuse(
      'unknown-policy',
      ['spec', 'policy'],
      `there is no policy ${quote(spec.policy)}`,
      unknownPolicyHint(spec.policy, policies),
    );
  else if (!policy.waivable)
    refuse(
      'not-waivable',
      ['spec', 'policy'],
      `${spec.policy} cannot be waived`,
      policy.mend ?? `mend what it finds, or talk to ${policy.owner ?? 'the owner of the policy'}`,
    );
  const subject = parseSubject(spec.subject.entity);
  if (subject === undefined || (context !== undefined && !isKnownSubject(subject, context))) {
    refuse(
      'unknown-subject',
      ['spec', 'subject', 'entity'],
      `${quote(spec.subject.entity)} does not exist`,
      (subject && context && nearestSubject(subject, context)) ?? '`npx idp catalog` lists what there is',
    );
  }
  const path = spec.subject.path === undefined ? undefined : parseFieldPattern(spec.subject.path);
  if (spec.subject.path !== undefined && path === undefined)
    refuse(
      'field-path',
      ['spec', 'subject', 'path'],
      `${quote(spec.subject.path)} is not the path of a field`,
      'write it like `spec.template.spec.containers[main].image`',
    );
  if (context !== undefined) refuseUnknown(spec, context, refuse);
  const term = termOf(spec, policy, refuse);
  if (problems.length > 0 || policy === undefined || subject === undefined || term === undefined) return { problems };
  return { value: { policy: policy.name, subject, path, ...term }, problems };
}

/** The environments and groups that are not there. */
function refuseUnknown(spec: WaiverDocument['spec'], { environments, catalog }: KnownSubjects, refuse: Refuse): void {
  const known = [...environments.keys()];
  spec.subject.environments?.forEach((name, index) => {
    if (!known.includes(name))
      refuse(
        'unknown-environment',
        ['spec', 'subject', 'environments', index],
        `${quote(name)} is not an environment`,
        didYouMean(name, known) ?? 'an environment is in environments/<name>.yaml',
      );
  });
  for (const field of ['owner', 'approver'] as const) {
    const ref = parseReference(spec[field], { kind: 'group' });
    if (ref !== undefined && catalog.get(ref) !== undefined) continue;
    refuse(
      'unknown-group',
      ['spec', field],
      `${field} names ${quote(spec[field])}, which does not exist`,
      didYouMean(ref ?? spec[field], catalog.refs(['group'])) ?? 'add the group to catalog/',
    );
  }
}

function unknownPolicyHint(written: string, policies: ReadonlyMap<string, PolicyFacts>): string {
  const meant = nearestPolicy(written, policies);
  if (meant !== undefined) return meant;
  const instead = 'only policies of policies/ can be waived; what the pipeline itself finds has to be mended';
  return written.includes('/') ? instead : 'policies are in policies/; `npx idp explain <policy>` says what one wants';
}

/** The days between which it holds. */
function termOf(
  { issued: from, expires: to }: WaiverDocument['spec'],
  policy: PolicyFacts | undefined,
  refuse: Refuse,
): Pick<Waiver, 'issued' | 'expires'> | undefined {
  const [issued, expires] = [dayOf(from), dayOf(to)];
  for (const [field, day] of Object.entries({ issued, expires }))
    if (day === undefined)
      refuse('term', ['spec', field], `there is no such day as ${field === 'issued' ? from : to}`, 'name another one');
  if (issued === undefined || expires === undefined) return undefined;
  if (expires < issued) refuse('term', ['spec', 'expires'], 'it ends before it begins', `${from} or later`);
  const longest = policy?.waiverDays;
  if (longest !== undefined && expires - issued > longest)
    refuse(
      'term',
      ['spec', 'expires'],
      `${expires - issued} days are too long: a waiver of ${policy?.name} holds for at most ${longest}`,
      `the last day can be ${dayText(issued + longest)}; then it can be asked for again`,
    );
  return { issued, expires };
}
