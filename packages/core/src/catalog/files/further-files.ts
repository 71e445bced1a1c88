import { decodeText } from '../../digest/text.ts';
import { appConfigFile } from '../../layout/paths.ts';
import type { Snapshot, SnapshotEntry, Wanted } from '../../snapshot/snapshot.ts';
import { readSource } from '../../source/source.ts';
import { type FileAccess, readDocument } from '../read-document.ts';
import { readAppConfig } from './app-config.ts';
import { catalogStart, visitCatalogFiles } from './catalog-start.ts';
import { targetFinder } from './location-targets.ts';
import { repositoryPath } from './repository-path.ts';
import { isSkeletonEntity } from './skeleton.ts';
import { contentReader } from './substitution.ts';

/** Only a file with one of these can lead to another: all others are not even parsed. A backslash may hide them. */
const leads = /location|\$(text|json|yaml|openapi|asyncapi)|\\/i;

/**
 * The files that `readCatalog` will read and that are not loaded, as far as the loaded ones say: an adapter loads them
 * and asks again, until there are none. Files that nothing leads to are never loaded, in however large a repository.
 *
 * @param loaded whether the bytes of an entry are there
 * @param ignored what `spec.ignore` of idp.yaml names
 */
export function furtherCatalogFiles(
  snapshot: Snapshot,
  loaded: Wanted,
  ignored: (path: string) => boolean,
): ReadonlySet<string> {
  const missing = new Set<string>();
  const access = recordingAccess(snapshot, loaded, missing);
  const start = catalogStart(snapshot, ignored);
  visitCatalogFiles(start.entries, (entry, depth) => {
    if (!isFile(entry)) return [];
    if (!loaded(entry)) {
      missing.add(entry.path);
      return [];
    }
    const bytes = snapshot.read(entry.path);
    if (!leads.test((bytes && decodeText(bytes)) ?? '')) return [];
    const { source } = readSource(snapshot, entry);
    if (source !== undefined && entry.path === appConfigFile)
      return readAppConfig(source, snapshot, access).targets.filter(({ path }) => !ignored(path));
    const targets: SnapshotEntry[] = [];
    source?.documents.forEach((document, index) => {
      if (document === null || (start.byName.has(entry.path) && isSkeletonEntity(document))) return;
      const read = readDocument(source, index, depth, access);
      targets.push(...read.targets.filter(({ path }) => !ignored(path)));
    });
    return targets;
  });
  return missing;
}

/** Reads what is loaded, and remembers what is not. */
function recordingAccess(snapshot: Snapshot, loaded: Wanted, missing: Set<string>): FileAccess {
  const content = contentReader(snapshot);
  return {
    find: targetFinder(snapshot),
    content(substitution, from) {
      const named =
        typeof substitution.reference === 'string' ? repositoryPath(substitution.reference, from) : undefined;
      const entry = named?.kind === 'path' ? snapshot.entry(named.path) : undefined;
      if (entry === undefined || !isFile(entry) || loaded(entry)) return content(substitution, from);
      missing.add(entry.path);
      return { kind: 'pending' };
    },
  };
}

function isFile({ mode }: SnapshotEntry): boolean {
  return mode === '100644' || mode === '100755';
}
