import { isPlatformFolder, isPlatformPath, isWorkflowFile, serviceFile } from '../layout/paths.ts';
import type { SnapshotEntry } from '../snapshot/snapshot.ts';

/** The entries of a snapshot as texts that are equal where the content is: git's ids stand in them. */
export interface Inputs {
  /** Everything of the platform outside the services' folders, and what the catalog reads besides. */
  readonly context: string;
  readonly services: ReadonlyMap<string, ServiceInputs>;
}

export interface ServiceInputs {
  /** Its part of the catalog. */
  readonly catalog: string;
  /** All else that is in its folder. */
  readonly own: string;
}

/** The entity of a service; everything else in its folder is its own business. */
const entityFile = 'catalog-info.yaml';

/** @param alsoRead paths that the catalog was read from though they are no files of a platform */
export function inputsOf(entries: readonly SnapshotEntry[], alsoRead: ReadonlySet<string>): Inputs {
  const services = new Map<string, { catalog: string; own: string }>();
  const context: string[] = [];
  const missing = new Set(alsoRead);
  for (const entry of entries) {
    const { path } = entry;
    const place = path.startsWith('services/') ? serviceFile(path) : undefined;
    if (place !== undefined) {
      const service = services.get(place.folder) ?? { catalog: '', own: '' };
      const text = textOf(entry, place.file);
      if (place.file === entityFile) service.catalog += text;
      else service.own += text;
      services.set(place.folder, service);
    } else if (isPlatformPath(path) || isPlatformFolder(path)) context.push(textOf(entry, path));
    // Whether there is such a workflow, and not what is in it: a waiver may name it.
    else if (isWorkflowFile(path)) context.push(`${JSON.stringify(path)}\n`);
    if (alsoRead.has(path)) {
      context.push(textOf(entry, path));
      missing.delete(path);
    }
  }
  return { context: [...context, ...missing].join(''), services };
}

/** What JSON writes in another way. */
const unusual = /[^ !#-[\]-~]/;

/** A line cannot be in two places: paths of git hold no line feed that is not in a place of its own. */
function textOf({ mode, oid }: SnapshotEntry, path: string): string {
  const quoted = unusual.test(path) ? JSON.stringify(path) : `"${path}"`;
  return `${mode === '100644' ? '' : mode} ${oid} ${quoted}\n`;
}
