import { appConfigFile, isCatalogFile, isForeignCatalogFile, platformFile } from '../../layout/paths.ts';
import type { Snapshot, SnapshotEntry } from '../../snapshot/snapshot.ts';

/** The files that a catalog begins with; Locations lead on from there. */
export interface CatalogStart {
  readonly entries: readonly SnapshotEntry[];
  /** Those that are read only because of their name: a look-alike among them is no error. */
  readonly byName: ReadonlySet<string>;
  /** Those that have the name and lie where nobody looks, unless a Location leads there. */
  readonly elsewhere: readonly string[];
}

/**
 * A platform has places for its catalog. A repository without idp.yaml is somebody else's: there every
 * `catalog-info.yaml` is read, wherever it lies, as Backstage's discovery does, and what Backstage's own configuration
 * names.
 *
 * @param ignored what `spec.ignore` of idp.yaml names
 */
export function catalogStart(snapshot: Snapshot, ignored: (path: string) => boolean): CatalogStart {
  const foreign = snapshot.entry(platformFile) === undefined;
  const byName = new Set<string>();
  const elsewhere: string[] = [];
  const entries = snapshot.list().filter(({ path }) => {
    if (isCatalogFile(path) || (foreign && path === appConfigFile)) return !ignored(path);
    if (!isForeignCatalogFile(path) || ignored(path)) return false;
    if (foreign) byName.add(path);
    else elsewhere.push(path);
    return foreign;
  });
  return { entries, byName, elsewhere };
}

/** How many Locations may lead on, one to the next. */
export const maxLocationDepth = 10;

/**
 * Visits the files of a catalog, each once, however often Locations name it: loops end.
 *
 * @param visit reads a file and says where its Locations lead; `depth` is how many Locations led to it
 * @returns the paths of the files
 */
export function visitCatalogFiles(
  start: readonly SnapshotEntry[],
  visit: (entry: SnapshotEntry, depth: number) => readonly SnapshotEntry[],
): ReadonlySet<string> {
  const seen = new Set(start.map(({ path }) => path));
  let level = start;
  for (let depth = 0; level.length > 0; depth += 1) {
    const next: SnapshotEntry[] = [];
    for (const entry of level) {
      for (const target of visit(entry, depth)) {
        if (seen.has(target.path)) continue;
        seen.add(target.path);
        next.push(target);
      }
    }
    level = next;
  }
  return seen;
}
