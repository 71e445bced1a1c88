/**
 * Throws for a path that must never be written: absolute, empty parts, `.`, `..`, `.git` in any case, a
 * NUL. The path gate of core refuses these with a finding; whoever comes here passed it, so this is a bug of ours.
 */
export function assertSafePath(path: string): void {
  const safe = path
    .split('/')
    .every((part) => part !== '' && part !== '.' && part !== '..' && part.toLowerCase() !== '.git');
  if (!safe || path.includes('\0')) throw new Error(`a write to ${JSON.stringify(path)} has passed the path gate`);
}
