import { decodeText } from '../../digest/text.ts';
import { type Json, property } from '../../json/json.ts';
import type { Snapshot, SnapshotEntry } from '../../snapshot/snapshot.ts';

/**
 * Whether an entity is what a Scaffolder makes one of: its name is still to be filled in. No entity of Backstage has
 * such a name.
 */
export function isSkeletonEntity(document: Json): boolean {
  const name = property(property(document, 'metadata'), 'name');
  return typeof name === 'string' && /\{\{|\{%/.test(name);
}

/** The same of a file that is no YAML before it has been filled in. */
export function isSkeletonFile(snapshot: Snapshot, { path, mode }: SnapshotEntry): boolean {
  const bytes = mode === '120000' ? undefined : snapshot.read(path);
  return /\{\{|\{%/.test((bytes && decodeText(bytes)) ?? '');
}
