/** What no part of a ref may hold (git-check-ref-format): controls, space, `~^:?*[\`, `..`, `@{`. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const forbidden = /[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{/;

/**
 * Whether a name may follow `refs/heads/` or `refs/remotes/`, by the rules of `git check-ref-format
 * --branch`. Names of branches and remotes come from files of the repository: they are checked before
 * they are put among the arguments of a process.
 */
export function isRefName(name: string): boolean {
  if (name === '' || name === '@' || name === 'HEAD' || name.startsWith('-') || name.endsWith('.')) return false;
  if (forbidden.test(name)) return false;
  return name.split('/').every((part) => part !== '' && !part.startsWith('.') && !part.endsWith('.lock'));
}
