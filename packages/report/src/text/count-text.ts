/** `1 error`, `2 errors`: the number and its noun. */
export function countText(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
