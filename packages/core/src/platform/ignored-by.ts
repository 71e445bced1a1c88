import picomatch from 'picomatch';

/** Whether a path is one of those that `spec.ignore` of idp.yaml names. */
export function ignoredBy(ignore: readonly string[]): (path: string) => boolean {
  return ignore.length === 0 ? () => false : picomatch([...ignore], { dot: true, noextglob: true });
}
