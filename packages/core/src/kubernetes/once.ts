import type { Finding, RelatedPlace } from '../finding/finding.ts';
import { canonicalJson } from '../json/canonical-json.ts';
import type { Json } from '../json/json.ts';

/** Examples of where one mistake shows itself; the mistake is one, however many services render it. */
const maxRelated = 4;

/**
 * One mistake of a template or a Score file is one finding, in whatever environments, targets and services it was
 * rendered: findings of the schema check that differ in nothing but that become one, with the first few places of all.
 */
export function onceForAll(findings: readonly Finding[]): readonly Finding[] {
  const kept = new Map<string, Finding>();
  const others: Finding[] = [];
  for (const finding of findings) {
    if (!finding.code.startsWith('kubernetes/')) {
      others.push(finding);
      continue;
    }
    const { related, ...same } = finding;
    const key = canonicalJson(same as unknown as Json);
    const before = kept.get(key);
    kept.set(key, before === undefined ? finding : { ...before, related: union(before.related, related) });
  }
  return kept.size === 0 ? findings : [...others, ...kept.values()];
}

function union(before: readonly RelatedPlace[] = [], added: readonly RelatedPlace[] = []): readonly RelatedPlace[] {
  if (before.length >= maxRelated) return before;
  const known = new Set(before.map((place) => JSON.stringify(place)));
  return [...before, ...added.filter((place) => !known.has(JSON.stringify(place)))].slice(0, maxRelated);
}
