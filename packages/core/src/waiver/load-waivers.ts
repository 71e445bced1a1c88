import { parseReference } from '../catalog/entity-reference.ts';
import { didYouMean, quote } from '../finding/did-you-mean.ts';
import type { Finding, Outcome } from '../finding/finding.ts';
import type { Pointer } from '../json/pointer.ts';
import { waiverFile } from '../layout/paths.ts';
import { type PolicyFacts, policyFacts } from '../policy/policy-facts.ts';
import { documentFindings } from '../schema/document-findings.ts';
import { type WaiverDocument, waiverSchema } from '../schema/waiver.schema.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { readSource, type Source } from '../source/source.ts';
import type { Store } from '../store/store.ts';
import { dayOf, dayText } from './day.ts';
import { parseFieldPattern } from './field-pattern.ts';
import { overlaps } from './overlaps.ts';
import type { Waiver } from './waiver.ts';
import { isKnownSubject, type KnownSubjects, parseSubject, shortReference, subjectsLike } from './waiver-subject.ts';

/** What a waiver can name. */
export interface WaiverContext extends KnownSubjects {
  /** The files of the policies. */
  readonly policies: readonly Source[];
}

/**
 * Reads policies/waivers: each waiver by itself and against what it names. Whether it holds today and what it covers
 * is decided where policies are evaluated (`WaiversInForce`).
 *
 * @returns the waivers without an error: one that is wrong excuses nothing
 */
export function loadWaivers(
  snapshot: Snapshot,
  context: WaiverContext,
  store?: Store,
): Outcome<readonly Waiver[]> & { readonly value: readonly Waiver[] } {
  const findings: Finding[] = [];
  const waivers: Waiver[] = [];
  const files = snapshot.list().filter(({ path }) => waiverFile(path) !== undefined);
  if (files.length === 0) return { value: [], findings };
  const policies = policyFacts(context.policies);
  for (const entry of files) {
    const { source, findings: unreadable } = readSource(snapshot, entry, store);
    findings.push(...unreadable);
    if (source === undefined) continue;
    const problems = documentFindings('waiver', waiverSchema, source);
    findings.push(...problems);
    if (problems.length > 0) continue;
    const read = readWaiver(source, waiverFile(entry.path) ?? '', policies, context);
    findings.push(...read.findings);
    if (read.value !== undefined) waivers.push(read.value);
  }
  return { value: waivers, findings: [...findings, ...overlapFindings(waivers)] };
}

function readWaiver(
  source: Source,
  file: string,
  policies: ReadonlyMap<string, PolicyFacts>,
  context: WaiverContext,
): Outcome<Waiver> {
  const document = source.documents[0] as unknown as WaiverDocument;
  const { metadata, spec } = document;
  const findings: Finding[] = [];
  const refuse = (code: string, pointer: Pointer, message: string, hint: string): void =>
    void findings.push({ code: `waiver/${code}`, severity: 'error', message, hint, ...source.locate(pointer) });

  if (metadata.name !== file)
    refuse(
      'name',
      ['metadata', 'name'],
      `the waiver is ${quote(metadata.name)}, but its file is ${quote(file)}`,
      'give both the same name',
    );
  const policy = policies.get(spec.policy);
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
  if (subject === undefined || !isKnownSubject(subject, context)) {
    const like = subject === undefined ? [] : subjectsLike(subject, context);
    refuse(
      'unknown-subject',
      ['spec', 'subject', 'entity'],
      `${quote(spec.subject.entity)} does not exist`,
      didYouMean(subject === undefined ? spec.subject.entity : shortReference(subject), like) ??
        '`npx idp catalog` lists what there is',
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
  const known = [...context.environments.keys()];
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
    if (ref !== undefined && context.catalog.get(ref) !== undefined) continue;
    refuse(
      'unknown-group',
      ['spec', field],
      `${field} names ${quote(spec[field])}, which does not exist`,
      didYouMean(ref ?? spec[field], context.catalog.refs(['group'])) ?? 'add the group to catalog/',
    );
  }
  const term = termOf(spec, policy, refuse);
  if (findings.length > 0 || subject === undefined || term === undefined) return { findings };
  return { value: { name: file, document, source, policy: spec.policy, subject, path, ...term }, findings };
}

function unknownPolicyHint(written: string, policies: ReadonlyMap<string, PolicyFacts>): string {
  const meant = didYouMean(written, policies.keys());
  if (meant !== undefined) return meant;
  const instead = 'only policies of policies/ can be waived; what the pipeline itself finds has to be mended';
  return written.includes('/') ? instead : 'policies are in policies/; `npx idp explain <policy>` says what one wants';
}

/** The days between which it holds. */
function termOf(
  { issued: from, expires: to }: WaiverDocument['spec'],
  policy: PolicyFacts | undefined,
  refuse: (code: string, pointer: Pointer, message: string, hint: string) => void,
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

/** Of two waivers for one thing nobody knows which one counts, and the later one hides that the other ended. */
function overlapFindings(waivers: readonly Waiver[]): readonly Finding[] {
  return waivers.flatMap((waiver, index) => {
    const other = waivers.slice(0, index).find((before) => overlaps(before, waiver));
    if (other === undefined) return [];
    return [
      {
        code: 'waiver/overlapping',
        severity: 'error' as const,
        message: `${other.name} waives ${waiver.policy} for ${shortReference(waiver.subject)} already`,
        hint: 'keep one of them: extend it, or let each name another part of the subject',
        ...waiver.source.locate(['spec', 'subject']),
        related: [{ message: 'the other waiver', ...other.source.locate(['spec', 'subject']) }],
      },
    ];
  });
}
