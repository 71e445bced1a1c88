import type { Finding, Outcome } from '../finding/finding.ts';
import { property, stringOf } from '../json/json.ts';
import { waiverFile } from '../layout/paths.ts';
import { policyFacts } from '../policy/policy-facts.ts';
import { documentFindings } from '../schema/document-findings.ts';
import { type WaiverDocument, waiverSchema } from '../schema/waiver.schema.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { readSource, type Source } from '../source/source.ts';
import type { Store } from '../store/store.ts';
import { overlaps } from './overlaps.ts';
import { readWaiver, type WaiverProblem } from './read-waiver.ts';
import type { Waiver } from './waiver.ts';
import { type KnownSubjects, parseSubject, shortReference } from './waiver-subject.ts';

/**
 * Reads policies/waivers: each waiver by itself and against what it names. Whether it holds today and what it covers
 * is decided where policies are evaluated (`WaiversInForce`).
 *
 * @param context what waivers name; see `readWaiver` for subjects that are known
 * @returns the waivers without an error: one that is wrong excuses nothing
 */
export function loadWaivers(
  snapshot: Snapshot,
  context: { readonly policies: readonly Source[]; readonly subjects: KnownSubjects | undefined },
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
    const subject = subjectIn(source);
    const problems = documentFindings('waiver', waiverSchema, source);
    findings.push(...problems.map((problem) => ({ ...problem, ...subject })));
    if (problems.length > 0) continue;
    const name = waiverFile(entry.path) ?? '';
    const document = source.documents[0] as unknown as WaiverDocument;
    const { value, problems: wrong } = readWaiver(name, document, policies, context.subjects);
    findings.push(...wrong.map((problem) => ({ ...findingAt(source, problem), ...subject })));
    if (value !== undefined) waivers.push({ ...value, name, document, source });
  }
  return { value: waivers, findings: [...findings, ...overlapFindings(waivers)] };
}

/** Whom it is about, as far as that can be read: a run over one service tells of its waivers, those that are wrong too. */
function subjectIn({ documents: [document] }: Source): Pick<Finding, 'subject'> {
  const entity = stringOf(property(property(property(document, 'spec'), 'subject'), 'entity'));
  const subject = entity === undefined ? undefined : parseSubject(entity);
  return subject === undefined ? {} : { subject };
}

function findingAt(source: Source, { what, pointer, message, hint }: WaiverProblem): Finding {
  return { code: `waiver/${what}`, severity: 'error', message, hint, ...source.locate(pointer) };
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
        subject: waiver.subject,
        ...waiver.source.locate(['spec', 'subject']),
        related: [{ message: 'the other waiver', ...other.source.locate(['spec', 'subject']) }],
      },
    ];
  });
}
