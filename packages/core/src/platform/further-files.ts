import { furtherCatalogFiles } from '../catalog/files/further-files.ts';
import { platformFile } from '../layout/paths.ts';
import type { Snapshot, Wanted } from '../snapshot/snapshot.ts';
import { furtherServiceFiles } from '../workload/further-service-files.ts';
import { ignoredBy } from './ignored-by.ts';
import { readSettings } from './read-settings.ts';

/**
 * What `loadPlatform` needs beside the files that `isPlatformPath` names: those that the catalog leads to,
 * and those that Score files put into containers. An adapter
 * that has loaded some files asks which come next, until there are none.
 *
 * @param loaded whether the bytes of an entry are there
 */
export function furtherFiles(snapshot: Snapshot, loaded: Wanted): ReadonlySet<string> {
  const settings = snapshot.entry(platformFile);
  if (settings?.mode === '100644' && !loaded(settings)) return new Set([platformFile]);
  const { ignore } = readSettings(snapshot).value;
  const ignored = ignoredBy(ignore);
  const catalog = furtherCatalogFiles(snapshot, loaded, ignored);
  return new Set([...catalog, ...furtherServiceFiles(snapshot, loaded, ignored)]);
}
