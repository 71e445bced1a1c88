import { CelError } from '../../value.ts';

/**
 * A replacement with `\0` to `\9` for the groups of a match and `\\` for a backslash.
 *
 * @throws CelError for another escape, or a group that the pattern does not have
 */
export function expandReplacement(replacement: string, groups: readonly (string | undefined)[]): string {
  return replacement.replace(/\\(.?)/gsu, (_escape: string, next: string) => {
    if (next === '\\') return '\\';
    if (next === '') throw new CelError(`invalid replacement string: '${replacement}' \\ not allowed at end`);
    if (!/^[0-9]$/.test(next)) {
      throw new CelError(`invalid replacement string: '${replacement}' \\ must be followed by a digit or \\`);
    }
    const group = Number(next);
    if (group >= groups.length) {
      throw new CelError(
        `replacement string references group ${group} but regex has only ${groups.length - 1} group(s)`,
      );
    }
    return groups[group] ?? '';
  });
}
