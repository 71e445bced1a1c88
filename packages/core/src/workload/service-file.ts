import type { Source } from '../source/source.ts';

/** A file of the service's folder that its Score file puts into a container. */
export interface ServiceFile {
  /** Its text; `undefined` when it is not UTF-8. */
  readonly source: Source | undefined;
  readonly bytes: Uint8Array;
}

/** More does not fit into a ConfigMap (Kubernetes documentation, "ConfigMaps"): in bytes. */
export const maxConfigMap = 1024 * 1024;

/**
 * The path of `source` in the service's folder, or why it is none: it is read out of the repository's own snapshot,
 * and never from outside of the folder that the team owns.
 */
export function pathInService(source: string): { readonly path: string } | { readonly problem: string } {
  if (source.startsWith('/') || /^[A-Za-z]:/.test(source)) return { problem: 'it is an absolute path' };
  if (source.includes('\\')) return { problem: 'it has a backslash' };
  const segments = source.split('/').filter((segment) => segment !== '.');
  if (segments.includes('..')) return { problem: 'it leaves the folder of the service by `..`' };
  if (segments.length === 0 || segments.includes('')) return { problem: 'it has an empty part' };
  return { path: segments.join('/') };
}
