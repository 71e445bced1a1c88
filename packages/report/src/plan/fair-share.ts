/**
 * Divides `room` among sizes so that what is small is whole and the big ones get equal shares of the rest.
 *
 * @returns the most that any one may take; every size up to it fits whole
 */
export function fairShare(sizes: readonly number[], room: number): number {
  let left = room;
  let share = 0;
  const ascending = [...sizes].sort((a, b) => a - b);
  for (const [index, size] of ascending.entries()) {
    share = Math.floor(left / (ascending.length - index));
    if (size > share) return share;
    left -= size;
  }
  return Number.POSITIVE_INFINITY;
}
