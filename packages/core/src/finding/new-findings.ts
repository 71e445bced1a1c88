import { canonicalJson } from '../json/canonical-json.ts';
import type { Finding } from './finding.ts';

/**
 * Where in its file a finding stands, in words that an edit elsewhere in the file does not change; the surest first. All
 * have as many.
 */
export type FieldNames = (finding: Finding) => readonly string[];

/** How findings are told apart that say the same of one file, before a change and after it. */
export interface Fields {
  readonly before: FieldNames;
  readonly after: FieldNames;
}

/** A file is all that is known of a place. */
const nowhere: FieldNames = () => [''];

/**
 * The findings that a change brings. Lines move with an edit: a finding is the same one when it says the same of the
 * same field of the same file, and one more of a kind is a new one.
 *
 * @param before what was found without the change
 * @param after what is found with it
 * @param fields without them a finding that is mended makes up for one that says the same of another place of its file
 * @returns those of `after` that `before` lacks, in their order
 */
export function newFindings(
  before: readonly Finding[],
  after: readonly Finding[],
  fields: Fields = { before: nowhere, after: nowhere },
): readonly Finding[] {
  const known = byIdentity(before);
  const brought = new Set<Finding>();
  for (const [identity, found] of byIdentity(after))
    for (const finding of left(known.get(identity) ?? [], found, fields)) brought.add(finding);
  return after.filter((finding) => brought.has(finding));
}

/** What a finding is about, wherever in its file it stands by now; one that is waived is another one without its waiver. */
export function identityOf({ code, message, path, subject, waived }: Finding): string {
  return canonicalJson([code, message, path ?? null, subject ?? null, waived !== undefined]);
}

function byIdentity(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const identity = identityOf(finding);
    const group = groups.get(identity);
    if (group === undefined) groups.set(identity, [finding]);
    else group.push(finding);
  }
  return groups;
}

/** Those of `found` for which `known` has none of the same field: as the first names say, then as the next ones do. */
function left(known: readonly Finding[], found: readonly Finding[], fields: Fields): readonly Finding[] {
  if (known.length === 0) return found;
  let olds = known.map((finding) => fields.before(finding));
  let news = found.map((finding) => ({ finding, names: fields.after(finding) }));
  for (let round = 0; round < (news[0]?.names.length ?? 0); round += 1) {
    const counts = new Map<string, number>();
    const take = (name: string, more: number): number => {
      const count = (counts.get(name) ?? 0) + more;
      counts.set(name, count);
      return count;
    };
    for (const names of olds) take(names[round] ?? '', 1);
    news = news.filter(({ names }) => take(names[round] ?? '', -1) < 0);
    // As many as none of `found` took.
    olds = olds.filter((names) => take(names[round] ?? '', -1) >= 0);
  }
  return news.map(({ finding }) => finding);
}
