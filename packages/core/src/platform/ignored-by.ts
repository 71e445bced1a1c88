import picomatch from 'picomatch';

const matchers = new WeakMap<readonly string[], (path: string) => boolean>();

/** Whether a path is one of those that `spec.ignore` of idp.yaml names. The globs are compiled once. */
export function ignoredBy(ignore: readonly string[]): (path: string) => boolean {
  if (ignore.length === 0) return () => false;
  const known = matchers.get(ignore) ?? picomatch([...ignore], { dot: true, noextglob: true });
  matchers.set(ignore, known);
  return known;
}
