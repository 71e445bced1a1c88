/** What a reference from one file of the repository to another comes to. */
export type RepositoryPath =
  | { readonly kind: 'path'; readonly path: string }
  /** Somewhere else: never fetched. */
  | { readonly kind: 'url' }
  | { readonly kind: 'refused'; readonly reason: string };

const maxLength = 1000;

/**
 * Resolves what a catalog file says of another file: relative to its own folder, or with a slash at the beginning
 * relative to the repository (as Backstage does for what it reads from a repository). Nothing outside of the
 * repository has a path here.
 *
 * @param from the path of the file that says so
 */
export function repositoryPath(reference: string, from: string): RepositoryPath {
  if (/^([a-z][a-z0-9+.-]+:|\/\/)/i.test(reference)) return { kind: 'url' };
  if (reference.length > maxLength) return refused('it is too long');
  if (reference.includes('\\')) return refused('it has a backslash');
  if (/\p{Cc}/u.test(reference)) return refused('it has a control character');
  if (/^[a-z]:/i.test(reference)) return refused('it is a path of one machine');
  const parts = reference.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const part of reference.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return refused('it leads out of the repository');
  }
  if (parts.length === 0 || /(^|\/)\.{0,2}$/.test(reference)) return refused('it is a folder');
  return { kind: 'path', path: parts.join('/') };
}

function refused(reason: string): RepositoryPath {
  return { kind: 'refused', reason };
}
