import { createHash } from 'node:crypto';

/**
 * A program's output without what differs from run to run: ids of commits and digests, minted instance ids, folders,
 * dates and durations. An id keeps its length, and one that occurs twice stays one that occurs twice.
 *
 * @param folders what to write instead of a folder's path; the longest paths first
 */
export function stableText(text: string, folders: Readonly<Record<string, string>>): string {
  let stable = text;
  for (const [path, shown] of Object.entries(folders)) stable = stable.replaceAll(path, shown);
  return renumbered(stable)
    .replaceAll(/\b([a-z][a-z0-9]*-db)-[a-z0-9]{5}\b/g, '$1-k7x2m')
    .replaceAll(/^( *Date: +).*$/gm, '$1Mon Jan 5 09:30:00 2026 +0000')
    .replaceAll(/\bin \d+\.\d s\b/g, 'in … s')
    .replaceAll(/^ *idp: building, because the sources have changed\n/gm, '');
}

/** Ids are cut to different lengths in different places: their first seven digits say which are the same. */
function renumbered(text: string): string {
  const known = new Map<string, string>();
  return text.replaceAll(/\b[0-9a-f]{7,64}\b/g, (id) => {
    const start = id.slice(0, 7);
    const digits = known.get(start) ?? createHash('sha256').update(String(known.size)).digest('hex');
    known.set(start, digits);
    return digits.slice(0, id.length);
  });
}
