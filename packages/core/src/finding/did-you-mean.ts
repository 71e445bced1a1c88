import { distance } from 'fastest-levenshtein';

/** Longer words are nobody's slip of a finger, and to compare them takes time by the square of their length. */
const maxLength = 100;

/**
 * The candidate nearest to what was written, if one is near enough to be what was meant. Of two that are as near the one
 * that begins alike, since slips are rarely at the beginning: `tags` for `tag`, not `etag`; else the first.
 */
export function nearest(written: string, candidates: Iterable<string>): string | undefined {
  if (written.length > maxLength) return undefined;
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(written.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - written.length) > bestDistance) continue;
    const d = distance(written.toLowerCase(), candidate.toLowerCase());
    const isNearer = d < bestDistance || (d === bestDistance && beginsAlike(written, candidate, best));
    if (isNearer) {
      best = candidate;
      bestDistance = d;
    }
  }
  return best;
}

/** Whether a candidate has more of the beginning of what was written than the best one so far; of none, it has not. */
function beginsAlike(written: string, candidate: string, best: string | undefined): boolean {
  return best !== undefined && commonStart(written, candidate) > commonStart(written, best);
}

function commonStart(a: string, b: string): number {
  const [one, other] = [a.toLowerCase(), b.toLowerCase()];
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}

/** `did you mean "x"?`, or else the choices when there are few of them, or else nothing. */
export function didYouMean(written: string, candidates: Iterable<string>): string | undefined {
  const all = [...candidates];
  const best = nearest(written, all);
  if (best !== undefined) return `did you mean ${quote(best)}?`;
  if (all.length > 0 && all.length <= 8) return `one of ${all.map(quote).join(', ')}`;
  return undefined;
}

/** A user's words inside a message: quoted, with control characters made visible, cut when very long. */
export function quote(text: string): string {
  const shown = text.length > 120 ? `${text.slice(0, 117)}...` : text;
  return JSON.stringify(shown);
}
